package io.semblance.app;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.image.ImageReader;
import io.semblance.core.image.Resampler;
import io.semblance.core.image.RgbImage;
import io.semblance.salad.SaladAxes;
import io.semblance.salad.SaladResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// The images behind a benchmark, small: one of each cell for the report's page, and grids of all
/// cells, one for each instance, as the fruit-SALAD record has them.
final class SaladImages {

  private static final int THUMBNAIL = 72;
  private static final int TILE = 96;

  private final Path folder;
  private final SaladResult result;

  /// @param folder the collection, whose paths are the images' ids
  /// @param result which images stand in which cell
  SaladImages(Path folder, SaladResult result) {
    this.folder = folder;
    this.result = result;
  }

  /// @return for each cell that has an image its first one as a `data:` address, by number
  /// @throws SemblanceException if an image is not in the folder or cannot be read
  Map<Integer, String> thumbnails() throws SemblanceException {
    var out = new LinkedHashMap<Integer, String>();
    for (int c = 0; c < result.images().size(); c++) {
      List<String> ids = result.images().get(c);
      if (!ids.isEmpty()) {
        var bytes = new ByteArrayOutputStream();
        try {
          ImageIO.write(buffered(read(ids.getFirst(), THUMBNAIL)), "jpg", bytes);
        } catch (SemblanceException e) {
          throw e;
        } catch (IOException e) {
          throw new SemblanceException("Cannot make a small picture of " + ids.getFirst() + ".", e);
        }
        String text = Base64.getEncoder().encodeToString(bytes.toByteArray());
        out.put(c, "data:image/jpeg;base64," + text);
      }
    }
    return out;
  }

  /// Writes `instance-000.png` and so on: categories from left to right, styles from top to bottom.
  ///
  /// @param out folder
  /// @param progress hears grids done
  /// @return how many were written: as many as the fullest cell has images
  /// @throws IOException if an image cannot be read or a grid not be written
  int overviews(Path out, Progress progress) throws IOException {
    int grids = result.images().stream().mapToInt(List::size).max().orElse(0);
    for (int k = 0; k < grids; k++) {
      BufferedImage grid = overview(k);
      Path file = out.resolve("instance-%03d.png".formatted(k));
      AtomicFile.write(file, stream -> ImageIO.write(grid, "png", stream));
      progress.at(k + 1, grids);
    }
    return grids;
  }

  private BufferedImage overview(int instance) throws IOException {
    SaladAxes axes = result.axes();
    int width = axes.categories().size() * TILE;
    int height = axes.styles().size() * TILE;
    var grid = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    try {
      IntStream.range(0, axes.cells())
          .parallel()
          .filter(c -> result.images().get(c).size() > instance)
          .forEach(
              c -> {
                BufferedImage tile = tile(result.images().get(c).get(instance));
                int x = axes.categoryOf(c) * TILE + (TILE - tile.getWidth()) / 2;
                int y = axes.styleOf(c) * TILE + (TILE - tile.getHeight()) / 2;
                grid.getRaster().setRect(x, y, tile.getRaster()); // no two tiles overlap
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return grid;
  }

  private BufferedImage tile(String id) {
    try {
      return buffered(read(id, TILE));
    } catch (SemblanceException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The image, no larger than a square of `size`.
  private RgbImage read(String id, int size) throws SemblanceException {
    Path file = folder.resolve(id);
    if (!Files.isRegularFile(file)) {
      throw new SemblanceException(
          "There is no image "
              + file
              + ": give --images the folder that was embedded, so that ids are paths in it.");
    }
    RgbImage image = ImageReader.read(file);
    double scale = (double) size / Math.max(image.width(), image.height());
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    return Resampler.resize(image, width, height, Resampler.Filter.BILINEAR);
  }

  private static BufferedImage buffered(RgbImage image) {
    var out = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        out.setRGB(x, y, image.at(x, y, 0) << 16 | image.at(x, y, 1) << 8 | image.at(x, y, 2));
      }
    }
    return out;
  }
}
