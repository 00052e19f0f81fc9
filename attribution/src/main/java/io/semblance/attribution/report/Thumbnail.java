package io.semblance.attribution.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/// A small JPEG of an image, as a data URI.
///
/// @param dataUri `data:image/jpeg;base64,...`
/// @param width pixels, at least 1
/// @param height pixels, at least 1
record Thumbnail(String dataUri, int width, int height) {

  private static final int HEIGHT = 160;
  private static final int WIDEST = 3 * HEIGHT;

  /// Reads and shrinks an image; transparent parts become white.
  ///
  /// @param file any file
  /// @return nothing if it is missing or no image that can be read
  static Optional<Thumbnail> of(Path file) {
    try (var in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return Optional.of(encode(shrink(read(reader))));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException _) {
      // The readers of the platform answer damaged files with either.
      return Optional.empty();
    }
  }

  /// Reads every s-th pixel of a large image, so that memory is bounded and twice the pixels needed
  /// remain.
  private static BufferedImage read(ImageReader reader) throws IOException {
    int step = Math.max(1, Math.min(reader.getWidth(0), reader.getHeight(0)) / (3 * HEIGHT));
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(step, step, 0, 0);
    return reader.read(0, param);
  }

  private static BufferedImage shrink(BufferedImage image) {
    double scale =
        Math.min(
            1, Math.min((double) HEIGHT / image.getHeight(), (double) WIDEST / image.getWidth()));
    int width = (int) Math.max(1, Math.round(scale * image.getWidth()));
    int height = (int) Math.max(1, Math.round(scale * image.getHeight()));
    Image scaled = image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
    var out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = out.createGraphics();
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    canvas.drawImage(scaled, 0, 0, null);
    canvas.dispose();
    return out;
  }

  private static Thumbnail encode(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    String uri =
        "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    return new Thumbnail(uri, image.getWidth(), image.getHeight());
  }
}
