package io.semblance.attribution.influence;

import io.semblance.attribution.evaluate.PoolScan;
import io.semblance.attribution.evaluate.UnitRows;
import io.semblance.core.search.Exclusion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The rows nearest to each query, exactly: float32 chooses candidates, double precision ranks
/// them. Of equal scores the earlier row is first.
public final class NearestRows implements PoolScan.Listener {

  private static final Comparator<Row> WORST_FIRST =
      Comparator.comparingDouble(Row::score)
          .thenComparing(Comparator.comparingLong(Row::global).reversed());

  private final UnitRows queries;
  private final int wanted;
  private final double slack;
  private final Exclusion exclusion;
  private final int offset;
  private final List<PriorityQueue<Row>> best = new ArrayList<>();

  /// @param queries mapped
  /// @param wanted rows of each, at least 1
  /// @param slack how far a float32 cosine may be off
  /// @param exclusion rows that are passed over
  /// @param offset number of the first query among all, for the exclusion
  public NearestRows(UnitRows queries, int wanted, double slack, Exclusion exclusion, int offset) {
    this.queries = queries;
    this.wanted = wanted;
    this.slack = slack;
    this.exclusion = exclusion;
    this.offset = offset;
    for (int q = 0; q < queries.count(); q++) {
      best.add(new PriorityQueue<>(WORST_FIRST));
    }
  }

  /// A row of the pool.
  ///
  /// @param table number of its table
  /// @param row in it
  /// @param global in the whole index
  /// @param score exact cosine
  public record Row(int table, long row, long global, double score) {}

  @Override
  public void line(int query, PoolScan.Block block, int[] cosines) {
    PriorityQueue<Row> heap = best.get(query);
    for (int i = 0; i < block.count(); i++) {
      double about = Float.intBitsToFloat(cosines[i]);
      if (heap.size() < wanted || about + slack >= heap.peek().score) {
        offer(query, heap, block, i);
      }
    }
  }

  private void offer(int query, PriorityQueue<Row> heap, PoolScan.Block block, int i) {
    double score = queries.cosine(query, block.rows(), i);
    var row = new Row(block.part(), block.from() + i, block.first() + i, score);
    boolean enters = heap.size() < wanted || WORST_FIRST.compare(heap.peek(), row) < 0;
    if (enters && !exclusion.excludes(offset + query, row.table, (int) row.row)) {
      heap.add(row);
      if (heap.size() > wanted) {
        heap.poll();
      }
    }
  }

  /// @param query its number
  /// @return nearest first
  public List<Row> of(int query) {
    return best.get(query).stream().sorted(WORST_FIRST.reversed()).toList();
  }
}
