package io.semblance.extract.ensemble;

/// An 8-bit image on the heap, RGB or gray.
///
/// @param width at least 1
/// @param height at least 1
/// @param channels 3 for RGB, 1 for gray
/// @param samples `height x width x channels`, unsigned; shared, not copied: do not write to it
@SuppressWarnings("ArrayRecordComponent") // megabytes, handed from step to step
record Raster(int width, int height, int channels, byte[] samples) {

  Raster {
    if (samples.length != (long) width * height * channels) {
      throw new IllegalStateException(
          "%d samples for %d x %d x %d".formatted(samples.length, width, height, channels));
    }
  }

  /// @param table the new value of each of the 256 old ones
  /// @return every sample replaced
  Raster map(byte[] table) {
    byte[] out = new byte[samples.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = table[samples[i] & 0xFF];
    }
    return new Raster(width, height, channels, out);
  }

  /// @param channel 0 to channels - 1
  /// @return this channel alone
  Raster channel(int channel) {
    byte[] out = new byte[width * height];
    for (int i = 0; i < out.length; i++) {
      out[i] = samples[i * channels + channel];
    }
    return new Raster(width, height, 1, out);
  }
}
