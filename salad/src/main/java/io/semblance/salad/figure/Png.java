package io.semblance.salad.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Paints a drawing as PNG. Needs neither a screen nor a font.
public final class Png {

  private Png() {}

  /// @param drawing any
  /// @param scale PNG pixels for one pixel of the drawing, above 0
  /// @return the bytes of a PNG file
  public static byte[] of(Drawing drawing, double scale) {
    var image =
        new BufferedImage(
            (int) Math.ceil(drawing.width() * scale),
            (int) Math.ceil(drawing.height() * scale),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      g.scale(scale, scale);
      drawing.marks().forEach(mark -> paint(g, mark));
    } finally {
      g.dispose();
    }
    var out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, "png", stream)) {
        throw new IllegalStateException("this JDK has no PNG writer");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }

  private static void paint(Graphics2D g, Mark mark) {
    switch (mark) {
      case Mark.Box b -> {
        soften(g, false);
        g.setColor(new Color(b.color()));
        g.fill(new Rectangle2D.Double(b.x(), b.y(), b.width(), b.height()));
      }
      case Mark.Line l -> {
        soften(g, true);
        g.setColor(new Color(l.color()));
        g.setStroke(
            new BasicStroke((float) l.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        g.draw(new Line2D.Double(l.x1(), l.y1(), l.x2(), l.y2()));
      }
      case Mark.Dot d -> {
        soften(g, true);
        Path2D outline = outline(d);
        g.setColor(new Color((217 << 24) | d.color(), true));
        g.fill(outline);
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(0.6f));
        g.draw(outline);
      }
      case Mark.Text t -> {
        soften(g, true);
        g.setColor(new Color(t.color()));
        g.setStroke(
            new BasicStroke(
                (float) (t.size() * 0.085), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(Lettering.strokes(t));
      }
    }
  }

  private static void soften(Graphics2D g, boolean soft) {
    g.setRenderingHint(
        RenderingHints.KEY_ANTIALIASING,
        soft ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
  }

  private static Path2D outline(Mark.Dot dot) {
    double[] corners = dot.shape().outline();
    Path2D path = new Path2D.Double();
    path.moveTo(dot.x() + dot.radius() * corners[0], dot.y() + dot.radius() * corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(dot.x() + dot.radius() * corners[i], dot.y() + dot.radius() * corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
