package io.semblance.extract.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Labels;
import io.semblance.core.image.RgbImage;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.SampleImages;
import io.semblance.extract.SourceImage;
import io.semblance.extract.codec.PngEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionEnsembleTest {

  private static final ImageCollection NONE = new ImageCollection(Path.of("."), List.of());
  private static final List<String> NAMES = CompressionEnsemble.names(CompressionEnsemble.CARD);

  @Test
  void all87ValuesHaveNamesInTheOrderOfThePublishedCode() {
    assertEquals(87, NAMES.size());
    assertEquals(87, new HashSet<>(NAMES).size());
    assertEquals(List.of("png-100", "png-40", "png-20", "png-10", "gif-100"), NAMES.subList(0, 5));
    assertEquals("box-blur-gif-100", NAMES.get(16));
    assertEquals("flood-lower-right-gif-100", NAMES.get(73));
    assertEquals("box-dimension-otsu", NAMES.get(74));
    assertEquals("hough-angle-entropy", NAMES.getLast());
    List<String> fast = CompressionEnsemble.names(CompressionEnsemble.FAST_CARD);
    assertEquals(CompressionEnsemble.FAST_CARD.dimension(), fast.size());
    assertEquals(fast, NAMES.stream().filter(fast::contains).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "1, 17, 90",
    "40, 1, 255",
    "2, 3, 128",
    "7, 5, 255",
    "13, 200, 0",
    "3000, 2, 77"
  })
  void anyPlainImageHasFiniteValues(int width, int height, int gray) throws IOException {
    byte[] pixels = new byte[3 * width * height];
    Arrays.fill(pixels, (byte) gray);
    float[] plain = vector("compression-ensemble", new RgbImage(width, height, pixels));
    finite(plain);
    assertEquals(0, plain[NAMES.indexOf("colourfulness")]);
    assertEquals(0, plain[NAMES.indexOf("lightness-std")]);
    assertEquals(1, plain[NAMES.indexOf("box-blur-gif-100")]);
    finite(vector("compression-ensemble", SampleImages.pattern(width, height)));
  }

  @Test
  void aLargeImageIsShrunkAndAGrayOneHasNoColour() throws IOException {
    finite(vector("CompressionEnsembles", SampleImages.pattern(2000, 700)));
    float[] gray = vector("compression-ensemble", SampleImages.source("shapes-gray.jpg"));
    finite(gray);
    assertEquals(0, gray[NAMES.indexOf("colourfulness")]);
    assertEquals(1, gray[NAMES.indexOf("gray-gif-100")]);
  }

  @Test
  void theFastValuesAreThoseOfTheWholeEnsemble() throws IOException {
    SourceImage image = SampleImages.source("shapes.png");
    float[] all = vector("compression-ensemble", image);
    float[] fast = vector("compression-ensemble-fast", image);
    List<String> names = CompressionEnsemble.names(CompressionEnsemble.FAST_CARD);
    for (int i = 0; i < fast.length; i++) {
      assertEquals(all[NAMES.indexOf(names.get(i))], fast[i], names.get(i));
    }
  }

  @Test
  void vectorsAreTheSameInAnyOrderAndForAnyNumberOfThreads() throws Exception {
    var images = new ArrayList<SourceImage>();
    for (int i = 0; i < 4; i++) {
      images.add(source(SampleImages.rectangles(60 + i, 50, i)));
    }
    images.add(SampleImages.source("noise.png"));
    try (Extractor ensemble = open("compression-ensemble");
        var threads = Executors.newFixedThreadPool(3)) {
      var alone = new ArrayList<float[]>();
      for (SourceImage image : images) {
        alone.add(ensemble.prepare(image));
      }
      var together = new ArrayList<Future<float[]>>();
      for (int i = 0; i < 3 * images.size(); i++) {
        SourceImage image = images.get(images.size() - 1 - i % images.size());
        together.add(threads.submit(() -> ensemble.prepare(image)));
      }
      for (int i = 0; i < together.size(); i++) {
        assertArrayEquals(alone.get(images.size() - 1 - i % images.size()), together.get(i).get());
      }
    }
  }

  @Test
  void asMoreIsDrawnMoreBytesAreNeeded() throws IOException {
    float[] plain = vector("compression-ensemble-fast", SampleImages.rectangles(100, 80, 1));
    float[] noisy = vector("compression-ensemble-fast", SampleImages.source("noise.png"));
    List<String> names = CompressionEnsemble.names(CompressionEnsemble.FAST_CARD);
    for (String name : List.of("gif-100", "png-40", "jpeg75-100")) {
      assertTrue(plain[names.indexOf(name)] < noisy[names.indexOf(name)], name);
    }
  }

  @Test
  void aSideThatNoEncoderTakesIsRefused() throws IOException {
    SourceImage strip = source(new RgbImage(70_000, 1, new byte[210_000]));
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> vector("compression-ensemble", strip));
    assertTrue(e.getMessage().contains("70000 x 1 pixels when shrunk"), e.getMessage());
  }

  private static void finite(float[] vector) {
    for (int i = 0; i < vector.length; i++) {
      assertTrue(Float.isFinite(vector[i]), NAMES.get(i) + " is " + vector[i]);
    }
  }

  private static SourceImage source(RgbImage image) {
    return new SourceImage("drawn", Labels.NONE, PngEncoder.encode(image));
  }

  private static float[] vector(String model, RgbImage image) throws IOException {
    return vector(model, source(image));
  }

  private static float[] vector(String model, SourceImage image) throws IOException {
    try (Extractor ensemble = open(model)) {
      return ensemble.vector(image);
    }
  }

  private static Extractor open(String model) throws IOException {
    return Models.open(model, NONE, ExtractOptions.defaults());
  }
}
