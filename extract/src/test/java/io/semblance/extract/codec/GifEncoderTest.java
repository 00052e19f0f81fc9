package io.semblance.extract.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.image.RgbImage;
import io.semblance.extract.SampleImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GifEncoderTest {

  static Stream<RgbImage> images() throws IOException {
    return Stream.of(
        SampleImages.source("shapes.png").pixels(),
        SampleImages.source("noise.png").pixels(),
        SampleImages.source("strip.png").pixels(),
        SampleImages.source("shapes-gray.jpg").pixels(),
        SampleImages.pattern(300, 200),
        SampleImages.pattern(1, 1),
        noise(257, 131, 1),
        SampleImages.rectangles(64, 48, 2),
        new RgbImage(500, 400, new byte[3 * 500 * 400]));
  }

  @ParameterizedTest
  @MethodSource("images")
  void anotherDecoderSeesThePaletteImage(RgbImage image) throws IOException {
    byte[] gif = GifEncoder.encode(image);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(gif));
    Palette palette = Palette.of(image);
    assertEquals(image.width(), read.getWidth());
    assertEquals(image.height(), read.getHeight());
    for (int i = 0; i < palette.indices().length; i++) {
      int expected = palette.colors()[palette.indices()[i] & 0xFF];
      int found = read.getRGB(i % image.width(), i / image.width()) & 0xFFFFFF;
      assertEquals(expected, found, "pixel " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void theFastCoderWritesTheBytesOfTheNaiveOne(RgbImage image) {
    Palette palette = Palette.of(image);
    int bits = Math.max(2, 32 - Integer.numberOfLeadingZeros(palette.colors().length - 1));
    assertArrayEquals(
        naiveLzw(palette.indices(), bits), new LzwCoder(bits).encode(palette.indices()));
  }

  @Test
  void anImageOfFewColoursKeepsThem() {
    RgbImage image = SampleImages.rectangles(90, 70, 4);
    Palette palette = Palette.of(image);
    for (int i = 0; i < palette.indices().length; i++) {
      int color = palette.colors()[palette.indices()[i] & 0xFF];
      assertEquals(Palette.color(image.pixels(), 3 * i), color);
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void medianCutColoursAreMeansOfTheirPixels(RgbImage image) {
    Palette palette = Palette.reduced(image, 16);
    int n = palette.colors().length;
    assertTrue(n >= 1 && n <= 16);
    double[] sums = new double[3 * n];
    int[] counts = new int[n];
    for (int i = 0; i < palette.indices().length; i++) {
      int b = palette.indices()[i];
      counts[b]++;
      for (int c = 0; c < 3; c++) {
        sums[3 * b + c] += image.pixels()[3 * i + c] & 0xFF;
      }
    }
    for (int b = 0; b < n; b++) {
      assertTrue(counts[b] > 0, "colour " + b + " is used");
      for (int c = 0; c < 3; c++) {
        int channel = palette.colors()[b] >> (16 - 8 * c) & 0xFF;
        assertEquals(sums[3 * b + c] / counts[b], channel, 0.5 + 1e-9);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void medianCutIsThatOfTheNaiveOne(RgbImage image) {
    for (int colors : new int[] {1, 2, 7, 256}) {
      Palette fast = Palette.reduced(image, colors);
      Palette naive = NaiveMedianCut.reduce(image, colors);
      assertArrayEquals(naive.colors(), fast.colors());
      assertArrayEquals(naive.indices(), fast.indices());
    }
  }

  @Test
  void moreColoursAreNeverFurtherFromTheImage() {
    RgbImage image = noise(60, 60, 8);
    double last = Double.MAX_VALUE;
    for (int colors = 1; colors <= 256; colors *= 2) {
      Palette palette = Palette.reduced(image, colors);
      double error = 0;
      for (int i = 0; i < palette.indices().length; i++) {
        int color = palette.colors()[palette.indices()[i] & 0xFF];
        for (int c = 0; c < 3; c++) {
          double d = (image.pixels()[3 * i + c] & 0xFF) - (color >> (16 - 8 * c) & 0xFF);
          error += d * d;
        }
      }
      assertTrue(error < last, colors + " colours");
      last = error;
    }
  }

  @Test
  void aSideBeyondTheFormatIsRefused() {
    var image = new RgbImage(65_536, 1, new byte[3 * 65_536]);
    assertThrows(IllegalArgumentException.class, () -> GifEncoder.encode(image));
  }

  private static RgbImage noise(int width, int height, long seed) {
    byte[] pixels = new byte[3 * width * height];
    new SplittableRandom(seed).nextBytes(pixels);
    return new RgbImage(width, height, pixels);
  }

  /// The textbook: a map from strings of symbols to codes, and a list of bits.
  private static byte[] naiveLzw(byte[] symbols, int codeSize) {
    var bits = new ArrayList<Integer>();
    var codes = new HashMap<List<Byte>, Integer>();
    int clear = 1 << codeSize;
    int width = codeSize + 1;
    int next = clear + 2;
    put(bits, clear, width);
    List<Byte> text = new ArrayList<>();
    for (byte symbol : symbols) {
      var longer = new ArrayList<>(text);
      longer.add(symbol);
      if (longer.size() == 1 || codes.containsKey(longer)) {
        text = longer;
        continue;
      }
      put(bits, text.size() == 1 ? text.getFirst() & 0xFF : codes.get(text), width);
      text = List.of(symbol);
      if (next == 4096) {
        put(bits, clear, width);
        codes.clear();
        width = codeSize + 1;
        next = clear + 2;
        continue;
      }
      codes.put(longer, next);
      if (next == 1 << width) {
        width++;
      }
      next++;
    }
    put(bits, text.size() == 1 ? text.getFirst() & 0xFF : codes.get(text), width);
    if (next == 1 << width && width < 12) {
      width++;
    }
    put(bits, clear + 1, width);
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < bits.size(); i += 8) {
      int value = 0;
      for (int b = i; b < Math.min(bits.size(), i + 8); b++) {
        value |= bits.get(b) << (b - i);
      }
      out.write(value);
    }
    return out.toByteArray();
  }

  private static void put(List<Integer> bits, int code, int width) {
    for (int b = 0; b < width; b++) {
      bits.add(code >> b & 1);
    }
  }
}
