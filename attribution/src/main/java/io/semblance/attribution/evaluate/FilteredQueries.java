package io.semblance.attribution.evaluate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// The queries of a scan in two parts: those for which a [CoarseFilter] leaves few pairs to look
/// at, and the rest, whose exemplars rank so low that all cosines are needed. The first block
/// tells; where a later one is of another kind and filters leave much of it, the next tells anew.
final class FilteredQueries implements AutoCloseable {

  /// A pair looked at again costs as much as fifty that are not.
  private static final double MOST_FOR_QUERY = 0.02;

  private static final int AT_ONCE = 4096;

  /// A block with fewer rows tells too little.
  private static final int FEWEST_ROWS = 256;

  /// Filters that leave this share of a block's pairs were learnt from other rows.
  private static final double MOST_OF_BLOCK = 0.05;

  private static final int LESSONS = 4;

  private final UnitRows queries;
  private final double[] bounds;
  private final Arena arena;
  private final List<CoarseFilter> filters = new ArrayList<>();
  private int lessons;
  private int[] rest;
  private MemorySegment restRows;

  /// @param queries of the scan
  /// @param bounds for every query the least cosine that matters
  /// @param arena for all that is kept, shared
  FilteredQueries(UnitRows queries, double[] bounds, Arena arena) {
    this.queries = queries;
    this.bounds = bounds;
    this.arena = arena;
  }

  /// @param block the next one
  /// @return whether all its cosines are needed: it was one to learn from where rows lie and what
  ///   filters leave, or is too small for that
  boolean learn(PoolScan.Block block) {
    if (rest != null) {
      return false;
    }
    if (block.count() < FEWEST_ROWS) {
      return true;
    }
    lessons++;
    int d = queries.dimension();
    var spread = CoarseFilter.Spread.of(block.rows().unit(), block.count(), d);
    int[] all = IntStream.range(0, queries.count()).toArray();
    boolean[] few = new boolean[all.length];
    try (Arena trial = Arena.ofShared()) {
      for (int[] group : groups(all)) {
        Optional<CoarseFilter> filter = CoarseFilter.of(queries, group, bounds, spread, trial);
        filter.ifPresent(f -> count(f, block, group, few));
      }
    }
    for (int[] group : groups(IntStream.of(all).filter(q -> few[q]).toArray())) {
      CoarseFilter.of(queries, group, bounds, spread, arena).ifPresent(filters::add);
    }
    rest = IntStream.of(all).filter(q -> !few[q]).toArray();
    restRows = arena.allocate((long) rest.length * d * Float.BYTES, 64);
    for (int k = 0; k < rest.length; k++) {
      MemorySegment row = queries.unit(rest[k], 1);
      restRows.asSlice(k * row.byteSize(), row.byteSize()).copyFrom(row);
    }
    return true;
  }

  private void count(CoarseFilter filter, PoolScan.Block block, int[] group, boolean[] few) {
    try (filter) {
      var found = new AtomicIntegerArray(queries.count());
      filter.scan(block, (query, _) -> found.incrementAndGet(query));
      for (int q : group) {
        few[q] = found.get(q) <= MOST_FOR_QUERY * block.count();
      }
    }
  }

  private static List<int[]> groups(int[] numbers) {
    var out = new ArrayList<int[]>();
    for (int from = 0; from < numbers.length; from += AT_ONCE) {
      int to = Math.min(numbers.length, from + AT_ONCE);
      out.add(Arrays.copyOfRange(numbers, from, to));
    }
    return out;
  }

  /// @param block any but the first
  /// @param pairs hears of the pairs of filtered queries that may reach their bound
  void filter(PoolScan.Block block, PoolScan.Pairs pairs) {
    var found = new LongAdder();
    for (CoarseFilter filter : filters) {
      filter.scan(
          block,
          (query, row) -> {
            found.increment();
            pairs.pair(query, block, row);
          });
    }
    long all = (long) (queries.count() - rest.length) * block.count();
    if (found.sum() > MOST_OF_BLOCK * all) {
      forget();
    }
  }

  private void forget() {
    close();
    filters.clear();
    rest = null;
    if (lessons == LESSONS) { // rows of too many kinds: no filter any more
      rest = IntStream.range(0, queries.count()).toArray();
      restRows = queries.unit();
    }
  }

  /// @return numbers of the queries without a filter, ascending
  int[] rest() {
    return rest;
  }

  /// @return their rows of norm 1
  MemorySegment restRows() {
    return restRows;
  }

  /// Releases the filters.
  @Override
  public void close() {
    filters.forEach(CoarseFilter::close);
  }
}
