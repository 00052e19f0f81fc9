package io.semblance.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReaderTest {

  static Stream<NamedCsvRecord> decoded() throws IOException {
    return PixelGoldens.lines("decode.csv").stream();
  }

  @ParameterizedTest
  @MethodSource("decoded")
  void everyFixtureHasPillowsPixels(NamedCsvRecord line) throws IOException {
    RgbImage image = ImageReader.read(PixelGoldens.FIXTURES.resolve(line.getField("file")));
    assertEquals(line.getField("width"), Integer.toString(image.width()));
    assertEquals(line.getField("height"), Integer.toString(image.height()));
    assertEquals(0, PixelGoldens.maxDifference(image, line, 0, 0), line.getField("file"));
    assertTrue(PixelGoldens.identical(image, line), line.getField("file"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shapes.png",
        "shapes-palette-alpha.png",
        "shapes-gray-alpha.png",
        "shapes-420.jpg",
        "shapes-444.jpg",
        "shapes-gray.jpg"
      })
  void aFileCutOffAnywhereIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(PixelGoldens.FIXTURES.resolve(name));
    // the end of image marker of a JPEG may be missing: all pixels are there
    int last = name.endsWith("png") ? whole.length : whole.length - 2;
    IntStream lengths =
        IntStream.concat(
            IntStream.range(0, 700), IntStream.iterate(700, n -> n < last, n -> n + 37));
    lengths
        .filter(n -> n < last)
        .forEach(
            n -> {
              SemblanceException e =
                  assertThrows(
                      SemblanceException.class,
                      () -> ImageReader.read(Arrays.copyOf(whole, n), "cut"),
                      () -> name + " cut to " + n);
              assertTrue(e.getMessage().startsWith("cut "), e.getMessage());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"shapes.png", "shapes-palette.png", "shapes-420.jpg", "shapes-gray.jpg"})
  void randomDamageGivesPixelsOrOneSentence(String name) throws IOException {
    byte[] whole = Files.readAllBytes(PixelGoldens.FIXTURES.resolve(name));
    var random = new SplittableRandom(5);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 3; i++) {
        damaged[random.nextInt(8, whole.length)] = (byte) random.nextInt();
      }
      try {
        RgbImage image = ImageReader.read(damaged, "damaged");
        assertTrue(image.width() > 0);
      } catch (SemblanceException e) {
        assertTrue(e.getMessage().startsWith("damaged "), e.getMessage());
        assertTrue(e.getMessage().endsWith("."), e.getMessage());
      }
    }
  }

  @Test
  void everyKindOfPngSampleIsRead() throws IOException {
    byte[] grey16 = {(byte) 0x80, (byte) 0xFF, 0x12, 0x34};
    assertPixels(
        new PngWriter(2, 1, 16, 0).row(grey16).bytes(), 0x80, 0x80, 0x80, 0x12, 0x12, 0x12);
    assertPixels(new PngWriter(4, 1, 2, 0).row((byte) 0b00011011).bytes(), grey(0, 85, 170, 255));
    assertPixels(new PngWriter(2, 1, 4, 0).row((byte) 0x5F).bytes(), grey(85, 255));
    assertPixels(
        new PngWriter(9, 1, 1, 0).row((byte) 0x41, (byte) 0x80).bytes(),
        grey(0, 255, 0, 0, 0, 0, 0, 255, 255));
    byte[] rgba16 = {(byte) 0x80, 1, 0x12, 2, 0x43, 3, (byte) 0x80, 4};
    assertPixels(new PngWriter(1, 1, 16, 6).row(rgba16).bytes(), 191, 136, 161);
    assertPixels(
        new PngWriter(2, 1, 8, 2).chunk("tRNS", 0, 1, 0, 2, 0, 3).row(1, 2, 3, 4, 5, 6).bytes(),
        255,
        255,
        255,
        4,
        5,
        6);
    assertPixels(
        new PngWriter(3, 1, 8, 3).chunk("PLTE", 10, 20, 30).row(0, 1, 200).bytes(),
        10,
        20,
        30,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  @Test
  void interlacedPngsOfEverySmallSizeHaveThePixelsOfPlainOnes() throws IOException {
    for (int width = 1; width <= 9; width++) {
      for (int height = 1; height <= 9; height++) {
        RgbImage image = PixelGoldens.pattern(width, height);
        RgbImage read = ImageReader.read(PngWriter.interlaced(image), "interlaced");
        assertArrayEquals(image.pixels(), read.pixels(), width + " x " + height);
      }
    }
  }

  @Test
  void aPictureTooLargeOrTooEmptyForItsSizeIsRefusedBeforeMemoryIsTaken() {
    byte[] huge = new PngWriter(20_000, 20_000, 8, 2).bytes();
    assertMessage(huge, "20000 x 20000 pixels, more than the 178956970");
    byte[] empty = new PngWriter(13_000, 13_000, 8, 2).bytes();
    assertMessage(empty, "cannot hold 13000 x 13000 pixels");
    byte[] jpeg = {
      -1, (byte) 0xD8, -1, (byte) 0xC0, 0, 11, 8, 50, 0, 50, 0, 1, 1, 17, 0, -1, (byte) 0xDA, 0, 2
    };
    assertMessage(jpeg, "cannot hold 12800 x 12800 pixels");
  }

  @Test
  void otherFilesAreNamedForWhatTheyAre() {
    assertMessage(new byte[0], "is empty");
    for (int length = 1; length < 14; length++) { // as a bitmap without file header begins
      byte[] few = new byte[length];
      few[0] = 40;
      assertMessage(few, "no PNG, JPEG, WebP, GIF, BMP or TIFF");
    }
    assertMessage(new byte[100], "no PNG, JPEG, WebP, GIF, BMP or TIFF");
    Path missing = Path.of("no-such.png");
    SemblanceException e = assertThrows(SemblanceException.class, () -> ImageReader.read(missing));
    assertEquals(
        "Cannot read no-such.png (no such file or folder): check the path.", e.getMessage());
  }

  @Test
  void severalThreadsReadTheSamePixels() throws IOException {
    Path file = PixelGoldens.FIXTURES.resolve("shapes-420.jpg");
    byte[] expected = ImageReader.read(file).pixels();
    List<byte[]> all =
        IntStream.range(0, 64).parallel().mapToObj(_ -> readUnchecked(file)).toList();
    all.forEach(pixels -> assertArrayEquals(expected, pixels));
  }

  private static byte[] readUnchecked(Path file) {
    try {
      return ImageReader.read(file).pixels();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertMessage(byte[] bytes, String part) {
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> ImageReader.read(bytes, "x.png"));
    assertTrue(e.getMessage().startsWith("x.png "), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static int[] grey(int... values) {
    return Arrays.stream(values).flatMap(v -> IntStream.of(v, v, v)).toArray();
  }

  private static void assertPixels(byte[] png, int... expected) throws IOException {
    byte[] pixels = ImageReader.read(png, "made").pixels();
    int[] found = IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xFF).toArray();
    assertArrayEquals(expected, found);
  }
}
