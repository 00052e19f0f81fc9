package io.semblance.core.image;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The project's own test images and what Pillow makes of them; see the README beside them.
final class PixelGoldens {

  static final Path FIXTURES = Path.of("src/test/resources/io/semblance/core/image/fixtures");
  private static final Path GOLDEN = Path.of("src/test/resources/io/semblance/core/image/golden");

  private PixelGoldens() {}

  static List<NamedCsvRecord> lines(String csv) throws IOException {
    try (var reader = CsvReader.builder().ofNamedCsvRecord(GOLDEN.resolve(csv))) {
      return reader.stream().toList();
    }
  }

  /// A fixture by name, or `pattern:WxH`, which no file holds.
  static RgbImage source(String name) throws IOException {
    if (!name.startsWith("pattern:")) {
      return ImageReader.read(FIXTURES.resolve(name));
    }
    String size = name.substring("pattern:".length());
    int x = size.indexOf('x');
    return pattern(Integer.parseInt(size.substring(0, x)), Integer.parseInt(size.substring(x + 1)));
  }

  static RgbImage pattern(int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          pixels[i++] = (byte) (5 * x + 3 * y + 85 * c + 64 * ((x / 8 ^ y / 8) & 1));
        }
      }
    }
    return new RgbImage(width, height, pixels);
  }

  /// The largest difference to the part of the picture that a golden file holds.
  static int maxDifference(RgbImage image, NamedCsvRecord line, int left, int top)
      throws IOException {
    byte[] npy = Files.readAllBytes(GOLDEN.resolve(line.getField("golden")));
    int data = 10 + ((npy[8] & 0xFF) | ((npy[9] & 0xFF) << 8));
    String header = new String(npy, 10, data - 10, java.nio.charset.StandardCharsets.ISO_8859_1);
    String[] shape = header.replaceAll(".*'shape': \\(([^)]*)\\).*\\s*", "$1").split(", ", -1);
    int height = Integer.parseInt(shape[0]);
    int width = Integer.parseInt(shape[1]);
    int worst = 0;
    for (int y = 0, i = data; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++, i++) {
          worst = Math.max(worst, Math.abs(image.at(left + x, top + y, c) - (npy[i] & 0xFF)));
        }
      }
    }
    return worst;
  }

  static boolean identical(RgbImage image, NamedCsvRecord line) {
    return Sha256.of(image.pixels()).equals(line.getField("sha256"));
  }
}
