package io.semblance.extract.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.file.Sha256;
import io.semblance.extract.SampleImages;
import io.semblance.extract.codec.GifLength;
import io.semblance.extract.ensemble.EnsembleImage.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each step against OpenCV-Python and numpy; see the README beside the goldens.
class EnsembleGoldenTest {

  private static final Path GOLDEN =
      Path.of("src/test/resources/io/semblance/extract/ensemble/golden");
  private static final GifLength GIF = new GifLength();

  @BeforeAll
  static void load() {
    OpenCv.load();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shapes.png",
        "shapes-palette.png",
        "shapes-gray.jpg",
        "noise.png",
        "strip.png",
        "pattern:640x480"
      })
  void everyTransformGivesThePixelsOfOpenCvPython(String source) throws IOException {
    var wrong = new ArrayList<String>();
    Set<String> seen = new HashSet<>();
    try (EnsembleImage image = image(source)) {
      for (NamedCsvRecord line : lines("transforms.csv")) {
        if (line.getField("image").equals(source)) {
          Transform transform = transform(line.getField("transform"));
          Scale scale = Scale.valueOf("S" + line.getField("percent"));
          Raster done = transform.of(image.at(scale));
          seen.add(transform.label());
          if (!Sha256.of(done.samples()).equals(line.getField("sha256"))) {
            wrong.add(transform + " at " + scale);
          }
          double gif = Double.parseDouble(line.getField("gif"));
          assertEquals(
              gif, image.at(scale).size(done, Codec.GIF), transform + " at " + scale + " as GIF");
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(Transform.values().length - 2, seen.size(), "all but the two of Gabor filters");
  }

  /// They go through a Fourier transform in float: a value near a half may be rounded either way.
  @ParameterizedTest
  @ValueSource(strings = {"shapes-palette.png", "noise.png"})
  void gaborFiltersAreThoseOfOpenCvPythonButForRounding(String source) throws IOException {
    String name = source.substring(0, source.indexOf('.')) + ".npy";
    try (EnsembleImage image = image(source)) {
      ScaledImage full = image.at(Scale.S100);
      near(npy("gabor-" + name), Transform.GABOR.of(full));
      near(npy("gabor-gray-" + name), Transform.GABOR_GRAY.of(full));
    }
  }

  private static void near(byte[] golden, Raster found) {
    int from = golden.length - found.samples().length;
    int different = 0;
    for (int i = 0; i < found.samples().length; i++) {
      int distance = Math.abs((golden[from + i] & 0xFF) - (found.samples()[i] & 0xFF));
      assertTrue(distance <= 1, "sample " + i + " is off by " + distance);
      different += distance;
    }
    assertTrue(different <= found.samples().length / 1000, different + " samples are off by 1");
  }

  @Test
  void statisticsAreThoseOfNumpy() throws IOException {
    Set<String> seen = new HashSet<>();
    for (NamedCsvRecord line : lines("statistics.csv")) {
      String name = line.getField("name");
      double expected = Double.parseDouble(line.getField("value"));
      try (EnsembleImage image = image(line.getField("image"))) {
        double found = value(name).measure().applyAsDouble(image);
        assertEquals(
            expected,
            found,
            1e-9 * Math.max(1, Math.abs(expected)),
            name + " of " + line.getField("image"));
      }
      seen.add(name);
    }
    assertEquals(13, seen.size());
  }

  @Test
  void encodedSizesAreThoseOfOpenCvPython() throws IOException {
    for (NamedCsvRecord line : lines("sizes.csv")) {
      try (EnsembleImage image = image(line.getField("image"))) {
        ScaledImage full = image.at(Scale.S100);
        for (Codec codec : List.of(Codec.JPEG75, Codec.JPEG100, Codec.BMP, Codec.GIF)) {
          assertEquals(size(line, codec), full.size(codec), codec + " of " + line);
        }
        // the Python wheel has another release of zlib
        double png = size(line, Codec.PNG);
        assertEquals(png, full.size(Codec.PNG), 0.01 * png, "PNG of " + line);
      }
    }
  }

  /// Flood fills are our own; OpenCV's answers are in the goldens, and here are regions that touch.
  @Test
  void floodsOfOneSweepFillWhatTheFirstOpened() {
    // 253 and 255 do not touch, but filling 254 between them makes all of it white
    byte[] gray = {(byte) 250, (byte) 253, (byte) 254, (byte) 255, 10, 11, 12, 40, 41, 42, 43, 44};
    byte[] samples = new byte[3 * gray.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = gray[i / 3];
    }
    var line = new Raster(gray.length, 1, 3, samples);
    byte[] filled = FloodFill.row(line, 0).channel(0).samples();
    byte[] white = new byte[gray.length];
    Arrays.fill(white, (byte) 255);
    white[0] = (byte) 250; // the twelfth at either end is no seed
    assertEquals(Arrays.toString(white), Arrays.toString(filled));
    byte[] one = FloodFill.seed(line, 5, 0).channel(0).samples();
    byte[] three = gray.clone();
    Arrays.fill(three, 4, 7, (byte) 255);
    assertEquals(Arrays.toString(three), Arrays.toString(one));
  }

  private static double size(NamedCsvRecord line, Codec codec) {
    return Double.parseDouble(line.getField(codec.label()));
  }

  private static EnsembleImage image(String source) throws IOException {
    return new EnsembleImage(SampleImages.source(source).pixels(), GIF);
  }

  private static Transform transform(String label) {
    return Arrays.stream(Transform.values())
        .filter(t -> t.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static EnsembleValue value(String name) {
    return EnsembleValue.ALL.stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
  }

  private static byte[] npy(String file) throws IOException {
    return Files.readAllBytes(GOLDEN.resolve(file));
  }

  private static List<NamedCsvRecord> lines(String csv) throws IOException {
    try (var reader = CsvReader.builder().ofNamedCsvRecord(GOLDEN.resolve(csv))) {
      return reader.stream().toList();
    }
  }
}
