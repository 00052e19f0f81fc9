package io.semblance.extract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Labels;
import io.semblance.extract.codec.PngEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// OpenCV's matrices live outside the heap, where no garbage collector sees their size. A process
/// of its own with a heap that does not grow shows whether they go.
class EnsembleGrowthTest {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int FIXED_MEGABYTES = 300;

  @Test
  @Tag("slow")
  void manyImagesDoNotGrowTheProcess() throws IOException {
    Assumptions.assumeTrue(Files.exists(STATUS), "memory is read from /proc");
    String heap = FIXED_MEGABYTES + "m";
    var options = List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");
    try (var child = ChildProcess.start(options, Loop.class)) {
      String out = child.output();
      long grown = Long.parseLong(out.substring(out.lastIndexOf('=') + 1).strip());
      // an image takes more than 1 MB of matrices on its way: to keep the smallest would show
      assertTrue(grown < 2 << 10, "grew by " + grown + " KiB");
    }
  }

  /// Computes ensembles and prints by how many KiB the process grew.
  static final class Loop {

    private Loop() {}

    public static void main(String[] args) throws IOException {
      var none = new ImageCollection(Path.of("."), List.of());
      byte[] png = PngEncoder.encode(SampleImages.pattern(90, 70));
      var image = new SourceImage("pattern", Labels.NONE, png);
      try (Extractor ensemble =
          Models.open("compression-ensemble", none, ExtractOptions.defaults())) {
        repeat(ensemble, image, 100);
        long before = resident();
        repeat(ensemble, image, 300);
        System.out.println("grown=" + (resident() - before));
      }
    }

    private static void repeat(Extractor ensemble, SourceImage image, int times)
        throws IOException {
      for (int i = 0; i < times; i++) {
        ensemble.prepare(image);
      }
    }

    private static long resident() throws IOException {
      System.gc();
      String line =
          Files.readAllLines(STATUS).stream()
              .filter(l -> l.startsWith("RssAnon"))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
  }
}
