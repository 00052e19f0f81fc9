package io.semblance.synth.paint.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/// Fills outlines with smooth edges and hands out the coverage of each pixel. Holds one shape at a
/// time.
final class Stencil {
  /// Coverage, size x size, 0..255 unsigned.
  final byte[] cover;

  /// Columns and rows that the shape may touch: left, top included, right, bottom excluded.
  int left;

  int top;
  int right;
  int bottom;
  private final int size;
  private final BufferedImage image;
  private final Graphics2D pen;

  Stencil(int size) {
    this.size = size;
    image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    cover = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.setColor(Color.WHITE);
  }

  static Path2D path(double[] outline, View view) {
    Path2D.Double path = new Path2D.Double(Path2D.WIND_NON_ZERO, outline.length / 2 + 1);
    path.moveTo(view.pixelX(outline[0]), view.pixelY(outline[1]));
    for (int i = 2; i < outline.length; i += 2) {
      path.lineTo(view.pixelX(outline[i]), view.pixelY(outline[i + 1]));
    }
    path.closePath();
    return path;
  }

  boolean fill(Shape shape) {
    bounds(shape, 1);
    if (right <= left || bottom <= top) {
      return false;
    }
    pen.fill(shape);
    return true;
  }

  boolean trace(Shape shape, double width) {
    bounds(shape, width + 1);
    if (right <= left || bottom <= top) {
      return false;
    }
    pen.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.draw(shape);
    return true;
  }

  void clear() {
    for (int y = top; y < bottom; y++) {
      java.util.Arrays.fill(cover, y * size + left, y * size + right, (byte) 0);
    }
  }

  private void bounds(Shape shape, double margin) {
    var box = shape.getBounds2D();
    left = (int) Math.max(0, Math.floor(box.getMinX() - margin));
    top = (int) Math.max(0, Math.floor(box.getMinY() - margin));
    right = (int) Math.min(size, Math.ceil(box.getMaxX() + margin));
    bottom = (int) Math.min(size, Math.ceil(box.getMaxY() + margin));
  }
}
