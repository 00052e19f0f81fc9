package io.semblance.app;

import io.semblance.core.image.Grey16;
import io.semblance.core.image.ImageReader;
import io.semblance.core.image.Orientation;
import io.semblance.core.image.ReadOptions;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// How image files become pixels, where formats leave a choice.
final class ImageReading {

  private static final int MOST_SECONDS = 1_000_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--exif-orientation",
      paramLabel = "HOW",
      defaultValue = "ignore",
      description = "ignore (pixels as stored, as Pillow opens them) or apply (turned upright).")
  private Orientation orientation;

  @Option(
      names = "--grey16",
      paramLabel = "HOW",
      defaultValue = "high-byte",
      converter = Grey16Name.class,
      description =
          "16-bit grey to 8: high-byte (the picture as it looks) or saturate (min(v, 255), as"
              + " Pillow converts it).")
  private Grey16 grey16;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "" + ImageReader.MAX_PIXELS,
      description = "Refuse larger images.")
  private long maxPixels;

  @Option(
      names = "--max-seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "Give up an image that takes longer to decode.")
  private double maxSeconds;

  /// The names that users write.
  static final class Grey16Name implements ITypeConverter<Grey16> {
    @Override
    public Grey16 convert(String text) {
      return switch (text) {
        case "high-byte" -> Grey16.HIGH_BYTE;
        case "saturate" -> Grey16.SATURATE;
        default ->
            throw new TypeConversionException("'" + text + "' is neither high-byte nor saturate");
      };
    }
  }

  /// @return what was asked for
  ReadOptions options() {
    if (!(maxSeconds > 0 && maxSeconds <= MOST_SECONDS)) {
      throw new ParameterException(
          spec.commandLine(),
          "--max-seconds is %s: give more than 0, up to %d".formatted(maxSeconds, MOST_SECONDS));
    }
    try {
      Duration limit = Duration.ofNanos((long) (maxSeconds * 1e9));
      return new ReadOptions(orientation, grey16, maxPixels, limit);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), e.getMessage().replace("maxPixels", "--max-pixels"), e);
    }
  }
}
