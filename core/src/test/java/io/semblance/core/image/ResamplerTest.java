package io.semblance.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.image.Resampler.Filter;
import java.io.IOException;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {

  /// Pillow's results for whole images; those with a source box are for an option we do not have.
  static Stream<NamedCsvRecord> resized() throws IOException {
    return PixelGoldens.lines("resize.csv").stream().filter(l -> l.getField("box").isEmpty());
  }

  @ParameterizedTest
  @MethodSource("resized")
  void theResultIsPillowsByteForByte(NamedCsvRecord line) throws IOException {
    RgbImage image =
        Resampler.resize(
            PixelGoldens.source(line.getField("source")),
            Integer.parseInt(line.getField("width")),
            Integer.parseInt(line.getField("height")),
            Filter.valueOf(line.getField("filter").toUpperCase(Locale.ROOT)));
    int left = Integer.parseInt(line.getField("golden_x"));
    int top = Integer.parseInt(line.getField("golden_y"));
    assertEquals(0, PixelGoldens.maxDifference(image, line, left, top));
    assertTrue(PixelGoldens.identical(image, line), "outside the part that the golden file holds");
  }

  @ParameterizedTest
  @EnumSource(Filter.class)
  void theFastLoopsAgreeWithTheFormula(Filter filter) {
    var random = new SplittableRandom(3);
    for (int round = 0; round < 30; round++) {
      byte[] pixels = new byte[3 * random.nextInt(1, 40) * 23];
      random.nextBytes(pixels);
      var image = new RgbImage(pixels.length / 69, 23, pixels);
      int width = random.nextInt(1, 60);
      int height = random.nextInt(1, 60);
      assertArrayEquals(
          naive(image, width, height, filter).pixels(),
          Resampler.resize(image, width, height, filter).pixels(),
          image.width() + " x 23 to " + width + " x " + height);
    }
  }

  @ParameterizedTest
  @EnumSource(Filter.class)
  void aPlainImageStaysPlain(Filter filter) {
    byte[] pixels = new byte[3 * 31 * 17];
    java.util.Arrays.fill(pixels, (byte) 201);
    RgbImage out = Resampler.resize(new RgbImage(31, 17, pixels), 12, 40, filter);
    for (byte v : out.pixels()) {
      assertEquals((byte) 201, v);
    }
  }

  @Test
  void anImageOfTheWantedSizeIsReturnedAsItIs() {
    RgbImage image = PixelGoldens.pattern(20, 10);
    assertSame(image, Resampler.resize(image, 20, 10, Filter.BICUBIC));
  }

  @ParameterizedTest
  @CsvSource({
    "500, 375, 256, 341, 256",
    "375, 500, 256, 256, 341",
    "100, 100, 7, 7, 7",
    "3, 1000, 2, 2, 666"
  })
  void theLongerSideFollowsTorchvision(
      int width, int height, int size, int outWidth, int outHeight) {
    RgbImage out =
        Resampler.resizeShorterSide(PixelGoldens.pattern(width, height), size, Filter.BILINEAR);
    assertEquals(outWidth, out.width());
    assertEquals(outHeight, out.height());
  }

  @ParameterizedTest
  @CsvSource({"341, 224, 58", "227, 224, 2", "225, 224, 0", "229, 224, 2", "224, 224, 0"})
  void theCropIsRoundedHalfToEven(int side, int size, int offset) {
    RgbImage image = PixelGoldens.pattern(side, side);
    RgbImage crop = Resampler.centerCrop(image, size);
    assertEquals(size, crop.width());
    assertEquals(image.at(offset, offset, 1), crop.at(0, 0, 1));
    assertArrayEquals(image.crop(offset, offset, size, size).pixels(), crop.pixels());
  }

  @Test
  void impossibleSizesAreRefused() {
    RgbImage image = PixelGoldens.pattern(8, 8);
    assertThrows(
        IllegalArgumentException.class, () -> Resampler.resize(image, 0, 4, Filter.BILINEAR));
    assertThrows(IllegalArgumentException.class, () -> Resampler.centerCrop(image, 9));
  }

  private static RgbImage naive(RgbImage image, int width, int height, Filter filter) {
    byte[] wide = new byte[3 * width * image.height()];
    for (int i = 0; i < wide.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      int c = i % 3;
      wide[i] = naive(image.width(), width, x, filter, s -> image.at(s, y, c));
    }
    var middle = new RgbImage(width, image.height(), wide);
    byte[] out = new byte[3 * width * height];
    for (int i = 0; i < out.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      int c = i % 3;
      out[i] = naive(image.height(), height, y, filter, s -> middle.at(x, s, c));
    }
    return new RgbImage(width, height, out);
  }

  private static byte naive(
      int from, int to, int at, Filter filter, java.util.function.IntUnaryOperator source) {
    if (from == to) {
      return (byte) source.applyAsInt(at);
    }
    double scale = Math.max(1, (double) from / to);
    double center = (at + 0.5) * from / to;
    int begin = (int) Math.max(0, Math.floor(center - filter.radius() * scale + 0.5));
    int end = (int) Math.min(from, Math.floor(center + filter.radius() * scale + 0.5));
    double total = 0;
    for (int s = begin; s < end; s++) {
      total += filter.at((s + 0.5 - center) / scale);
    }
    long sum = 1L << 21;
    for (int s = begin; s < end; s++) {
      double weight = filter.at((s + 0.5 - center) / scale) / total;
      long fixed = (long) (weight * (1 << 22) + Math.copySign(0.5, weight));
      sum += fixed * source.applyAsInt(s);
    }
    return (byte) Math.clamp(sum >> 22, 0, 255);
  }
}
