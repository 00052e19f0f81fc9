package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.calibrate.Calibrator;
import io.semblance.core.collection.Labels;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Precision;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableRow;
import io.semblance.core.table.TableWriter;
import io.semblance.synth.paint.Fruit;
import io.semblance.synth.paint.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCalibrationTest {

  private static final int D = 24;
  private static final int INSTANCES = 4;

  @TempDir Path temp;

  /// A vector of a fruit, a style, their meeting, and a little of its own.
  private Path table() throws IOException {
    int n = Fruit.values().length * Style.values().length * INSTANCES;
    var model = new Provenance("net", Provenance.Kind.NEURAL, "aa", "224 px", false);
    var spec =
        new TableWriter.Spec(model, D, Precision.FLOAT32, temp.toString(), "listing", n, "x");
    Path folder = temp.resolve("table");
    try (TableWriter writer = TableWriter.open(folder, spec)) {
      for (Fruit fruit : Fruit.values()) {
        for (Style style : Style.values()) {
          for (int i = 0; i < INSTANCES; i++) {
            var labels = new Labels(fruit.label(), style.label(), "%03d".formatted(i));
            String id = "%s_%s_%03d.png".formatted(fruit.label(), style.label(), i);
            writer.append(new TableRow(id, labels, null), vector(fruit, style, i), 0);
          }
        }
      }
      writer.finish();
    }
    return folder;
  }

  private static float[] vector(Fruit fruit, Style style, int instance) {
    float[] out = new float[D];
    add(out, new Random(fruit.ordinal()), 0.6);
    add(out, new Random(100 + style.ordinal()), 0.6);
    add(out, new Random(1000 + 10 * fruit.ordinal() + style.ordinal()), 0.7);
    add(out, new Random(7 * fruit.ordinal() + 91 * style.ordinal() + 5000 + instance), 0.3);
    return out;
  }

  private static void add(float[] out, Random random, double weight) {
    random.nextInt();
    for (int j = 0; j < D; j++) {
      out[j] += (float) (weight * random.nextGaussian());
    }
  }

  @Test
  void whatIsLeftOutIsGoneAndOthersKeepTheirVectors() throws IOException {
    Path smaller =
        DemoCollection.without(table(), Fruit.KIWI, Style.LOMO, temp.resolve("collection"));
    DemoCollection.without(temp.resolve("table"), Fruit.KIWI, Style.LOMO, smaller); // again
    try (EmbeddingTable table = TableFolder.open(smaller)) {
      assertEquals(400 - INSTANCES, table.size());
      assertTrue(
          table.rows().stream()
              .noneMatch(r -> r.id().startsWith("kiwi_lomo") || r.labels() == null));
      assertEquals("apple", table.rows().get(120).labels().category());
      assertEquals(vector(Fruit.APPLE, Style.CRAYON, 0)[3], table.vector(120)[3]);
    }
  }

  @Test
  void aVariantOfExemplarsReachesTheEvidenceAndOneWithoutDoesNot() throws IOException {
    Path folder = table();
    Calibrator found = DemoCalibration.fit(folder, temp.resolve("calibrator"));
    assertEquals(50, found.fit().models());
    assertEquals(50 * INSTANCES / 2, found.fit().queries());
    assertEquals(50 * INSTANCES, found.conditions().pool());
    assertTrue(found.fit().divergenceAfter() < found.fit().divergenceBefore());
    assertNotNull(found.evidence());
    double own = 0;
    double other = 0;
    try (EmbeddingTable table = TableFolder.open(folder)) {
      float[] query = vector(Fruit.APPLE, Style.CRAYON, 77);
      for (int r = 0; r < table.size(); r++) {
        double score = io.semblance.core.search.Metric.COSINE.score(query, table.vector(r));
        if (table.rows().get(r).id().startsWith("apple_crayon")) {
          own = Math.max(own, score);
        } else {
          other = Math.max(other, score);
        }
      }
    }
    assertTrue(own >= found.evidence(), own + " " + found.evidence());
    assertTrue(other < found.evidence(), other + " " + found.evidence());
  }
}
