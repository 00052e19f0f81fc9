package io.semblance.extract.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.image.ImageReader;
import io.semblance.core.image.RgbImage;
import io.semblance.extract.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PngEncoderTest {

  static Stream<RgbImage> images() throws IOException {
    return Stream.of(
        SampleImages.source("shapes-420.jpg").pixels(),
        SampleImages.source("noise.png").pixels(),
        SampleImages.pattern(1, 1),
        SampleImages.pattern(333, 77),
        SampleImages.rectangles(64, 48, 2));
  }

  @ParameterizedTest
  @MethodSource("images")
  void bothOurReaderAndThePlatformsSeeThePixels(RgbImage image) throws IOException {
    byte[] png = PngEncoder.encode(image);
    assertArrayEquals(image.pixels(), ImageReader.read(png, "made").pixels());
    var read = ImageIO.read(new ByteArrayInputStream(png));
    for (int i = 0; i < image.pixels().length / 3; i++) {
      int found = read.getRGB(i % image.width(), i / image.width()) & 0xFFFFFF;
      assertEquals(Palette.color(image.pixels(), 3 * i), found);
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void noImageTakesMuchMoreThanItsPixels(RgbImage image) {
    int raw = image.pixels().length + image.height();
    assertTrue(PngEncoder.encode(image).length <= raw + raw / 1000 + 100);
  }
}
