package io.semblance.extract.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.Resampler;
import io.semblance.core.image.RgbImage;
import io.semblance.extract.SampleImages;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What a card's words do to pixels.
class PixelInputTest {

  private static OnnxCard card(int resize, int crop, String more) throws SemblanceException {
    String json =
        """
        {"id": "tiny", "input": "x", "output": "y", "dimension": 1, "resize": %d, "crop": %d,
         "filter": "bicubic", "mean": [0, 0, 0], "std": [1, 1, 1]%s}
        """
            .formatted(resize, crop, more);
    return CardReader.read(json.getBytes(StandardCharsets.UTF_8), "tiny.json");
  }

  @Test
  void squashingGivesBothSidesTheLengthAndCutsTheMiddle() throws SemblanceException {
    RgbImage image = SampleImages.pattern(90, 50);
    OnnxCard card = card(40, 32, ", \"resize_mode\": \"squash\"");
    RgbImage squashed = Resampler.resize(image, 40, 40, Resampler.Filter.BICUBIC);
    assertArrayEquals(squashed.crop(4, 4, 32, 32).pixels(), square(card, image));
    assertTrue(
        card.preprocessing().contains("squashed to 40 x 40 (bicubic, antialiased); centre crop 32"),
        card.preprocessing());
  }

  @Test
  void halfAPixelGoesToTheEvenNeighbourOrDown() throws SemblanceException {
    RgbImage image = SampleImages.pattern(4, 7);
    assertArrayEquals(image.crop(0, 2, 4, 4).pixels(), square(card(4, 4, ""), image));
    OnnxCard down = card(4, 4, ", \"crop_offset\": \"down\"");
    assertArrayEquals(image.crop(0, 1, 4, 4).pixels(), square(down, image));
    assertTrue(
        down.preprocessing().contains("centre crop 4, offset rounded down"), down.preprocessing());
  }

  @Test
  void aCardWithoutTheWordsSaysWhatItAlwaysSaid() throws SemblanceException {
    assertEquals(
        "RGB, transparency on white; shorter side 4 (bicubic, antialiased); centre crop 4;"
            + " (v / 255 - mean) / std with mean [0.0, 0.0, 0.0], std [1.0, 1.0, 1.0]; output y,"
            + " pooling none",
        card(4, 4, "").preprocessing());
  }

  @Test
  void onlyKeepingProportionsMakesAThinImageTooLong() throws SemblanceException {
    RgbImage strip = SampleImages.pattern(1, 300);
    assertThrows(SemblanceException.class, () -> square(card(4096, 4, ""), strip));
    assertEquals(48, square(card(4096, 4, ", \"resize_mode\": \"squash\""), strip).length);
  }

  private static byte[] square(OnnxCard card, RgbImage image) throws SemblanceException {
    return new PixelInput(card).crop(image, "image").pixels();
  }
}
