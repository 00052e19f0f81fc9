package io.semblance.synth.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.semblance.synth.diffusion.Images;
import io.semblance.synth.reference.Golden;
import io.semblance.synth.reference.TinyPipeline;
import io.semblance.synth.schedule.ScheduleConfig.Spacing;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Levels, timesteps and steps against the schedulers of diffusers.
class ScheduleGoldenTest {

  private static final JsonNode GOLDEN = TinyPipeline.json("schedules.json");
  private static final ScheduleConfig BASE =
      new ScheduleConfig(
          1000, 0.00085, 0.012, true, 0, false, 0, false, Spacing.LEADING, true, true, false);

  private static Tensor tensor(String name) {
    return Images.tensor(floats(GOLDEN.path(name)), 1, 4, 2, 3);
  }

  private static float[] floats(JsonNode node) {
    float[] out = new float[node.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) node.get(i).asDouble();
    }
    return out;
  }

  @Test
  void levels() {
    var linear =
        new ScheduleConfig(
            1000, 1e-4, 0.02, false, 0, false, 0, false, Spacing.LEADING, true, true, false);
    for (Map.Entry<String, ScheduleConfig> one :
        Map.of("scaled_linear", BASE, "linear", linear).entrySet()) {
      NoiseLevels levels = NoiseLevels.of(one.getValue());
      JsonNode wanted = GOLDEN.path("abar").path(one.getKey());
      assertEquals(28, wanted.size());
      for (int i = 0; i < wanted.size(); i++) {
        assertEquals(wanted.get(i).asDouble(), levels.at(37 * i), 1e-6);
      }
    }
    NoiseLevels levels = NoiseLevels.of(BASE);
    assertEquals(0.99914998, levels.at(0), 1e-7);
    assertEquals(0.89422315, levels.at(100), 1e-6);
    assertEquals(0.00466010, levels.at(999), 1e-7);
  }

  @Test
  void timestepsOfAllSpacings() {
    int compared = 0;
    for (JsonNode row : GOLDEN.path("timesteps")) {
      String spacing = row.path("timestep_spacing").stringValue().toUpperCase(Locale.ROOT);
      ScheduleConfig config =
          BASE.withSpacing(Spacing.valueOf(spacing)).withOffset(row.path("steps_offset").asInt());
      int steps = row.path("steps").asInt();
      int[] wanted = ints(row.path("ddim"));
      if (wanted[0] > 999) {
        assertThrows(IllegalArgumentException.class, () -> Timesteps.ddim(config, steps));
      } else {
        assertArrayEquals(wanted, Timesteps.ddim(config, steps), row::toString);
        compared++;
      }
      if (row.has("dpm")) {
        var solver = new DpmSolver(config, NoiseLevels.of(config), steps);
        assertArrayEquals(ints(row.path("dpm")), solver.timesteps(), row::toString);
        float[] sigmas = floats(row.path("sigmas"));
        for (int i = 0; i < sigmas.length; i++) {
          assertEquals(sigmas[i], solver.sigmas()[i], 1e-6 * Math.max(1, sigmas[i]));
        }
        compared++;
      }
    }
    assertEquals(29 + 24, compared);
  }

  private static int[] ints(JsonNode node) {
    int[] out = new int[node.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = node.get(i).asInt();
    }
    return out;
  }

  @Test
  void stepsOfDdim() {
    for (JsonNode row : GOLDEN.path("steps")) {
      try (var _ = new PointerScope()) {
        var config =
            new ScheduleConfig(
                1000,
                0.00085,
                0.012,
                true,
                row.path("clip_sample").asBoolean() ? 1 : 0,
                row.path("set_alpha_to_one").asBoolean(),
                0,
                row.path("prediction").stringValue().equals("v_prediction"),
                Spacing.LEADING,
                true,
                true,
                false);
        var ddim = new Ddim(config, NoiseLevels.of(config), 10, row.path("eta").asDouble());
        int index = (900 - row.path("t").asInt()) / 100;
        Tensor after = ddim.step(index, tensor("e"), tensor("x"), tensor("z"));
        assertArrayEquals(floats(row.path("after")), Golden.floats(after), 4e-6f, row::toString);
      }
    }
  }

  @Test
  void noiseIsAdded() {
    NoiseLevels levels = NoiseLevels.of(BASE);
    for (Map.Entry<String, JsonNode> row : GOLDEN.path("noised").properties()) {
      try (var _ = new PointerScope()) {
        Tensor noised = levels.noised(tensor("x"), tensor("z"), Integer.parseInt(row.getKey()));
        assertArrayEquals(floats(row.getValue()), Golden.floats(noised), 1e-6f);
      }
    }
  }

  @Test
  void sd1AndSdxlTakeOtherTimestepsOfOneFile() {
    assertEquals(981, Timesteps.ddim(BASE.asSd1(), 50)[0]);
    assertEquals(1, Timesteps.ddim(BASE.asSd1(), 50)[49]);
    assertEquals(980, Timesteps.ddim(BASE, 50)[0]);
    assertEquals(0, Timesteps.ddim(BASE, 50)[49]);
  }

  /// With a prediction that does not change, sampling undoes inversion; the first step of inversion
  /// changes nothing at offset 0.
  @Test
  void samplingUndoesInversion() {
    try (var _ = new PointerScope()) {
      var ddim = new Ddim(BASE, NoiseLevels.of(BASE), 50, 0);
      Tensor z = tensor("x");
      float[] start = Golden.floats(z);
      Tensor e = tensor("e");
      z = ddim.back(0, e, z);
      assertArrayEquals(start, Golden.floats(z), 1e-6f);
      for (int i = 48; i >= 0; i--) {
        z = ddim.back(ddim.timesteps()[i], e, z);
      }
      for (int i = 0; i < 50; i++) {
        z = ddim.step(i, e, z, null);
      }
      assertArrayEquals(start, Golden.floats(z), 1e-4f);
    }
  }

  @Test
  void wrongNumbersAreRefused() {
    NoiseLevels levels = NoiseLevels.of(BASE);
    assertThrows(IllegalArgumentException.class, () -> new Ddim(BASE, levels, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Ddim(BASE, levels, 1001, 0));
    assertThrows(IllegalArgumentException.class, () -> new Ddim(BASE, levels, 10, 1.5));
    assertThrows(IllegalArgumentException.class, () -> new DpmSolver(BASE, levels, 1000));
    assertThrows(IllegalArgumentException.class, () -> Sampler.of(Sampler.Kind.DPM, BASE, 10, 0.5));
  }
}
