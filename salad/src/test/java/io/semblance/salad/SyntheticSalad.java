package io.semblance.salad;

import io.semblance.core.collection.Labels;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.Provenance.Kind;
import io.semblance.core.table.TableRow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Seeded tables on a grid: models with a chosen weight of category and style, and the three
/// conceptual ones. Rows are ordered category, style, instance.
record SyntheticSalad(int categories, int styles, int instances) {

  int size() {
    return categories * styles * instances;
  }

  int categoryOf(int row) {
    return row / (styles * instances);
  }

  int styleOf(int row) {
    return row / instances % styles;
  }

  List<TableRow> rows() {
    var out = new ArrayList<TableRow>();
    for (int i = 0; i < size(); i++) {
      String c = Integer.toString(categoryOf(i));
      String s = Integer.toString(styleOf(i));
      String instance = Integer.toString(i % instances);
      out.add(
          new TableRow(c + "_" + s + "_" + instance + ".png", new Labels(c, s, instance), null));
    }
    return out;
  }

  EmbeddingTable styleBlind() {
    return conceptual("style_blind", true, false);
  }

  EmbeddingTable categoryBlind() {
    return conceptual("category_blind", false, true);
  }

  EmbeddingTable balanced() {
    return conceptual("balanced", true, true);
  }

  /// Category effect + style effect + noise of variance 1, all normal.
  EmbeddingTable model(String name, int d, double category, double style, long seed) {
    var random = new java.util.Random(seed);
    float[][] c = normal(random, categories, d, category);
    float[][] s = normal(random, styles, d, style);
    float[] x = new float[size() * d];
    for (int i = 0; i < x.length; i++) {
      int row = i / d;
      x[i] = c[categoryOf(row)][i % d] + s[styleOf(row)][i % d] + (float) random.nextGaussian();
    }
    var provenance = new Provenance(name, Kind.NEURAL, null, "synthetic", false);
    return EmbeddingTable.of(provenance, rows(), x);
  }

  /// The same table with rows in another order.
  static EmbeddingTable permuted(EmbeddingTable table, long seed) {
    int n = table.size();
    int d = table.dimension();
    int[] order = new int[n];
    var random = new SplittableRandom(seed);
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    var rows = new ArrayList<TableRow>();
    float[] x = new float[n * d];
    for (int i = 0; i < n; i++) {
      rows.add(table.rows().get(order[i]));
      table.copyRows(order[i], 1, x, i * d);
    }
    return EmbeddingTable.of(table.provenance(), rows, x);
  }

  private EmbeddingTable conceptual(String name, boolean category, boolean style) {
    int d = (category ? categories : 0) + (style ? styles : 0);
    float[] x = new float[size() * d];
    for (int i = 0; i < size(); i++) {
      if (category) {
        x[i * d + categoryOf(i)] = 1;
      }
      if (style) {
        x[i * d + (category ? categories : 0) + styleOf(i)] = 1;
      }
    }
    var provenance = new Provenance(name, Kind.CONCEPTUAL, null, "labels", false);
    return EmbeddingTable.of(provenance, rows(), x);
  }

  private static float[][] normal(java.util.Random random, int n, int d, double scale) {
    float[][] out = new float[n][d];
    for (float[] row : out) {
      for (int j = 0; j < d; j++) {
        row[j] = (float) (scale * random.nextGaussian());
      }
    }
    return out;
  }
}
