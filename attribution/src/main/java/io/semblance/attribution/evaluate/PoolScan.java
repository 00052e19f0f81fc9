package io.semblance.attribution.evaluate;

import io.semblance.attribution.feature.FeatureRows;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.FloatProduct;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/// Goes once through a pool, a block of rows at a time, and shows a listener the float32 cosines of
/// every query with every row: one matrix product a block, nothing kept.
///
/// Memory: one block of rows (mapped, and scaled to norm 1 where it is not), and its products with
/// 512 queries.
public final class PoolScan {

  private static final int QUERIES_AT_ONCE = 512;
  private static final int ROWS_AT_ONCE = 2048;

  /// Below so many queries or dimensions a filter costs more than it saves.
  private static final int FEWEST_TO_FILTER = 32;

  private final List<FeatureRows> pool;
  private final FeatureMap map;
  private final int blockRows;

  private PoolScan(List<FeatureRows> pool, FeatureMap map, int blockRows) {
    this.pool = pool;
    this.map = map;
    this.blockRows = blockRows;
  }

  /// @param pool of dimension `map.inputs()`; may be empty
  /// @param map applied to every row
  /// @return a scan
  public static PoolScan of(List<FeatureRows> pool, FeatureMap map) {
    return new PoolScan(List.copyOf(pool), map, ROWS_AT_ONCE);
  }

  /// @param rows how many to multiply at once, at least 1; changes memory and speed only
  /// @return the same scan with that block size
  public PoolScan withBlockRows(int rows) {
    return new PoolScan(pool, map, rows);
  }

  /// Sees the cosines of one query with one block.
  @FunctionalInterface
  public interface Listener {

    /// Called by several threads, each query by one at a time, blocks in order.
    ///
    /// @param query its number
    /// @param block the rows
    /// @param cosines of the block's rows as the bits of float32, in [-1.001, 1.001]; off by at
    ///   most [#slack]; longer than the block, valid until the call returns, may be overwritten
    void line(int query, Block block, int[] cosines);
  }

  /// Some rows of the pool.
  ///
  /// @param rows mapped
  /// @param part number of the source
  /// @param from first row in its source
  /// @param first first row in the whole pool
  public record Block(UnitRows rows, int part, long from, long first) {

    /// @return number of rows
    public int count() {
      return rows.count();
    }
  }

  /// @param dimension d after mapping
  /// @return how far a float32 cosine may be off
  public static double slack(int dimension) {
    return FloatProduct.errorBound(dimension) + 4e-6;
  }

  /// @param queries mapped
  /// @param listener sees all cosines
  /// @param progress hears the rows done of all rows
  /// @throws SemblanceException if a row of the pool is not finite
  /// @throws IOException if the pool cannot be read
  public void run(UnitRows queries, Listener listener, Progress progress) throws IOException {
    int atOnce = Math.min(QUERIES_AT_ONCE, queries.count());
    if (atOnce > 0) {
      blocks(
          (block, memory) -> multiply(queries, block, listener, memory.products(atOnce), atOnce),
          progress);
    }
  }

  /// Hears of pairs.
  @FunctionalInterface
  interface Pairs {

    /// Called by several threads, each row by one at a time.
    ///
    /// @param query its number
    /// @param block the rows
    /// @param row in the block
    void pair(int query, Block block, int row);
  }

  /// As [#run], for those who ask only for the cosines from some bound on: most queries are shown
  /// no line but the pairs that a [CoarseFilter] finds.
  ///
  /// @param queries mapped
  /// @param bounds for every query the least cosine that matters
  /// @param listener sees all cosines of some queries with some blocks
  /// @param pairs hears of every pair of the others that reaches its bound, and of few more
  /// @param progress hears the rows done of all rows
  /// @throws SemblanceException if a row of the pool is not finite
  /// @throws IOException if the pool cannot be read
  void run(UnitRows queries, double[] bounds, Listener listener, Pairs pairs, Progress progress)
      throws IOException {
    int atOnce = Math.min(QUERIES_AT_ONCE, queries.count());
    if (atOnce < FEWEST_TO_FILTER || map.outputs() < FEWEST_TO_FILTER) {
      run(queries, listener, progress);
      return;
    }
    try (var arena = Arena.ofShared();
        var split = new FilteredQueries(queries, bounds, arena)) {
      blocks(
          (block, memory) -> {
            MemorySegment products = memory.products(atOnce);
            if (split.learn(block)) {
              multiply(queries, block, listener, products, atOnce);
            } else {
              int[] numbers = split.rest(); // as they are for this block
              MemorySegment rest = split.restRows();
              split.filter(block, pairs);
              Listener others = (q, b, cosines) -> listener.line(numbers[q], b, cosines);
              multiply(rest, numbers.length, block, others, products, atOnce);
            }
          },
          progress);
    }
  }

  private interface Work {

    void on(Block block, Memory memory);
  }

  private void blocks(Work work, Progress progress) throws IOException {
    int d = map.outputs();
    long total = pool.stream().mapToLong(FeatureRows::size).sum();
    try (Arena arena = Arena.ofShared()) {
      var memory = new Memory(arena, blockRows, map.inputs(), d);
      long first = 0;
      for (int p = 0; p < pool.size(); p++) {
        FeatureRows part = pool.get(p);
        for (long from = 0; from < part.size(); from += blockRows) {
          int count = (int) Math.min(blockRows, part.size() - from);
          Block block = block(part, p, from, first + from, count, memory);
          work.on(block, memory);
          progress.at(first + from + count, total);
        }
        first += part.size();
      }
    }
  }

  private Block block(FeatureRows part, int p, long from, long first, int count, Memory memory)
      throws SemblanceException {
    MemorySegment raw = part.rows(from, count, memory.raw);
    MemorySegment mapped = map.map(raw, count, memory.mapped);
    UnitRows rows = UnitRows.of(mapped, count, map.outputs(), memory.unit, r -> part.id(from + r));
    return new Block(rows, p, from, first);
  }

  private void multiply(
      UnitRows queries, Block block, Listener listener, MemorySegment products, int atOnce) {
    multiply(queries.unit(), queries.count(), block, listener, products, atOnce);
  }

  private void multiply(
      MemorySegment unit,
      int queries,
      Block block,
      Listener listener,
      MemorySegment products,
      int atOnce) {
    int count = block.count();
    long row = (long) map.outputs() * Float.BYTES;
    for (int q = 0; q < queries; q += atOnce) {
      int here = Math.min(atOnce, queries - q);
      MemorySegment result = products.asSlice(0, (long) here * count * Float.BYTES);
      FloatProduct.productTransposed(
          unit.asSlice(q * row, here * row), block.rows().unit(), map.outputs(), result);
      int first = q;
      int tasks = Math.min(here, 4 * Runtime.getRuntime().availableProcessors());
      IntStream.range(0, tasks)
          .parallel()
          .forEach(
              t -> {
                int[] line = new int[count];
                for (int i = t * here / tasks; i < (t + 1) * here / tasks; i++) {
                  MemorySegment.copy(
                      result,
                      java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED,
                      (long) i * count * Float.BYTES,
                      line,
                      0,
                      count);
                  listener.line(first + i, block, line);
                }
              });
    }
  }

  /// Buffers of one run.
  private static final class Memory {

    final MemorySegment raw;
    final MemorySegment mapped;
    final MemorySegment unit;
    private final Arena arena;
    private final int rows;
    private MemorySegment products;

    Memory(Arena arena, int rows, int inputs, int outputs) {
      this.arena = arena;
      this.rows = rows;
      raw = arena.allocate((long) rows * inputs * Float.BYTES, 64);
      mapped = arena.allocate((long) rows * outputs * Float.BYTES, 64);
      unit = arena.allocate((long) rows * outputs * Float.BYTES, 64);
    }

    /// Room for the products of a block with some queries; the same for every call.
    MemorySegment products(int queries) {
      if (products == null) {
        products = arena.allocate((long) rows * queries * Float.BYTES, 64);
      }
      return products;
    }
  }
}
