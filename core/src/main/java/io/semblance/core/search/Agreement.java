package io.semblance.core.search;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How far a table agrees with a reference of the same images, such as one in bfloat16 with one in
/// float32.
///
/// @param images n, those that both tables have
/// @param meanCosine of an image's two vectors, the mean reference vector subtracted from both,
///   over the images; in [-1, 1], higher is closer. Without the subtraction, vectors that all point
///   the same way would agree whatever is lost
/// @param leastCosine the lowest of these
/// @param topTen share of an image's ten nearest others (by cosine) that are the same in both
///   tables, mean over the images; in [0, 1]; NaN below twelve images, where all are near
public record Agreement(int images, double meanCosine, double leastCosine, double topTen) {

  private static final int NEAREST = 10;

  /// @param reference what is taken as right
  /// @param other of the same dimension, rows in any order
  /// @return how far they agree on the images that both have, found by id
  /// @throws SemblanceException if the dimensions differ, or no image is in both
  public static Agreement of(EmbeddingTable reference, EmbeddingTable other)
      throws SemblanceException {
    return of(Pair.of(reference, other));
  }

  private static Agreement of(Pair pair) throws SemblanceException {
    int n = pair.reference().size();
    int d = pair.reference().dimension();
    double[] mean = new double[d];
    for (int i = 0; i < n; i++) {
      float[] row = pair.reference().vector(i);
      for (int j = 0; j < d; j++) {
        mean[j] += row[j] / (double) n;
      }
    }
    double sum = 0;
    double least = 1;
    for (int i = 0; i < n; i++) {
      double cosine = cosine(pair.reference().vector(i), pair.other().vector(i), mean);
      sum += cosine;
      least = Math.min(least, cosine);
    }
    return new Agreement(n, sum / n, least, topTen(pair, n));
  }

  // Two vectors that both equal the mean agree.
  private static double cosine(float[] a, float[] b, double[] mean) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < mean.length; j++) {
      double x = a[j] - mean[j];
      double y = b[j] - mean[j];
      dot += x * y;
      aa += x * x;
      bb += y * y;
    }
    double norms = Math.sqrt(aa * bb);
    return norms > 0 ? Math.clamp(dot / norms, -1.0, 1.0) : aa == bb ? 1 : 0;
  }

  private static double topTen(Pair pair, int n) throws SemblanceException {
    if (n < NEAREST + 2) {
      return Double.NaN;
    }
    List<Set<Integer>> expected = nearest(pair.reference());
    List<Set<Integer>> found = nearest(pair.other());
    long same = 0;
    for (int i = 0; i < n; i++) {
      same += expected.get(i).stream().filter(found.get(i)::contains).count();
    }
    return same / (double) (NEAREST * n);
  }

  private static List<Set<Integer>> nearest(EmbeddingTable table) throws SemblanceException {
    int n = table.size();
    float[] all = new float[Math.multiplyExact(n, table.dimension())];
    table.copyRows(0, n, all, 0);
    List<List<SearchHit>> hits =
        new ExactSearch(List.of(table), Metric.COSINE).search(all, NEAREST + 1);
    var out = new ArrayList<Set<Integer>>(n);
    for (int i = 0; i < n; i++) {
      var rows = new HashSet<Integer>();
      for (SearchHit hit : hits.get(i)) {
        if (hit.row() != i && rows.size() < NEAREST) {
          rows.add(hit.row());
        }
      }
      out.add(rows);
    }
    return out;
  }

  /// Two tables cut down to the images that both have, in the order of the reference.
  ///
  /// @param reference n x d
  /// @param other n x d, row by row the same images
  public record Pair(EmbeddingTable reference, EmbeddingTable other) {

    /// @param reference decides on the order
    /// @param other of the same dimension
    /// @return copies in memory
    /// @throws SemblanceException if the dimensions differ, or no image is in both
    public static Pair of(EmbeddingTable reference, EmbeddingTable other)
        throws SemblanceException {
      if (reference.dimension() != other.dimension()) {
        throw new SemblanceException(
            "The tables have %d and %d dimensions: compare tables of one model."
                .formatted(reference.dimension(), other.dimension()));
      }
      Map<String, Integer> places = new HashMap<>();
      for (int i = 0; i < other.size(); i++) {
        places.put(other.rows().get(i).id(), i);
      }
      var rows = new ArrayList<Integer>();
      var partners = new ArrayList<Integer>();
      for (int i = 0; i < reference.size(); i++) {
        Integer place = places.get(reference.rows().get(i).id());
        if (place != null) {
          rows.add(i);
          partners.add(place);
        }
      }
      if (rows.isEmpty()) {
        throw new SemblanceException(
            "The tables have no image in common: compare tables of the same images.");
      }
      return new Pair(taken(reference, rows), taken(other, partners));
    }

    private static EmbeddingTable taken(EmbeddingTable table, List<Integer> places) {
      int d = table.dimension();
      float[] vectors = new float[Math.multiplyExact(places.size(), d)];
      var rows = new ArrayList<TableRow>();
      for (int i = 0; i < places.size(); i++) {
        table.copyRows(places.get(i), 1, vectors, i * d);
        rows.add(table.rows().get(places.get(i)));
      }
      return EmbeddingTable.of(table.provenance(), rows, vectors);
    }
  }
}
