package io.semblance.synth.paint;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/// Capital letters drawn as strokes, so that no font of the machine is needed.
///
/// A letter is a few strokes set apart by blanks; each stroke is a run of points of two digits:
/// column 0..4 from the left, row 0..6 from the top.
final class Lettering {
  private static final double ADVANCE = 5.6;
  private static final double HEIGHT = 6;
  private static final String[] LETTERS = {
    "062046 1434",
    "00063645443303 3342413000",
    "4130100105163645",
    "00063645413000",
    "40000646 0333",
    "400006 0333",
    "41301001051636454323",
    "0006 4046 0343",
    "1030 2026 1636",
    "4045361605",
    "0006 4004 1346",
    "000646",
    "0600234046",
    "06004640",
    "103041453616050110",
    "06003041423303",
    "103041453616050110 2446",
    "06003041423303 2346",
    "413010010213334445361605",
    "0040 2026",
    "000516364540",
    "002640",
    "0016233640",
    "0046 4006",
    "002340 2326",
    "00400646"
  };

  private Lettering() {}

  /// Draws a word centred on (x, y), upright or reading upwards, no wider than `room` pixels.
  static void draw(
      Graphics2D pen,
      String word,
      double x,
      double y,
      double height,
      double room,
      boolean upwards) {
    double width = word.length() * ADVANCE - (ADVANCE - 4);
    double scale = Math.min(height / HEIGHT, room / width);
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    if (upwards) {
      place.quadrantRotate(3);
    }
    place.scale(scale, scale);
    place.translate(-width / 2, -HEIGHT / 2);
    pen.setStroke(
        new BasicStroke((float) (scale * 0.9), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.draw(place.createTransformedShape(outline(word)));
  }

  private static Path2D outline(String word) {
    Path2D.Double path = new Path2D.Double();
    for (int n = 0; n < word.length(); n++) {
      int letter = Character.toUpperCase(word.charAt(n)) - 'A';
      if (letter >= 0 && letter < LETTERS.length) {
        letter(path, LETTERS[letter], n * ADVANCE);
      }
    }
    return path;
  }

  private static void letter(Path2D path, String strokes, double left) {
    for (String stroke : strokes.split(" ")) {
      for (int k = 0; k + 1 < stroke.length(); k += 2) {
        double px = left + stroke.charAt(k) - '0';
        double py = stroke.charAt(k + 1) - '0';
        if (k == 0) {
          path.moveTo(px, py);
        } else {
          path.lineTo(px, py);
        }
      }
    }
  }
}
