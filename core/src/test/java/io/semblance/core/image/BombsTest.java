package io.semblance.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.semblance.core.SemblanceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that ask for more than they are worth: refused in one sentence, or read at their own cost.
class BombsTest {

  private static final long FEW_MEGABYTES = 8L << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "png-rgb-8.png",
        "png-gray-8-interlaced.png",
        "jpeg-420.jpg",
        "jpeg-progressive-420.jpg",
        "jpeg-arithmetic.jpg",
        "webp-lossy.webp",
        "webp-animation.webp",
        "gif-256.gif",
        "bmp-24.bmp",
        "bmp-runs-8.bmp",
        "tiff-rgb-lzw.tif",
        "tiff-rgb-jpeg-tiled.tif",
        "tiff-bw-g4.tif"
      })
  void everyFormatKeepsToTheLimits(String name) throws IOException {
    byte[] bytes = FormatGoldens.bytes(name);
    ReadOptions defaults = ReadOptions.defaults();
    RgbImage image = ImageReader.read(bytes, name);
    int pixels = image.width() * image.height();
    assertRefused(bytes, defaults.withMaxTime(Duration.ofNanos(1)), "took longer than");
    assertRefused(bytes, defaults.withMaxPixels(pixels - 1), "pixels, more than the");
    assertArrayEquals(
        image.pixels(), ImageReader.read(bytes, name, defaults.withMaxPixels(pixels)).pixels());
  }

  @Test
  void whatIsCompressedBehindThePictureIsNotExpanded() throws IOException {
    byte[] zeros = new byte[50_000_000];
    byte[] file = new PngWriter(1, 1, 8, 0).row(7).row(zeros).bytes();
    long before = allocated();
    RgbImage image = ImageReader.read(file, "bomb");
    assertTrue(allocated() - before < FEW_MEGABYTES, "allocated " + (allocated() - before));
    assertEquals(7, image.at(0, 0, 0));
  }

  @Test
  void remarksOfAPngAreNotExpanded() throws IOException {
    var deflater = new Deflater();
    deflater.setInput(new byte[50_000_000]);
    deflater.finish();
    byte[] packed = new byte[100_000];
    packed[0] = 'x';
    int length = deflater.deflate(packed, 3, packed.length - 3);
    deflater.end();
    int[] content = new int[3 + length];
    Arrays.setAll(content, i -> packed[i] & 0xFF);
    byte[] file =
        new PngWriter(1, 1, 8, 0).chunk("iCCP", content).chunk("zTXt", content).row(7).bytes();
    long before = allocated();
    assertEquals(7, ImageReader.read(file, "bomb").at(0, 0, 0));
    assertTrue(allocated() - before < FEW_MEGABYTES, "allocated " + (allocated() - before));
  }

  @Test
  void aDirectoryThatFollowsItselfIsReadOnce() throws IOException {
    byte[] tiff = FormatGoldens.bytes("tiff-rgb.tif");
    RgbImage image = ImageReader.read(tiff, "whole");
    ByteBuffer file = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    int directory = file.getInt(4);
    file.putInt(directory + 2 + 12 * file.getShort(directory), directory);
    assertArrayEquals(image.pixels(), ImageReader.read(tiff, "cyclic").pixels());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thousandsOfPicturesCostNothing(boolean ended) throws IOException {
    byte[] gif = FormatGoldens.bytes("gif-13.gif");
    RgbImage image = ImageReader.read(gif, "one");
    var out = new ByteArrayOutputStream();
    out.write(gif, 0, gif.length - 1);
    byte[] picture = {',', 0, 0, 0, 0, -1, -1, -1, -1, 0, 2, 1, 0, 0};
    for (int i = 0; i < 100_000; i++) {
      out.writeBytes(picture);
    }
    if (ended) {
      out.write(';');
    }
    long before = allocated();
    assertArrayEquals(image.pixels(), ImageReader.read(out.toByteArray(), "many").pixels());
    assertTrue(allocated() - before < FEW_MEGABYTES, "allocated " + (allocated() - before));
  }

  @Test
  void aJpegOfThousandsOfScansIsRefused() throws IOException {
    byte[] jpeg = FormatGoldens.bytes("jpeg-progressive-444.jpg");
    String text = new String(jpeg, StandardCharsets.ISO_8859_1);
    int last = text.lastIndexOf("\u00ff\u00da");
    var out = new ByteArrayOutputStream();
    out.write(jpeg, 0, last);
    for (int i = 0; i < 300; i++) {
      out.write(jpeg, last, jpeg.length - 2 - last);
    }
    out.write(jpeg, jpeg.length - 2, 2);
    assertRefused(out.toByteArray(), ReadOptions.defaults(), "more than 256 scans");
  }

  @Test
  void sizesThatNoBytesStandForAreRefused() throws IOException {
    byte[] webp = FormatGoldens.bytes("webp-animation.webp");
    ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(24, -1).putShort(28, (short) -1);
    assertRefused(webp, ReadOptions.defaults(), "16777216 x 16777216 pixels, more than");
    byte[] bmp = FormatGoldens.bytes("bmp-runs-8.bmp");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 13_000).putInt(22, 13_000);
    assertRefused(bmp, ReadOptions.defaults(), "cannot hold 13000 x 13000 pixels");
    byte[] gif = FormatGoldens.bytes("gif-offset.gif");
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putInt(6, 13_000 << 16 | 13_000);
    assertRefused(gif, ReadOptions.defaults(), "cannot hold 13000 x 13000 pixels");
  }

  private static long allocated() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static void assertRefused(byte[] bytes, ReadOptions options, String part) {
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> ImageReader.read(bytes, "bomb", options));
    assertTrue(e.getMessage().startsWith("bomb ") && e.getMessage().endsWith("."), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
