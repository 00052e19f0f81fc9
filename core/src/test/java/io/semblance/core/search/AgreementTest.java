package io.semblance.core.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static final int N = 40;
  private static final int D = 7;

  @Test
  void theNumbersAreThoseOfTheDefinition() throws SemblanceException {
    float[] a = shifted(Tables.gaussian(1, N, D), 3);
    float[] b = a.clone();
    var random = new Random(2);
    for (int i = 0; i < b.length; i++) {
      b[i] += (float) (0.3 * random.nextGaussian());
    }
    Agreement found = Agreement.of(Tables.of(D, a), Tables.of(D, b));
    assertEquals(N, found.images());
    double[] cosines = naiveCosines(a, b);
    assertEquals(Arrays.stream(cosines).average().orElseThrow(), found.meanCosine(), 1e-9);
    assertEquals(Arrays.stream(cosines).min().orElseThrow(), found.leastCosine(), 1e-9);
    assertEquals(naiveTopTen(a, b), found.topTen(), 1e-12);
    assertTrue(found.topTen() > 0.2 && found.topTen() < 0.99, found::toString);
  }

  @Test
  void aTableAgreesWithItselfInAnyOrder() throws SemblanceException {
    float[] a = Tables.gaussian(3, N, D);
    var order = new ArrayList<>(IntStream.range(0, N).boxed().toList());
    Collections.shuffle(order, new Random(4));
    order.removeLast();
    var rows = new ArrayList<TableRow>();
    float[] vectors = new float[order.size() * D];
    for (int i = 0; i < order.size(); i++) {
      rows.add(new TableRow("row-" + order.get(i), Labels.NONE, null));
      System.arraycopy(a, order.get(i) * D, vectors, i * D, D);
    }
    EmbeddingTable shuffled = EmbeddingTable.of(Provenance.unknown("test"), rows, vectors);
    Agreement found = Agreement.of(Tables.of(D, a), shuffled);
    assertEquals(N - 1, found.images());
    assertEquals(1, found.leastCosine(), 1e-12);
    assertEquals(1, found.topTen());
  }

  @Test
  void centringShowsWhatACommonDirectionHides() throws SemblanceException {
    float[] a = shifted(Tables.gaussian(5, N, D), 1000);
    float[] b = shifted(Tables.gaussian(6, N, D), 1000);
    assertTrue(Agreement.of(Tables.of(D, a), Tables.of(D, b)).meanCosine() < 0.5);
  }

  @Test
  void fewImagesHaveNoTopTenAndOthersNothingInCommon() throws SemblanceException {
    float[] few = Tables.gaussian(7, 11, D);
    assertTrue(Double.isNaN(Agreement.of(Tables.of(D, few), Tables.of(D, few)).topTen()));
    SemblanceException e =
        assertThrows(
            SemblanceException.class,
            () -> Agreement.of(Tables.of(D, few), Tables.of(D + 4, new float[11])));
    assertTrue(e.getMessage().contains("7 and 11 dimensions"), e.getMessage());
    var row = new TableRow("elsewhere", Labels.NONE, null);
    var other = EmbeddingTable.of(Provenance.unknown("t"), List.of(row), new float[D]);
    SemblanceException none =
        assertThrows(SemblanceException.class, () -> Agreement.of(Tables.of(D, few), other));
    assertTrue(none.getMessage().contains("no image in common"), none.getMessage());
  }

  private static float[] shifted(float[] vectors, float by) {
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] += by;
    }
    return vectors;
  }

  private static double[] naiveCosines(float[] a, float[] b) {
    double[] out = new double[N];
    for (int i = 0; i < N; i++) {
      double ab = 0;
      double aa = 0;
      double bb = 0;
      for (int j = 0; j < D; j++) {
        double mean = 0;
        for (int k = 0; k < N; k++) {
          mean += a[k * D + j];
        }
        double x = a[i * D + j] - mean / N;
        double y = b[i * D + j] - mean / N;
        ab += x * y;
        aa += x * x;
        bb += y * y;
      }
      out[i] = ab / Math.sqrt(aa) / Math.sqrt(bb);
    }
    return out;
  }

  private static double naiveTopTen(float[] a, float[] b) {
    double same = 0;
    for (int i = 0; i < N; i++) {
      Set<Integer> both = naiveNearest(a, i);
      both.retainAll(naiveNearest(b, i));
      same += both.size() / 10.0;
    }
    return same / N;
  }

  private static Set<Integer> naiveNearest(float[] v, int i) {
    return new HashSet<>(
        IntStream.range(0, N)
            .filter(k -> k != i)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -cosine(v, i, k)))
            .limit(10)
            .toList());
  }

  private static double cosine(float[] v, int i, int k) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < D; j++) {
      ab += v[i * D + j] * v[k * D + j];
      aa += v[i * D + j] * v[i * D + j];
      bb += v[k * D + j] * v[k * D + j];
    }
    return ab / Math.sqrt(aa) / Math.sqrt(bb);
  }
}
