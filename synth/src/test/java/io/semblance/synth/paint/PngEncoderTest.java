package io.semblance.synth.paint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngEncoderTest {
  @Test
  void theJdkReadsBackTheSamePixels() throws IOException {
    for (Style style : Style.values()) {
      BufferedImage image =
          new SaladPainter(new PaintOptions(1, 37, 9)).paint(Fruit.APPLE, style, 0);
      byte[] png = PngEncoder.encode(image);
      BufferedImage back = ImageIO.read(new ByteArrayInputStream(png));
      assertArrayEquals(
          image.getRGB(0, 0, 37, 37, null, 0, 37), back.getRGB(0, 0, 37, 37, null, 0, 37));
      assertArrayEquals(png, PngEncoder.encode(image));
    }
  }
}
