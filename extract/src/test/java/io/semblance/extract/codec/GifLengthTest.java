package io.semblance.extract.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.image.RgbImage;
import io.semblance.extract.SampleImages;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lengths against the coder that writes. That Pillow's files are as long is in the goldens of the
/// ensemble.
class GifLengthTest {

  private final GifLength length = new GifLength();

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "9, 300, 8", "16, 16, 8", "123, 77, 8", "300, 200, 3", "640, 480, 1"})
  void grayLengthsAreThoseOfTheCodesWritten(int width, int height, int bits) {
    byte[] gray = new byte[width * height];
    new SplittableRandom(bits).nextBytes(gray);
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) ((gray[i] & 0xFF) >> (8 - bits));
    }
    int colors = (int) IntStream.range(0, gray.length).map(i -> gray[i]).distinct().count();
    double files =
        file(gray, width, height, colors)
            + file(turned(gray, width, height), /* width= */ height, /* height= */ width, colors);
    assertEquals(files / 2, length.meanOfTurns(gray, width, height, 1));
  }

  @Test
  void anRgbImageOfGraysIsAsLongAsTheGrayOne() {
    RgbImage image = SampleImages.pattern(150, 90);
    byte[] gray = new byte[150 * 90];
    byte[] equal = new byte[3 * gray.length];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = image.pixels()[3 * i + 1];
      Arrays.fill(equal, 3 * i, 3 * i + 3, gray[i]);
    }
    assertEquals(length.meanOfTurns(gray, 150, 90, 1), length.meanOfTurns(equal, 150, 90, 3));
  }

  @Test
  void manyColoursBecome256AndTheNearest() {
    byte[] pixels = new byte[3 * 400 * 300];
    new SplittableRandom(5).nextBytes(pixels);
    byte[] indices = new byte[pixels.length / 3];
    // 120,000 pixels of nearly as many colours: counted with one bit dropped
    assertEquals(256, new WeightedMedianCut().reduce(pixels, indices));
    double[] sums = new double[3 * 256];
    int[] counts = new int[256];
    for (int i = 0; i < indices.length; i++) {
      counts[indices[i] & 0xFF]++;
      for (int c = 0; c < 3; c++) {
        sums[3 * (indices[i] & 0xFF) + c] += pixels[3 * i + c] & 0xFF;
      }
    }
    double error = 0;
    for (int i = 0; i < indices.length; i++) {
      for (int c = 0; c < 3; c++) {
        int b = indices[i] & 0xFF;
        double d = (pixels[3 * i + c] & 0xFF) - sums[3 * b + c] / counts[b];
        error += d * d;
      }
    }
    // a cube of side 256 / 256^(1/3) has the mean square error 3 * side^2 / 12; boxes here are less
    // even, as green weighs more than red and blue
    double cubes = 3 * Math.pow(256 / Math.cbrt(256), 2) / 12;
    assertTrue(error / indices.length < 1.6 * cubes, error / indices.length + " of " + cubes);
  }

  @Test
  void otherSizesOrChannelsAreRefused() {
    byte[] three = new byte[3];
    assertThrows(IllegalArgumentException.class, () -> length.meanOfTurns(three, 2, 1, 3));
    assertThrows(IllegalArgumentException.class, () -> length.meanOfTurns(three, 1, 1, 2));
  }

  private static byte[] turned(byte[] gray, int width, int height) {
    byte[] out = new byte[gray.length];
    for (int i = 0; i < gray.length; i++) {
      out[i % width * height + height - 1 - i / width] = gray[i];
    }
    return out;
  }

  /// The length of the file with the codes of [LzwCoder], rows 0, 8, 16 ... before 4, 12 ... before
  /// 2, 6, 10 ... before the odd ones where both sides have 16 pixels.
  private static double file(byte[] gray, int width, int height, int colors) {
    byte[] rows = new byte[gray.length];
    int at = 0;
    for (int pass = 0; pass < 4; pass++) {
      for (int y = 0; y < height; y++) {
        int of = y % 8 == 0 ? 0 : y % 8 == 4 ? 1 : y % 2 == 0 ? 2 : 3;
        if (of == pass) {
          System.arraycopy(gray, y * width, rows, at, width);
          at += width;
        }
      }
    }
    int codes = new LzwCoder(8).encode(Math.min(width, height) < 16 ? gray : rows).length;
    int palette = 4;
    while (palette < colors) {
      palette *= 2;
    }
    return 13 + 3 * palette + 10 + 1 + codes + Math.ceilDiv(codes, 255) + 1 + 1;
  }
}
