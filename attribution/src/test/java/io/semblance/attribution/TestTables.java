package io.semblance.attribution;

import io.semblance.core.collection.Labels;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.Precision;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableRow;
import io.semblance.core.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Small real tables on disk.
public final class TestTables {

  public static final int D = 8;

  private TestTables() {}

  public static Provenance model(String weights) {
    return new Provenance("test-net", Provenance.Kind.NEURAL, weights, "224 px", false);
  }

  public static Provenance model() {
    return model("aaaa1111");
  }

  /// Gaussian vectors, the hash of an image being `sha:<seed>:<row>`.
  public static Path write(Path folder, Path root, Provenance model, long seed, String... ids)
      throws IOException {
    var rows = new ArrayList<TableRow>();
    for (int i = 0; i < ids.length; i++) {
      rows.add(new TableRow(ids[i], Labels.NONE, Sha256.of("sha:" + seed + ":" + i)));
    }
    return write(folder, root, model, rows, vectors(seed, ids.length));
  }

  public static Path write(
      Path folder, Path root, Provenance model, List<TableRow> rows, float[] vectors)
      throws IOException {
    int d = vectors.length / rows.size();
    var spec =
        new TableWriter.Spec(
            model, d, Precision.FLOAT32, root.toString(), "listing", rows.size(), "extractor");
    try (TableWriter writer = TableWriter.open(folder, spec)) {
      for (int i = 0; i < rows.size(); i++) {
        writer.append(rows.get(i), vectors, i * d);
      }
      writer.finish();
    }
    return folder;
  }

  public static float[] vectors(long seed, int n) {
    var random = new Random(seed);
    float[] out = new float[n * D];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }
}
