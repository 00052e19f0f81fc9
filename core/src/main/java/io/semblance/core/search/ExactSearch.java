package io.semblance.core.search;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.FloatProduct;
import io.semblance.core.table.EmbeddingTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The k nearest rows of one or several tables, exactly.
///
/// Blocks of rows are multiplied with the queries in float32. A row whose product, widened by the
/// largest error float32 can make ([FloatProduct#errorBound]), could still enter a query's answer
/// is scored again in double precision ([Metric]), and only that score is compared, kept and
/// returned. So the answer is the same for any block size, number of threads and layout of shards,
/// ties included: of equal scores the earlier row (tables in the given order, then rows) is first.
///
/// Memory: one block of rows and its products (about 32 MB), the queries, and k rows a query; a
/// mapped float32 table is multiplied where it lies. The tables stay the caller's, who closes them
/// after the last search. Safe for use by several threads.
public final class ExactSearch {

  private static final int QUERIES_AT_ONCE = 256;
  private static final long BLOCK_BYTES = 16 << 20;

  private final List<EmbeddingTable> tables;
  private final Metric metric;
  private final int dimension;
  private final int blockRows;
  private final long[] firstRow;

  /// @param tables at least one, of equal dimension
  /// @param metric what near means
  /// @throws IllegalArgumentException if there is no table or the dimensions differ
  public ExactSearch(List<EmbeddingTable> tables, Metric metric) {
    this(tables, metric, defaultBlockRows(tables));
  }

  private ExactSearch(List<EmbeddingTable> tables, Metric metric, int blockRows) {
    this.tables = List.copyOf(tables);
    this.metric = metric;
    this.blockRows =
        Math.min(blockRows, tables.stream().mapToInt(EmbeddingTable::size).max().orElseThrow());
    this.dimension = tables.getFirst().dimension();
    this.firstRow = new long[tables.size() + 1];
    for (int t = 0; t < tables.size(); t++) {
      EmbeddingTable table = tables.get(t);
      if (table.dimension() != dimension) {
        throw new IllegalArgumentException(
            "table 0 has %d dimensions, table %d has %d: search tables of one model"
                .formatted(dimension, t, table.dimension()));
      }
      firstRow[t + 1] = firstRow[t] + table.size();
    }
  }

  private static int defaultBlockRows(List<EmbeddingTable> tables) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("there is no table to search: give at least one");
    }
    return Math.clamp(BLOCK_BYTES / (4L * tables.getFirst().dimension()), 1, 16_384);
  }

  /// @param rows how many rows to multiply at once, at least 1; changes memory and speed, never the
  ///   answer
  /// @return the same search with that block size
  public ExactSearch withBlockRows(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("a block needs at least 1 row, got " + rows);
    }
    return new ExactSearch(tables, metric, rows);
  }

  /// @param queries q x d, row-major, finite
  /// @param k how many rows to find for each, at least 1
  /// @return for every query its nearest rows, nearest first; all n of them if k is larger
  /// @throws IllegalArgumentException if `queries` is not q x d, holds a number that is not finite,
  ///   or k is below 1
  /// @throws SemblanceException if a table holds a number that is not finite; the message names the
  ///   row
  public List<List<SearchHit>> search(float[] queries, int k) throws SemblanceException {
    return search(queries, k, Exclusion.none(), Progress.none());
  }

  /// As [#search(float\[\], int)], leaving rows out.
  ///
  /// @param queries q x d, row-major, finite
  /// @param k how many rows to find for each, at least 1
  /// @param exclusion rows that a query must not find
  /// @param progress hears the rows done of all rows, after every block
  /// @return for every query its nearest rows, nearest first; fewer than k if there are no more
  /// @throws IllegalArgumentException as above
  /// @throws SemblanceException as above
  public List<List<SearchHit>> search(
      float[] queries, int k, Exclusion exclusion, Progress progress) throws SemblanceException {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, got " + k);
    }
    try (Arena arena = Arena.ofConfined()) {
      var prepared = new QueryBlock(queries, dimension, arena);
      var best = new BestRows[prepared.count()];
      int capacity = (int) Math.min(k, Math.min(firstRow[tables.size()], Integer.MAX_VALUE - 8));
      java.util.Arrays.setAll(best, _ -> new BestRows(metric, capacity));
      scanTables(prepared, best, exclusion, progress, arena);
      return located(best);
    }
  }

  private void scanTables(
      QueryBlock queries, BestRows[] best, Exclusion exclusion, Progress progress, Arena arena)
      throws SemblanceException {
    MemorySegment buffer = arena.allocate((long) blockRows * dimension * Float.BYTES, 64);
    int atOnce = Math.min(QUERIES_AT_ONCE, queries.count());
    MemorySegment products = arena.allocate((long) blockRows * atOnce * Float.BYTES, 64);
    float[] line = new float[blockRows];
    for (int t = 0; t < tables.size(); t++) {
      EmbeddingTable table = tables.get(t);
      for (int from = 0; from < table.size(); from += blockRows) {
        int count = Math.min(blockRows, table.size() - from);
        var block = new RowBlock(table, t, from, table.rows(from, count, buffer), count);
        double[] norms = block.norms(dimension);
        for (int q = 0; q < queries.count(); q += atOnce) {
          int to = Math.min(q + atOnce, queries.count());
          MemorySegment here = products.asSlice(0, (long) (to - q) * count * Float.BYTES);
          FloatProduct.productTransposed(queries.unit(q, to), block.vectors(), dimension, here);
          for (int i = q; i < to; i++) {
            MemorySegment.copy(
                here, Metric.FLOAT, (long) (i - q) * count * Float.BYTES, line, 0, count);
            offer(queries, i, block, norms, line, best[i], exclusion);
          }
        }
        progress.at(firstRow[t] + from + count, firstRow[tables.size()]);
      }
    }
  }

  /// Scores again, in double, the rows of a block whose float32 product lets them into the answer.
  private void offer(
      QueryBlock queries,
      int query,
      RowBlock block,
      double[] norms,
      float[] products,
      BestRows best,
      Exclusion exclusion) {
    double bound = FloatProduct.errorBound(dimension);
    double queryNorm = queries.norm(query);
    double threshold = best.threshold();
    for (int r = 0; r < block.count(); r++) {
      double unitDot = products[r];
      double most =
          metric.closeness(unitDot, queryNorm, norms[r]) + metric.slack(bound, queryNorm, norms[r]);
      // NaN, from a norm out of float32's safe range, is a candidate too.
      if (!(most < threshold) && !exclusion.excludes(query, block.table(), block.from() + r)) {
        double score =
            metric.score(
                queries.given(),
                (long) query * dimension,
                block.vectors(),
                (long) r * dimension,
                dimension);
        best.offer(firstRow[block.table()] + block.from() + r, score);
        threshold = best.threshold();
      }
    }
  }

  private List<List<SearchHit>> located(BestRows[] best) {
    var answer = new ArrayList<List<SearchHit>>(best.length);
    for (BestRows rows : best) {
      BestRows.Sorted sorted = rows.drain();
      var hits = new ArrayList<SearchHit>(sorted.rows().length);
      for (int i = 0; i < sorted.rows().length; i++) {
        int table = tableOf(sorted.rows()[i]);
        hits.add(
            new SearchHit(table, (int) (sorted.rows()[i] - firstRow[table]), sorted.scores()[i]));
      }
      answer.add(List.copyOf(hits));
    }
    return List.copyOf(answer);
  }

  private int tableOf(long row) {
    int table = 0;
    while (row >= firstRow[table + 1]) {
      table++;
    }
    return table;
  }
}
