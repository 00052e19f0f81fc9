package io.semblance.salad.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.salad.figure.Mark.Anchor;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static Drawing drawing() {
    var drawing = new Drawing(120, 80);
    drawing.add(new Mark.Box(10, 10, 20, 20, 0x3366cc));
    for (int k = 0; k < 10; k++) {
      drawing.add(new Mark.Dot(Shape.cycle(k), 10 + 10 * k, 50, 4, Palette.kind(k)));
    }
    drawing.text("a < b & \"ç\" 日", 5, 75, 10, Anchor.START);
    drawing.line(0, 0, 120, 80, 0);
    return drawing;
  }

  @Test
  void svgIsWellFormedAndKeepsTheWords() throws Exception {
    String svg = Svg.of(drawing());
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var document =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertEquals("a < b & \"ç\" 日", document.getElementsByTagName("text").item(0).getTextContent());
  }

  @Test
  void pngIsPaintedInSizeAndColourAndRepeats() throws IOException {
    byte[] png = Png.of(drawing(), 2);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(240, image.getWidth());
    assertEquals(160, image.getHeight());
    assertEquals(0xff3366cc, image.getRGB(50, 25));
    assertEquals(0xffffffff, image.getRGB(239, 1));
    assertArrayEquals(png, Png.of(drawing(), 2));
  }

  @Test
  void lettersHaveWidthAndStrokes() {
    assertEquals(0, Lettering.width("", 10));
    assertEquals(2 * Lettering.width("kiwi", 10), Lettering.width("kiwi", 20), 1e-12);
    assertEquals(Lettering.width("facade", 10), Lettering.width("façade", 10));
    for (char c = '!'; c < 127; c++) {
      var text = new Mark.Text(Character.toString(c), 0, 0, 10, Anchor.START, false, 0);
      assertFalse(Lettering.strokes(text).getBounds2D().getHeight() == 0 && c != '-' && c != '_');
    }
    var word = new Mark.Text("apple", 100, 50, 12, Anchor.END, false, 0);
    Rectangle2D box = Lettering.strokes(word).getBounds2D();
    assertTrue(box.getMaxX() <= 100 && box.getMinX() >= 100 - Lettering.width("apple", 12));
  }

  @Test
  void theScaleGrowsLighterFromBlueToYellow() {
    double before = -1;
    for (int k = 0; k <= 100; k++) {
      int c = Palette.scale(k / 100.0);
      double light = 0.2126 * (c >> 16) + 0.7152 * ((c >> 8) & 0xFF) + 0.0722 * (c & 0xFF);
      assertTrue(light > before);
      before = light;
    }
    assertEquals(Palette.scale(0), Palette.scale(-3));
    assertTrue((Palette.scale(0) & 0xFF) > (Palette.scale(0) >> 16));
    assertTrue((Palette.scale(1) & 0xFF) < (Palette.scale(1) >> 16));
  }

  @Test
  void labelsOverlapNeitherEachOtherNorPoints() {
    var random = new SplittableRandom(1);
    var labels = new LabelPlacement(0, 0, 800, 500);
    double[][] points = new double[23][];
    for (int i = 0; i < points.length; i++) {
      points[i] = new double[] {300 + 150 * random.nextDouble(), 200 + 80 * random.nextDouble()};
      labels.keepFree(points[i][0], points[i][1], 5);
    }
    List<Rectangle2D> boxes = new ArrayList<>();
    for (double[] p : points) {
      LabelPlacement.Place place = labels.place(p[0], p[1], 8, 120, 14);
      boxes.add(new Rectangle2D.Double(place.x(), place.y(), 120, 14));
    }
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertFalse(boxes.get(i).intersects(boxes.get(j)));
      }
      for (double[] p : points) {
        assertFalse(boxes.get(i).contains(p[0], p[1]));
      }
    }
  }
}
