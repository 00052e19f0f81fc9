package io.semblance.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.image.Resampler.Filter;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sizes, offsets and pixels of torchvision's `Resize` and `CenterCrop`, exactly.
class TorchvisionTest {

  static Stream<NamedCsvRecord> results() throws IOException {
    return PixelGoldens.lines("torchvision.csv").stream();
  }

  @ParameterizedTest
  @MethodSource("results")
  void theResultIsThatOfTorchvision(NamedCsvRecord line) throws IOException {
    RgbImage image = transformed(PixelGoldens.source(line.getField("source")), line);
    assertEquals(number(line, "out_width"), image.width());
    assertEquals(number(line, "out_height"), image.height());
    assertTrue(PixelGoldens.identical(image, line), line.toString());
  }

  private static RgbImage transformed(RgbImage image, NamedCsvRecord line) {
    int width = number(line, "width");
    return switch (line.getField("operation")) {
      case "shorter" ->
          line.getField("max_size").isEmpty()
              ? Resampler.resizeShorterSide(image, width, filter(line))
              : Resampler.resizeShorterSide(image, width, number(line, "max_size"), filter(line));
      case "exact" -> Resampler.resize(image, width, number(line, "height"), filter(line));
      case "crop" -> Resampler.centerCrop(image, width, number(line, "height"));
      default -> throw new IllegalStateException(line.toString());
    };
  }

  private static Filter filter(NamedCsvRecord line) {
    return Filter.valueOf(line.getField("filter").toUpperCase(Locale.ROOT));
  }

  private static int number(NamedCsvRecord line, String field) {
    return Integer.parseInt(line.getField(field));
  }
}
