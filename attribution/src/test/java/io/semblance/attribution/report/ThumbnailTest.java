package io.semblance.attribution.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailTest {

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "400,320,200,160",
    "1500,3000,80,160",
    "30,20,30,20",
    "5000,100,480,10",
    "1,1,1,1",
    "9000,1,480,1"
  })
  void keepsTheShapeAndShrinks(int width, int height, int toWidth, int toHeight)
      throws IOException {
    Thumbnail thumbnail =
        Thumbnail.of(Files.readAllBytes(image(width, height, Color.BLUE))).orElseThrow();
    assertEquals(toWidth, thumbnail.width());
    assertEquals(toHeight, thumbnail.height());
    BufferedImage decoded = decoded(thumbnail);
    assertEquals(toWidth, decoded.getWidth());
    var middle = new Color(decoded.getRGB(toWidth / 2, toHeight / 2));
    assertTrue(middle.getBlue() > 200 && middle.getRed() < 50, middle.toString());
  }

  @Test
  void makesTransparentPartsWhite() throws IOException {
    Thumbnail thumbnail =
        Thumbnail.of(Files.readAllBytes(image(20, 20, new Color(0, 0, 0, 0)))).orElseThrow();
    assertEquals(Color.WHITE, new Color(decoded(thumbnail).getRGB(10, 10)));
  }

  @Test
  void isNothingForWhatIsNoImage() throws IOException {
    Path whole = image(300, 300, Color.RED);
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {0, 4, 20, 40}) {
      assertEquals(Optional.empty(), Thumbnail.of(java.util.Arrays.copyOf(bytes, length)));
    }
  }

  private Path image(int width, int height, Color color) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setColor(color);
    canvas.fillRect(0, 0, width, height);
    canvas.dispose();
    Path file = temp.resolve(width + "x" + height + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static BufferedImage decoded(Thumbnail thumbnail) throws IOException {
    String base64 = thumbnail.dataUri().substring("data:image/jpeg;base64,".length());
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }
}
