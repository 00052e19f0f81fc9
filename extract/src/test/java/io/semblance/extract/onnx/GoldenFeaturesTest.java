package io.semblance.extract.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.file.Sha256;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.SampleImages;
import io.semblance.extract.SharedData;
import io.semblance.extract.SourceImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// EfficientNet-Lite0 against PyTorch, Pillow and torchvision; see the README beside the goldens.
class GoldenFeaturesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/io/semblance/extract/golden");
  private static final int D = 1280;

  @Test
  void ourOwnImagesHaveTheFeaturesOfThePythonModel() throws IOException {
    List<NamedCsvRecord> lines = lines("fixtures.csv");
    var images = new ArrayList<SourceImage>();
    for (NamedCsvRecord line : lines) {
      images.add(SampleImages.source(line.getField("source")));
    }
    check(lines, images, "fixtures.npy");
  }

  @Test
  void photosHaveTheFeaturesOfThePythonModel() throws IOException {
    Path data = SharedData.folder();
    List<NamedCsvRecord> lines = lines("photos.csv");
    var images = new ArrayList<SourceImage>();
    for (NamedCsvRecord line : lines) {
      SourceImage image = SourceImage.read(data.resolve(line.getField("file")));
      assertEquals(line.getField("sha256"), image.sha256(), image.id());
      images.add(image);
    }
    check(lines, images, "photos.npy");
  }

  private static void check(List<NamedCsvRecord> lines, List<SourceImage> images, String npy)
      throws IOException {
    float[] expected = npy(npy, images.size());
    float[] found = new float[images.size() * D];
    var none = new ImageCollection(GOLDEN, List.of());
    try (Extractor lite0 = Models.open("efficientnet-lite0", none, ExtractOptions.defaults())) {
      var prepared = new ArrayList<float[]>();
      for (int i = 0; i < images.size(); i++) {
        float[] input = lite0.prepare(images.get(i));
        assertEquals(
            lines.get(i).getField("crop_sha256"), Sha256.of(pixels(input)), images.get(i).id());
        prepared.add(input);
      }
      lite0.embed(prepared, found);
    }
    double[] mean = mean(expected);
    for (int i = 0; i < images.size(); i++) {
      for (int j = i * D; j < (i + 1) * D; j++) {
        assertEquals(expected[j], found[j], 1e-4, images.get(i).id());
      }
      double cosine = cosine(expected, found, mean, i);
      assertTrue(cosine >= 0.9999, images.get(i).id() + " has the centred cosine " + cosine);
    }
  }

  /// Back from the network's input to the bytes before normalisation, pixel by pixel.
  private static byte[] pixels(float[] input) {
    int plane = input.length / 3;
    byte[] out = new byte[input.length];
    for (int i = 0; i < input.length; i++) {
      out[3 * (i % plane) + i / plane] = (byte) Math.round(input[i] * 128 + 127);
    }
    return out;
  }

  private static double[] mean(float[] rows) {
    double[] mean = new double[D];
    int n = rows.length / D;
    for (int i = 0; i < rows.length; i++) {
      mean[i % D] += (double) rows[i] / n;
    }
    return mean;
  }

  private static double cosine(float[] a, float[] b, double[] mean, int row) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < D; j++) {
      double x = a[row * D + j] - mean[j];
      double y = b[row * D + j] - mean[j];
      dot += x * y;
      aa += x * x;
      bb += y * y;
    }
    return dot / Math.sqrt(aa * bb);
  }

  private static float[] npy(String file, int rows) throws IOException {
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve(file));
    float[] out = new float[rows * D];
    int data = bytes.length - Float.BYTES * out.length;
    ByteBuffer.wrap(bytes, data, bytes.length - data)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(out);
    return out;
  }

  private static List<NamedCsvRecord> lines(String csv) throws IOException {
    try (var reader = CsvReader.builder().ofNamedCsvRecord(GOLDEN.resolve(csv))) {
      return reader.stream().toList();
    }
  }
}
