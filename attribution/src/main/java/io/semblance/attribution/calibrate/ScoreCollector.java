package io.semblance.attribution.calibrate;

import io.semblance.attribution.evaluate.FloatKey;
import io.semblance.attribution.evaluate.PoolScan;
import io.semblance.attribution.evaluate.UnitRows;
import io.semblance.core.Progress;
import java.io.IOException;
import java.util.Arrays;

/// Keeps the highest cosines of every query while a pool goes by: room for twice as many as wanted,
/// cut back to the wanted ones when full.
final class ScoreCollector implements PoolScan.Listener {

  private final int wanted;
  private final int[][] keys;
  private final int[] size;
  private final int[] least;

  private ScoreCollector(int queries, int wanted) {
    this.wanted = wanted;
    this.keys = new int[queries][Math.min(1024, 2 * wanted)];
    this.size = new int[queries];
    this.least = new int[queries];
    Arrays.fill(least, Integer.MIN_VALUE + 1);
  }

  /// @return for every query its `wanted` highest cosines, highest first; fewer if there are no
  ///   more
  static float[][] highest(PoolScan scan, UnitRows queries, int wanted, Progress progress)
      throws IOException {
    var collector = new ScoreCollector(queries.count(), wanted);
    scan.run(queries, collector, progress);
    float[][] out = new float[queries.count()][];
    for (int q = 0; q < out.length; q++) {
      out[q] = collector.drain(q);
    }
    return out;
  }

  @Override
  public void line(int query, PoolScan.Block block, int[] cosines) {
    for (int i = 0; i < block.count(); i++) {
      int key = FloatKey.of(cosines[i]);
      if (key >= least[query]) {
        add(query, key);
      }
    }
  }

  private void add(int query, int key) {
    if (size[query] == keys[query].length) {
      if (size[query] < 2L * wanted) {
        keys[query] = Arrays.copyOf(keys[query], (int) Math.min(2L * wanted, 2L * size[query]));
      } else {
        cut(query);
        if (key < least[query]) {
          return;
        }
      }
    }
    keys[query][size[query]++] = key;
  }

  private void cut(int query) {
    int[] all = keys[query];
    Arrays.sort(all, 0, size[query]);
    int from = size[query] - wanted;
    System.arraycopy(all, from, all, 0, wanted);
    size[query] = wanted;
    least[query] = all[0];
  }

  private float[] drain(int query) {
    int[] all = keys[query];
    Arrays.sort(all, 0, size[query]);
    int n = Math.min(wanted, size[query]);
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = FloatKey.number(all[size[query] - 1 - i]);
    }
    keys[query] = null;
    return out;
  }
}
