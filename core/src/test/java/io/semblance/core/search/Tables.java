package io.semblance.core.search;

import io.semblance.core.collection.Labels;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Seeded tables for the tests of search.
final class Tables {

  private Tables() {}

  static EmbeddingTable of(int dimension, float... vectors) {
    var rows = new ArrayList<TableRow>();
    for (int i = 0; i < vectors.length / dimension; i++) {
      rows.add(new TableRow("row-" + i, Labels.NONE, null));
    }
    return EmbeddingTable.of(Provenance.unknown("test"), rows, vectors);
  }

  static float[] gaussian(long seed, int n, int d) {
    var random = new Random(seed);
    float[] out = new float[n * d];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  /// Few distinct values, so that many rows tie exactly and float32 is often exact too.
  static float[] coarse(long seed, int n, int d) {
    var random = new Random(seed);
    float[] out = new float[n * d];
    for (int i = 0; i < out.length; i++) {
      out[i] = random.nextInt(3) - 1;
    }
    return out;
  }

  /// Rows that differ by less than float32 products can tell.
  static float[] nearlyEqual(long seed, int n, int d) {
    float[] out = gaussian(seed, n, d);
    for (int i = 0; i < out.length; i++) {
      out[i] = 1 + 1e-6f * out[i];
    }
    return out;
  }

  /// The same rows as several tables.
  static List<EmbeddingTable> split(int d, float[] vectors, int... sizes) {
    var tables = new ArrayList<EmbeddingTable>();
    int from = 0;
    for (int size : sizes) {
      tables.add(of(d, Arrays.copyOfRange(vectors, from * d, (from + size) * d)));
      from += size;
    }
    return tables;
  }
}
