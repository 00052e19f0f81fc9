package io.semblance.synth.paint;

import io.semblance.synth.paint.fruit.Anatomy;
import io.semblance.synth.paint.fruit.Heap;
import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Light;
import io.semblance.synth.paint.scene.Scene;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.IntConsumer;

/// Paints a SALAD by code: ten fruits in ten styles, any number of instances, any size.
///
/// Each image depends only on seed, fruit, style, instance and size: any one can be painted alone,
/// in any order, on any thread, and comes out the same to the last bit. Thread-safe.
public final class SaladPainter {
  /// Version of the paintings; it changes whenever any pixel may.
  public static final int VERSION = 1;

  private static final int ARRANGEMENT = 1;
  private static final int BRUSHWORK = 2;
  private final PaintOptions options;

  /// A painter of the given options.
  ///
  /// @param options how many, how large, from which seed
  public SaladPainter(PaintOptions options) {
    this.options = Objects.requireNonNull(options, "options");
  }

  /// {@return the options given}
  public PaintOptions options() {
    return options;
  }

  /// Paints one image.
  ///
  /// @param fruit what
  /// @param style how
  /// @param instance which one, 0 <= instance < `options().instances()`
  /// @return a new opaque image of `options().size()` pixels square
  /// @throws IllegalArgumentException if the instance is out of range
  public BufferedImage paint(Fruit fruit, Style style, int instance) {
    if (instance < 0 || instance >= options.instances()) {
      throw new IllegalArgumentException(
          "instance is "
              + instance
              + ", allowed are 0 to "
              + (options.instances() - 1)
              + "; raise instances in the options to paint more");
    }
    Scene scene = arrange(fruit, style, dice(fruit, style, instance, ARRANGEMENT));
    Dice brushwork = dice(fruit, style, instance, BRUSHWORK);
    return Cells.renderer(style).render(scene, brushwork, options.size()).image();
  }

  /// Paints all images into a folder, one PNG each, as `<fruit>_<style>_<instance>.png`. Finished
  /// images of an earlier, interrupted run with the same options are left as they are.
  ///
  /// @param out the folder; created if missing, else empty or begun by this painter with the same
  ///   options
  /// @param progress told the number of images finished so far after each, from any thread, one
  ///   call at a time
  /// @param threads how many to paint at once, 1 or more
  /// @throws IllegalArgumentException if the folder holds something else or threads is below 1
  /// @throws IOException if the folder cannot be written or the disk is full; one sentence says
  ///   which
  public void paintAll(Path out, IntConsumer progress, int threads) throws IOException {
    new Studio(this, out).paintAll(progress, threads);
  }

  private Dice dice(Fruit fruit, Style style, int instance, int use) {
    return Dice.of(options.seed(), fruit.ordinal(), style.ordinal(), instance, use);
  }

  private static Scene arrange(Fruit fruit, Style style, Dice dice) {
    Anatomy anatomy = Cells.anatomy(fruit);
    Light light = Light.fromAbove(dice);
    return new Scene(
        style == Style.PILE ? new Heap(anatomy, dice).pieces() : anatomy.still(dice), light);
  }
}
