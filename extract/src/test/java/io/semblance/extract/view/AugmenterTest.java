package io.semblance.extract.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.image.RgbImage;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.View;
import io.semblance.core.table.View.Strength;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.SampleImages;
import io.semblance.extract.SourceImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AugmenterTest {

  private static final RgbImage IMAGE = SampleImages.rectangles(90, 60, 5);

  private static final ImageCollection NO_IMAGES = new ImageCollection(Path.of(""), List.of());

  private static Augmenter augmenter(Strength strength, int number, long seed) {
    return new Augmenter(new View(strength, number, seed));
  }

  @Test
  void theSameSeedViewAndImageGiveTheSamePixels() {
    for (Strength strength : Strength.values()) {
      var seen = new HashSet<Integer>();
      for (int view = 1; view <= 3; view++) {
        for (long seed = 0; seed < 2; seed++) {
          for (String id : new String[] {"a.png", "b.png"}) {
            byte[] pixels = augmenter(strength, view, seed).of(IMAGE, id).pixels();
            assertArrayEquals(pixels, augmenter(strength, view, seed).of(IMAGE, id).pixels());
            seen.add(Arrays.hashCode(pixels));
          }
        }
      }
      assertEquals(12, seen.size(), "each is drawn anew");
    }
  }

  @Test
  void aMildViewIsASquareOfPartOfTheImage() {
    var sides = new HashSet<Integer>();
    for (int i = 0; i < 200; i++) {
      RgbImage view = augmenter(Strength.MILD, 1, i).of(IMAGE, "a");
      assertEquals(view.width(), view.height());
      double share = (double) view.width() * view.height() / (90 * 60);
      assertTrue(share > 0.37 && share < 1.03, "share " + share);
      sides.add(view.width());
    }
    assertTrue(sides.size() > 15, sides.toString());
  }

  @Test
  void aMildViewOfOneColourIsThatColourAndAStrongOneIsNot() {
    byte[] pixels = new byte[3 * 40 * 40];
    Arrays.fill(pixels, (byte) 100);
    var grey = new RgbImage(40, 40, pixels);
    int changed = 0;
    for (int i = 0; i < 50; i++) {
      for (byte p : augmenter(Strength.MILD, 1, i).of(grey, "a").pixels()) {
        assertEquals(100, p);
      }
      RgbImage strong = augmenter(Strength.STRONG, 1, i).of(grey, "a");
      changed += strong.at(3, 3, 0) == 100 ? 0 : 1;
    }
    assertTrue(changed > 25, changed + " of 50");
  }

  @Test
  void longAndThinImagesHaveViews() {
    RgbImage strip = SampleImages.rectangles(400, 3, 1);
    RgbImage view = augmenter(Strength.STRONG, 1, 0).of(strip, "a");
    assertEquals(view.width(), view.height());
    assertEquals(1, augmenter(Strength.MILD, 1, 0).of(SampleImages.pattern(1, 1), "a").width());
  }

  @Test
  void flippingTwiceAndSolarisingTwiceGiveTheImage() {
    RgbImage flipped = Tone.flip(IMAGE);
    assertEquals(IMAGE.at(2, 7, 1), flipped.at(87, 7, 1));
    assertArrayEquals(IMAGE.pixels(), Tone.flip(flipped).pixels());
    RgbImage solar = Tone.solarise(IMAGE);
    for (int i = 0; i < solar.pixels().length; i++) {
      int was = IMAGE.pixels()[i] & 255;
      assertEquals(was < 128 ? was : 255 - was, solar.pixels()[i] & 255);
    }
  }

  @Test
  void blurIsAGaussian() {
    byte[] point = new byte[3 * 41 * 41];
    Arrays.fill(point, 3 * (20 * 41 + 20), 3 * (20 * 41 + 20) + 3, (byte) 255);
    RgbImage blurred = Tone.blur(new RgbImage(41, 41, point), 1.5);
    double peak = 255 / (2 * Math.PI * 1.5 * 1.5);
    assertEquals(peak, blurred.at(20, 20, 0), 1.5);
    assertEquals(peak * Math.exp(-4 / (2 * 1.5 * 1.5)), blurred.at(22, 20, 0), 1.5);
    assertEquals(blurred.at(20, 22, 2), blurred.at(22, 20, 2));
  }

  @Test
  void aNetworkSeesTheViewAndSaysSo() throws IOException {
    SourceImage image = SampleImages.source("pattern:70x50");
    try (Extractor lite0 =
        Models.open("efficientnet-lite0", NO_IMAGES, ExtractOptions.defaults())) {
      var view = new View(Strength.MILD, 2, 7);
      Extractor seen = ViewExtractor.of(lite0, view);
      float[] one = seen.vector(image);
      assertArrayEquals(one, ViewExtractor.of(lite0, view).vector(image));
      assertFalse(Arrays.equals(one, lite0.vector(image)));
      Provenance said = seen.card().provenance();
      assertTrue(said.preprocessing().startsWith("view 2 of mild augmentation, seed 7; "));
      assertEquals(lite0.card().provenance(), View.plain(said));
      assertEquals(lite0.card().provenance(), View.plain(lite0.card().provenance()));
    }
    try (Extractor png = Models.open("png-filesize", NO_IMAGES, ExtractOptions.defaults())) {
      var e =
          assertThrows(
              SemblanceException.class, () -> ViewExtractor.of(png, new View(Strength.MILD, 1, 0)));
      assertTrue(e.getMessage().contains("leave --views away"), e.getMessage());
    }
  }
}
