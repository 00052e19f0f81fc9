package io.semblance.core.image;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Small files of every format and what Pillow makes of them, by
/// `tools/reference/golden_images.py`.
final class FormatGoldens {

  static final Path FOLDER = Path.of("src/test/resources/io/semblance/core/image/formats");

  private FormatGoldens() {}

  static List<NamedCsvRecord> lines() throws IOException {
    try (var reader = CsvReader.builder().ofNamedCsvRecord(FOLDER.resolve("formats.csv"))) {
      return reader.stream().toList();
    }
  }

  static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(file));
  }

  static RgbImage read(String file) throws IOException {
    return ImageReader.read(bytes(file), file);
  }

  static String hash(RgbImage image) {
    return Sha256.of(image.pixels());
  }

  /// Sixteen pixels, spread over the image, as `formats.csv` has them.
  static String sample(RgbImage image) {
    var out = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      int x = i % 4 * image.width() / 4;
      int y = i / 4 * image.height() / 4;
      out.append(i == 0 ? "" : " ");
      for (int c = 0; c < 3; c++) {
        out.append("%02x".formatted(image.at(x, y, c)));
      }
    }
    return out.toString();
  }
}
