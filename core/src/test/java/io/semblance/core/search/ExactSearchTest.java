package io.semblance.core.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.LinearAlgebra;
import io.semblance.core.table.EmbeddingTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExactSearchTest {

  @ParameterizedTest
  @EnumSource(Metric.class)
  void findsWhatTheNaiveTwinFinds(Metric metric) throws Exception {
    for (int d : new int[] {1, 3, 32, 129}) {
      for (float[] base :
          List.of(
              Tables.gaussian(d, 300, d),
              Tables.coarse(d, 300, d),
              Tables.nearlyEqual(d, 300, d))) {
        List<EmbeddingTable> tables = List.of(Tables.of(d, base));
        for (float[] queries :
            List.of(
                Tables.gaussian(7, 5, d), Tables.coarse(8, 5, d), Tables.nearlyEqual(9, 5, d))) {
          assertEquals(
              NaiveSearch.search(tables, metric, queries, 12),
              new ExactSearch(tables, metric).withBlockRows(64).search(queries, 12));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,2", "64,1", "299,2", "100000,2"})
  void answersTheSameForAnyBlockThreadsAndTables(int blockRows, int threads) throws Exception {
    float[] base = Tables.nearlyEqual(3, 300, 48);
    float[] queries = Tables.nearlyEqual(4, 300, 48);
    var whole = new ExactSearch(List.of(Tables.of(48, base)), Metric.COSINE).search(queries, 9);
    LinearAlgebra.threads(threads);
    var parts =
        new ExactSearch(Tables.split(48, base, 1, 200, 99), Metric.COSINE)
            .withBlockRows(blockRows)
            .search(queries, 9);
    LinearAlgebra.threads(2);
    int[] first = {0, 1, 201};
    for (int q = 0; q < 300; q++) {
      for (int i = 0; i < 9; i++) {
        SearchHit hit = parts.get(q).get(i);
        assertEquals(whole.get(q).get(i).row(), first[hit.table()] + hit.row());
        assertEquals(whole.get(q).get(i).score(), hit.score());
      }
    }
  }

  @Test
  void isRightOutsideTheRangeOfFloatProducts() throws Exception {
    float[] base = Tables.gaussian(5, 40, 8);
    for (int i = 0; i < base.length; i++) {
      base[i] *= (float) Math.pow(10, (i / 8) * 2 - 42); // 1e-42 (subnormal) to 1e36
    }
    for (int j = 0; j < 8; j++) {
      base[20 * 8 + j] = 0;
    }
    var tables = List.of(Tables.of(8, base));
    float[] queries = Tables.gaussian(6, 3, 8);
    for (int j = 0; j < 8; j++) {
      queries[j] *= 1e37f;
      queries[8 + j] *= 1e-42f;
      queries[16 + j] = 0;
    }
    for (Metric metric : Metric.values()) {
      assertEquals(
          NaiveSearch.search(tables, metric, queries, 40),
          new ExactSearch(tables, metric).search(queries, 40));
      assertEquals(
          NaiveSearch.search(tables, metric, queries, 5),
          new ExactSearch(tables, metric).withBlockRows(3).search(queries, 5));
    }
  }

  @Test
  void ordersTiesByRowAndReturnsAllRowsForALargeK() throws Exception {
    var tables = Tables.split(2, new float[] {1, 0, 0, 1, 1, 0, 1, 0}, 2, 2);
    var hits = new ExactSearch(tables, Metric.COSINE).search(new float[] {3, 0}, 99).getFirst();
    assertEquals(
        List.of(
            new SearchHit(0, 0, 1),
            new SearchHit(1, 0, 1),
            new SearchHit(1, 1, 1),
            new SearchHit(0, 1, 0)),
        hits);
  }

  @Test
  void leavesExcludedRowsOut() throws Exception {
    var tables = List.of(Tables.of(1, 5, 4, 3, 2, 1));
    var hits =
        new ExactSearch(tables, Metric.INNER_PRODUCT)
            .search(new float[] {1, 1}, 2, (q, _, row) -> row == q, Progress.none());
    assertEquals(List.of(1, 2), hits.get(0).stream().map(SearchHit::row).toList());
    assertEquals(List.of(0, 2), hits.get(1).stream().map(SearchHit::row).toList());
  }

  @Test
  void reportsProgressToTheLastRow() throws Exception {
    var seen = new ArrayList<Long>();
    new ExactSearch(Tables.split(1, new float[5], 2, 3), Metric.COSINE)
        .withBlockRows(2)
        .search(new float[] {1}, 1, Exclusion.none(), (done, _) -> seen.add(done));
    assertEquals(List.of(2L, 4L, 5L), seen);
  }

  @Test
  void refusesWhatHasNoAnswer() {
    var search = new ExactSearch(List.of(Tables.of(2, 1, 0, Float.NaN, 1)), Metric.COSINE);
    var row = assertThrows(SemblanceException.class, () -> search.search(new float[] {1, 0}, 1));
    assertTrue(row.getMessage().startsWith("Row 1 (row-1) "), row.getMessage());
    for (float[] queries : List.of(new float[] {1}, new float[0], new float[] {1, Float.NaN})) {
      assertThrows(IllegalArgumentException.class, () -> search.search(queries, 1));
    }
    assertThrows(IllegalArgumentException.class, () -> search.search(new float[] {1, 0}, 0));
    assertThrows(IllegalArgumentException.class, () -> search.withBlockRows(0));
    assertThrows(IllegalArgumentException.class, () -> new ExactSearch(List.of(), Metric.COSINE));
    var mixed = List.of(Tables.of(1, 1), Tables.of(2, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> new ExactSearch(mixed, Metric.COSINE));
  }
}
