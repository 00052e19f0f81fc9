package io.semblance.synth.paint.style;

import io.semblance.synth.paint.scene.Curve;
import io.semblance.synth.paint.scene.Light;
import io.semblance.synth.paint.scene.Picture;
import io.semblance.synth.paint.scene.Plate;

/// Light falling on a plate.
///
/// @param ambient brightness in full shade, in [0, 1]
/// @param diffuse added where the surface faces the light
/// @param shine strength of highlights on a fully glossy surface
record Lighting(double ambient, double diffuse, double shine) {
  /// Paints the lit fruits over a picture.
  void over(Picture picture, Plate plate, Light light) {
    for (int i = 0; i < plate.cover.length; i++) {
      float c = plate.cover[i];
      if (c > 0) {
        double k = tone(plate, light, i);
        double s = shine * plate.gloss[i] * light.glint(plate.nx[i], plate.ny[i], plate.nz[i], 5);
        picture.r[i] += (float) ((plate.r[i] * k + s - picture.r[i]) * c);
        picture.g[i] += (float) ((plate.g[i] * k + s - picture.g[i]) * c);
        picture.b[i] += (float) ((plate.b[i] * k + s * 0.95 - picture.b[i]) * c);
      }
    }
  }

  /// Brightness of a pixel without its highlight, about `ambient` to `ambient + diffuse`.
  double tone(Plate plate, Light light, int i) {
    return ambient + diffuse * soft(light.facing(plate.nx[i], plate.ny[i], plate.nz[i]));
  }

  /// Light that wraps around the edge of the shade, in [0, 1].
  static double soft(double facing) {
    return Curve.step(-0.45, 1.05, facing);
  }
}
