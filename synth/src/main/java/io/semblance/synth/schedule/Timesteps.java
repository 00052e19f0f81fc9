package io.semblance.synth.schedule;

import io.semblance.synth.schedule.ScheduleConfig.Spacing;
import java.util.Arrays;

/// Which timesteps are taken, the noisiest first.
final class Timesteps {

  private Timesteps() {}

  /// @param config of the training
  /// @param count n, 1 to T
  /// @return n timesteps of DDIM
  static int[] ddim(ScheduleConfig config, int count) {
    int total = config.trainSteps();
    require(count, total);
    return checked(
        switch (config.spacing() == null ? Spacing.LEADING : config.spacing()) {
          case LEADING -> leading(count, total / count, config.offset());
          case TRAILING -> trailing(count, total);
          case LINSPACE -> linspace(count, total, count - 1, 0);
        },
        total,
        config);
  }

  /// @param config of the training
  /// @param count n, 1 to T - 1
  /// @return n timesteps of DPM-Solver++
  static int[] dpm(ScheduleConfig config, int count) {
    int total = config.trainSteps();
    require(count, total - 1);
    return checked(
        switch (config.spacing() == null ? Spacing.LINSPACE : config.spacing()) {
          case LEADING -> {
            int[] all = leading(count + 1, total / (count + 1), config.offset());
            yield Arrays.copyOf(all, count);
          }
          case TRAILING -> trailing(count, total);
          case LINSPACE -> Arrays.copyOf(linspace(count + 1, total, count, 0), count);
        },
        total,
        config);
  }

  private static int[] leading(int count, int ratio, int offset) {
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = (count - 1 - i) * ratio + offset;
    }
    return out;
  }

  private static int[] trailing(int count, int total) {
    double ratio = (double) total / count;
    int[] out = new int[(int) Math.ceil(total / ratio)];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) Math.rint(total - i * ratio) - 1;
    }
    return out;
  }

  private static int[] linspace(int count, int total, int intervals, int from) {
    int[] out = new int[count];
    double step = intervals == 0 ? 0 : (double) (total - 1 - from) / intervals;
    for (int i = 0; i < count; i++) {
      int at = count - 1 - i;
      out[i] = at > 0 && at == intervals ? total - 1 : (int) Math.rint(from + at * step);
    }
    return out;
  }

  private static void require(int count, int most) {
    if (count < 1 || count > most) {
      throw new IllegalArgumentException("steps is " + count + ": give 1 to " + most);
    }
  }

  private static int[] checked(int[] timesteps, int total, ScheduleConfig config) {
    if (timesteps[0] >= total) {
      throw new IllegalArgumentException(
          "steps is %d, whose first timestep with an offset of %d is %d of 0 to %d: give fewer steps"
              .formatted(timesteps.length, config.offset(), timesteps[0], total - 1));
    }
    return timesteps;
  }
}
