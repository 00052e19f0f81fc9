package io.semblance.extract;

import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Labels;
import io.semblance.core.image.RgbImage;
import io.semblance.extract.codec.PngEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Images for tests: the project's own fixtures, a formula, and small random collections.
public final class SampleImages {

  /// The fixtures drawn by `tools/reference/draw_fixtures.py`.
  public static final Path FIXTURES =
      Path.of("../core/src/test/resources/io/semblance/core/image/fixtures");

  private static final AtomicInteger ADDED = new AtomicInteger(1000);

  private SampleImages() {}

  /// A fixture by file name, or `pattern:WxH`: `(5x + 3y + 85c + 64 ((x / 8 xor y / 8) and 1)) mod
  /// 256`.
  public static SourceImage source(String name) throws IOException {
    if (!name.startsWith("pattern:")) {
      return new SourceImage(name, Labels.NONE, Files.readAllBytes(FIXTURES.resolve(name)));
    }
    String size = name.substring("pattern:".length());
    int x = size.indexOf('x');
    RgbImage image =
        pattern(Integer.parseInt(size.substring(0, x)), Integer.parseInt(size.substring(x + 1)));
    return new SourceImage(name, Labels.NONE, PngEncoder.encode(image));
  }

  public static RgbImage pattern(int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          pixels[i++] = (byte) (5 * x + 3 * y + 85 * c + 64 * ((x / 8 ^ y / 8) & 1));
        }
      }
    }
    return new RgbImage(width, height, pixels);
  }

  /// Coloured rectangles on a plain ground: compresses like a drawing, never twice the same.
  public static RgbImage rectangles(int width, int height, long seed) {
    var random = new SplittableRandom(seed);
    byte[] pixels = new byte[3 * width * height];
    for (int r = 0; r < 12; r++) {
      int left = random.nextInt(width);
      int top = random.nextInt(height);
      int right = random.nextInt(left, width);
      int bottom = random.nextInt(top, height);
      byte[] color = new byte[3];
      random.nextBytes(color);
      for (int y = top; y <= bottom; y++) {
        for (int x = left; x <= right; x++) {
          System.arraycopy(color, 0, pixels, 3 * (y * width + x), 3);
        }
      }
    }
    return new RgbImage(width, height, pixels);
  }

  /// Writes `count` PNG files named `category_style_instance.png`, 3 categories by 2 styles.
  public static ImageCollection collection(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      String name = "%s_%d_%03d.png".formatted("abc".charAt(i % 3), 9 + i % 2, i);
      Files.write(folder.resolve(name), PngEncoder.encode(rectangles(40 + i % 7, 30, i)));
    }
    return list(folder);
  }

  /// Writes further files of that kind, never twice the same.
  public static List<Path> add(Path folder, int count) throws IOException {
    var added = new ArrayList<Path>();
    for (int i = 0; i < count; i++) {
      int seed = ADDED.getAndIncrement();
      Path file =
          folder.resolve("%s_%d_%03d.png".formatted("abc".charAt(seed % 3), 9 + seed % 2, seed));
      added.add(Files.write(file, PngEncoder.encode(rectangles(40, 30, seed))));
    }
    return added;
  }

  public static ImageCollection list(Path folder) throws IOException {
    return ImageCollection.ofFolder(folder, FileNamePattern.parse("{category}_{style}_{instance}"));
  }
}
