package io.semblance.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.image.Resampler.Box;
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

  static Stream<NamedCsvRecord> resized() throws IOException {
    return PixelGoldens.lines("resize.csv").stream();
  }

  @ParameterizedTest
  @MethodSource("resized")
  void theResultIsPillowsByteForByte(NamedCsvRecord line) throws IOException {
    RgbImage source = PixelGoldens.source(line.getField("source"));
    RgbImage image =
        Resampler.resize(
            source,
            Integer.parseInt(line.getField("width")),
            Integer.parseInt(line.getField("height")),
            Filter.valueOf(line.getField("filter").toUpperCase(Locale.ROOT)),
            box(line.getField("box"), source));
    int left = Integer.parseInt(line.getField("golden_x"));
    int top = Integer.parseInt(line.getField("golden_y"));
    assertEquals(0, PixelGoldens.maxDifference(image, line, left, top));
    assertTrue(PixelGoldens.identical(image, line), "outside the part that the golden file holds");
  }

  private static Box box(String edges, RgbImage source) {
    if (edges.isEmpty()) {
      return Box.of(source);
    }
    String[] e = edges.split(" ");
    return new Box(
        Float.parseFloat(e[0]),
        Float.parseFloat(e[1]),
        Float.parseFloat(e[2]),
        Float.parseFloat(e[3]));
  }

  @ParameterizedTest
  @EnumSource(Filter.class)
  void theFastLoopsAgreeWithTheFormula(Filter filter) {
    var random = new SplittableRandom(3);
    for (int round = 0; round < 24; round++) {
      RgbImage image = noise(random, random.nextInt(1, 150), random.nextInt(1, 90));
      int width = random.nextInt(1, 60);
      int height = random.nextInt(1, 150);
      Box box = round % 2 == 0 ? Box.of(image) : box(random, image);
      assertArrayEquals(
          NaiveResampler.resize(image, width, height, filter, box).pixels(),
          Resampler.resize(image, width, height, filter, box).pixels(),
          () ->
              "%d x %d to %d x %d, %s"
                  .formatted(image.width(), image.height(), width, height, box));
    }
  }

  private static RgbImage noise(SplittableRandom random, int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    random.nextBytes(pixels);
    return new RgbImage(width, height, pixels);
  }

  private static Box box(SplittableRandom random, RgbImage image) {
    float left = (float) random.nextDouble(image.width() - 0.5);
    float top = (float) random.nextDouble(image.height() - 0.5);
    return new Box(
        left,
        top,
        (float) random.nextDouble(left, image.width()),
        (float) random.nextDouble(top, image.height()));
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
  @CsvSource({
    "500, 375, 256, 300, 300, 225",
    "375, 500, 256, 300, 225, 300",
    "500, 375, 256, 400, 341, 256",
    "1000, 10, 8, 100, 100, 1"
  })
  void theLongerSideIsLimitedAsInTorchvision(
      int width, int height, int size, int maxSize, int outWidth, int outHeight) {
    RgbImage image = PixelGoldens.pattern(width, height);
    RgbImage out = Resampler.resizeShorterSide(image, size, maxSize, Filter.BILINEAR);
    assertEquals(outWidth, out.width());
    assertEquals(outHeight, out.height());
  }

  @Test
  void aCropLargerThanTheImageIsBlackAroundIt() {
    RgbImage image = PixelGoldens.pattern(7, 30);
    RgbImage crop = Resampler.centerCrop(image, 10, 20);
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 10; x++) {
        int expected = x < 1 || x > 7 ? 0 : image.at(x - 1, y + 5, 1);
        assertEquals(expected, crop.at(x, y, 1), x + ", " + y);
      }
    }
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
    assertThrows(
        IllegalArgumentException.class, () -> Resampler.resize(image, 40_000, 40_000, Filter.BOX));
    assertThrows(
        IllegalArgumentException.class,
        () -> Resampler.resize(image, 4, 4, Filter.BOX, new Box(0, 0, 9, 8)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Resampler.resize(image, 4, 4, Filter.BOX, new Box(5, 0, 4, 8)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Resampler.resizeShorterSide(image, 5, 5, Filter.BILINEAR));
    assertThrows(IllegalArgumentException.class, () -> Resampler.centerCrop(image, 0));
  }
}
