package io.semblance.salad.figure;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Letters as strokes, so that PNGs need no font on the machine. The alphabet is Hershey Simplex,
/// characters 32 to 126; accents are dropped and other characters become a question mark.
public final class Lettering {

  private static final String SOURCE = "lettering.txt";

  /// Units of the alphabet for one pixel of letter size: capitals are 21 units, 0.72 of the size.
  private static final double UNITS = 21 / 0.72;

  /// Where the baseline lies in the alphabet.
  private static final double BASELINE = 9;

  private static final List<Glyph> GLYPHS = load();

  private Lettering() {}

  private record Glyph(double width, Path2D strokes) {}

  /// @param text any
  /// @param size letter size in pixels
  /// @return its width in pixels; browsers' sans-serif fonts stay below it
  public static double width(String text, double size) {
    double units = 0;
    for (char c : plain(text).toCharArray()) {
      units += glyph(c).width();
    }
    return units * size / UNITS;
  }

  /// @param mark a text
  /// @return its strokes in the coordinates of the drawing
  static Path2D strokes(Mark.Text mark) {
    double scale = mark.size() / UNITS;
    double width = width(mark.text(), mark.size());
    var transform = AffineTransform.getTranslateInstance(mark.x(), mark.y());
    if (mark.upwards()) {
      transform.rotate(-Math.PI / 2);
    }
    switch (mark.anchor()) {
      case START -> {}
      case MIDDLE -> transform.translate(-width / 2, 0);
      case END -> transform.translate(-width, 0);
    }
    transform.scale(scale, scale);
    transform.translate(0, -BASELINE);
    Path2D out = new Path2D.Double();
    for (char c : plain(mark.text()).toCharArray()) {
      Glyph glyph = glyph(c);
      out.append(glyph.strokes().getPathIterator(transform), false);
      transform.translate(glyph.width(), 0);
    }
    return out;
  }

  private static Glyph glyph(char c) {
    return GLYPHS.get(c >= 32 && c < 127 ? c - 32 : '?' - 32);
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .replace('\u2013', '-')
        .replace('\u2212', '-');
  }

  private static List<Glyph> load() {
    var glyphs = new ArrayList<Glyph>();
    try (InputStream in = Lettering.class.getResourceAsStream(SOURCE);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          glyphs.add(parse(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(glyphs);
  }

  private static Glyph parse(String line) {
    String[] parts = line.split(" ", -1);
    Path2D strokes = new Path2D.Double();
    for (int s = 1; s < parts.length; s++) {
      boolean first = true;
      for (String point : parts[s].split(";", -1)) {
        int comma = point.indexOf(',');
        double x = Double.parseDouble(point.substring(0, comma));
        double y = Double.parseDouble(point.substring(comma + 1));
        if (first) {
          strokes.moveTo(x, y);
        } else {
          strokes.lineTo(x, y);
        }
        first = false;
      }
    }
    return new Glyph(Double.parseDouble(parts[0]), strokes);
  }
}
