package io.semblance.app;

import io.semblance.core.file.Sha256;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Precision;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import io.semblance.core.table.TableRow;
import io.semblance.core.table.TableWriter;
import io.semblance.synth.paint.Fruit;
import io.semblance.synth.paint.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The painted images that influence is shared out over: all of a table but one fruit in one style,
/// so that a new painting of just that has nothing to come from.
final class DemoCollection {

  private DemoCollection() {}

  /// @param table of the painted SALAD
  /// @param fruit together with
  /// @param style what is left out
  /// @param out the folder of the smaller table; written anew
  /// @return the folder
  static Path without(Path table, Fruit fruit, Style style, Path out) throws IOException {
    try (EmbeddingTable all = TableFolder.open(table)) {
      var kept = new ArrayList<Integer>();
      for (int r = 0; r < all.size(); r++) {
        TableRow row = all.rows().get(r);
        boolean left =
            row.labels().category().equals(fruit.label())
                && row.labels().style().equals(style.label());
        if (!left) {
          kept.add(r);
        }
      }
      write(all, TableFolder.manifest(table), kept, out);
    }
    return out;
  }

  private static void write(
      EmbeddingTable all, TableManifest manifest, List<Integer> kept, Path out) throws IOException {
    List<String> ids = kept.stream().map(r -> all.rows().get(r).id()).toList();
    var spec =
        new TableWriter.Spec(
            all.provenance(),
            all.dimension(),
            Precision.FLOAT32,
            manifest.collection().root(),
            Sha256.of(String.join("\n", ids)),
            ids.size(),
            manifest.extractor());
    float[] vector = new float[all.dimension()];
    try (TableWriter writer = TableWriter.open(out, spec, null, true)) {
      for (int r : kept) {
        all.copyRows(r, 1, vector, 0);
        writer.append(all.rows().get(r), vector, 0);
      }
      writer.finish();
    }
  }
}
