package io.semblance.synth.paint;

/// The ten styles of SALAD, in the paper's order.
public enum Style {
  /// Hatched wax strokes on white paper.
  CRAYON,
  /// Wet washes on white paper.
  WATERCOLOR,
  /// Bold outlines, flat tones, halftone dots.
  COMIC,
  /// A coarse grid and few colours.
  PIXEL,
  /// Embroidery with a white border on cloth.
  PATCH,
  /// Shifted facets, dark contours.
  CUBIC,
  /// Bristle strokes in dark, warm light.
  OIL,
  /// Iridescent lacquer, mirror floor, glitter.
  GLAMOUR,
  /// A close-up with grain, vignette and cross-processed colour.
  LOMO,
  /// A photograph of a heap that fills the frame.
  PILE;

  /// {@return the lower-case word, as used in file names, for example "crayon"}
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
