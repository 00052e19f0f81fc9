package io.semblance.extract.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Labels;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.extract.Models;
import io.semblance.extract.SampleImages;
import io.semblance.extract.SourceImage;
import io.semblance.extract.codec.PngEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BatchInvarianceTest {

  private static final ImageCollection NONE = new ImageCollection(Path.of("."), List.of());
  private static final int IMAGES = 12;

  @Test
  void theBatchChangesNoBit() throws IOException {
    float[] together = embed(1, IMAGES);
    for (int batch : new int[] {1, 5}) {
      assertArrayEquals(together, embed(2, batch), "batches of " + batch);
    }
  }

  @Test
  void theNumberOfThreadsChangesNoBit() throws IOException {
    float[] one = embed(1, 6);
    for (int threads : new int[] {2, 3}) {
      assertArrayEquals(one, embed(threads, 6), threads + " threads");
    }
  }

  /// Many batches must not make the process grow: tensors live outside the heap, where no garbage
  /// collector sees their size.
  @Test
  @Tag("slow")
  void manyBatchesDoNotGrowTheProcess() throws IOException {
    Path status = Path.of("/proc/self/status");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(status), "memory is read from /proc");
    try (Extractor lite0 = open(2)) {
      List<float[]> prepared = prepared(lite0).subList(0, 4);
      float[] out = new float[4 * lite0.dimension()];
      for (int i = 0; i < 100; i++) {
        lite0.embed(prepared, out);
      }
      long before = resident(status);
      for (int i = 0; i < 500; i++) {
        lite0.embed(prepared.subList(0, 1 + i % 4), out);
      }
      long grown = resident(status) - before;
      // 500 batches hold 3 GB of input, so a leak of a hundredth would show
      assertTrue(grown < 32 << 10, "grew by " + grown + " KiB");
    }
  }

  private static long resident(Path status) throws IOException {
    System.gc();
    String line =
        Files.readAllLines(status).stream().filter(l -> l.startsWith("RssAnon")).findFirst().get();
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  private static float[] embed(int threads, int batch) throws IOException {
    try (Extractor lite0 = open(threads)) {
      List<float[]> prepared = prepared(lite0);
      int d = lite0.dimension();
      float[] out = new float[IMAGES * d];
      for (int from = 0; from < IMAGES; from += batch) {
        int count = Math.min(batch, IMAGES - from);
        float[] part = new float[count * d];
        lite0.embed(prepared.subList(from, from + count), part);
        System.arraycopy(part, 0, out, from * d, part.length);
      }
      return out;
    }
  }

  private static Extractor open(int threads) throws IOException {
    return Models.open("efficientnet-lite0", NONE, ExtractOptions.defaults().withThreads(threads));
  }

  private static List<float[]> prepared(Extractor lite0) throws IOException {
    var out = new ArrayList<float[]>();
    for (int i = 0; i < IMAGES; i++) {
      byte[] png = PngEncoder.encode(SampleImages.rectangles(300, 240, i));
      out.add(lite0.prepare(new SourceImage("image " + i, Labels.NONE, png)));
    }
    return out;
  }
}
