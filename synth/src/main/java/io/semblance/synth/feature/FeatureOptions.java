package io.semblance.synth.feature;

/// How images become features of a diffusion network.
///
/// @param timestep at which noise is added, 0 to 999
/// @param noisy whether noise is added, drawn from a seed of the image's id, else only the scaling
///   of the timestep
/// @param captioned whether the network reads the image's caption, else the empty text
public record FeatureOptions(int timestep, boolean noisy, boolean captioned) {

  private static final int LAST = 999;

  /// Checks the timestep.
  ///
  /// @throws IllegalArgumentException if it is out of range
  public FeatureOptions {
    if (timestep < 0 || timestep > LAST) {
      throw new IllegalArgumentException("timestep is " + timestep + ": give 0 to " + LAST);
    }
  }

  /// @return t = 100, noise, captions, as AbC has it (arXiv 2306.09345, appendix B.5)
  public static FeatureOptions defaults() {
    return new FeatureOptions(100, true, true);
  }

  /// @param value whether captions are read
  /// @return these options with another answer
  public FeatureOptions withCaptioned(boolean value) {
    return new FeatureOptions(timestep, noisy, value);
  }

  /// @return what changes the vectors, in a few words
  String describe() {
    return "t = %d, %s, %s"
        .formatted(
            timestep,
            noisy ? "noise from a seed of the id" : "no noise",
            captioned ? "caption read" : "empty text read");
  }
}
