package io.semblance.attribution.synthetic;

import io.semblance.attribution.calibrate.KeptScores;
import io.semblance.attribution.feature.MemoryFeatures;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Model;
import io.semblance.attribution.feature.TestSet.Rows;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.core.table.Provenance;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Exemplars x are Gaussian; a synthesised image is A x + noise, with A a known rotation;
/// distractors are Gaussian as exemplars are. The best map of training images is therefore x -> A
/// x, the oracle.
///
/// Influence is drawn from eq. 6 of AbC (arXiv 2306.09345) with known tau and lambda: a query's
/// exemplar is one image of the pool, drawn with the probability that the law gives it.
public final class SyntheticBenchmark {

  private static final double OWN = 1.0;

  private final int dimension;
  private final double noise;
  private final long seed;
  private final double[] rotation;

  /// @param dimension d, at least 2
  /// @param noise standard deviation of the noise where features have 1, at least 0
  /// @param seed the same seed gives the same data
  public SyntheticBenchmark(int dimension, double noise, long seed) {
    if (dimension < 2 || !(noise >= 0)) {
      throw new IllegalArgumentException(
          "dimension %d, noise %s: at least 2 and at least 0 are needed"
              .formatted(dimension, noise));
    }
    this.dimension = dimension;
    this.noise = noise;
    this.seed = seed;
    this.rotation = rotation(dimension, new Random(seed));
  }

  /// The rotation nearest in direction to identity + Gaussian, so that the identity is a poor map
  /// but not a useless one.
  private static double[] rotation(int d, Random random) {
    double[] a = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        a[i * d + j] = random.nextGaussian() / Math.sqrt(d) + (i == j ? OWN : 0);
      }
    }
    for (int i = 0; i < d; i++) { // Gram-Schmidt, twice for accuracy
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < i; k++) {
          double dot = 0;
          for (int j = 0; j < d; j++) {
            dot += a[i * d + j] * a[k * d + j];
          }
          for (int j = 0; j < d; j++) {
            a[i * d + j] -= dot * a[k * d + j];
          }
        }
      }
      double norm = 0;
      for (int j = 0; j < d; j++) {
        norm += a[i * d + j] * a[i * d + j];
      }
      for (int j = 0; j < d; j++) {
        a[i * d + j] /= Math.sqrt(norm);
      }
    }
    return a;
  }

  /// @return which model the features claim to be of
  public Provenance provenance() {
    String name = "synthetic-%d-%s-%d".formatted(dimension, noise, seed);
    return new Provenance(name, Provenance.Kind.ALGORITHMIC, null, "drawn", false);
  }

  /// A split. Splits of different names share no model.
  ///
  /// @param name of the split
  /// @param models how many customised models, at least 1
  /// @param exemplars of each, at least 1
  /// @param images synthesised from each, at least 1; from its exemplars in turn
  /// @return the split, with one prompt scheme, `gpt`
  public TestSet split(String name, int models, int exemplars, int images) {
    var random = new Random(seed * 31 + name.hashCode());
    float[] own = gaussian(random, models * exemplars);
    var all = new ArrayList<Model>();
    float[] made = new float[models * images * dimension];
    int[] maker = new int[models * images];
    for (int m = 0; m < models; m++) {
      all.add(new Model(m * exemplars, (m + 1) * exemplars, null, null));
      for (int i = 0; i < images; i++) {
        int row = m * images + i;
        maker[row] = m;
        synthesize(own, m * exemplars + i % exemplars, made, row, random);
      }
    }
    var queries = new Rows(ids(name + "/query", maker.length), made);
    return new TestSet(
        name,
        provenance(),
        dimension,
        new Rows(ids(name + "/exemplar", models * exemplars), own),
        all,
        List.of(new Scheme("gpt", queries, maker)));
  }

  /// @param count how many
  /// @return Gaussian rows
  public MemoryFeatures distractors(int count) {
    float[] rows = gaussian(new Random(seed * 31 + 7), count);
    return new MemoryFeatures(provenance(), rows, dimension, ids("distractor", count));
  }

  /// @return x -> A x, the map that undoes what synthesis does to a feature
  public FeatureMap oracle() {
    return new FeatureMap() {
      @Override
      public int inputs() {
        return dimension;
      }

      @Override
      public int outputs() {
        return dimension;
      }

      @Override
      public MemorySegment map(MemorySegment rows, int count, MemorySegment buffer) {
        float[] from = rows.asSlice(0, 4L * count * dimension).toArray(FLOAT);
        float[] to = new float[from.length];
        IntStream.range(0, count).parallel().forEach(r -> rotate(from, r, to, r));
        MemorySegment.copy(to, 0, buffer, FLOAT, 0, to.length);
        return buffer.asSlice(0, 4L * to.length);
      }
    };
  }

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /// Scores of queries whose exemplar was drawn from the law.
  ///
  /// @param queries how many, each of a model of its own
  /// @param pool images a query is compared with
  /// @param tau temperature of the law, over 0
  /// @param lambda threshold of the law, from 0 to below 1
  /// @param part another part gives other queries of the same law
  /// @return their scores
  public KeptScores influence(int queries, int pool, double tau, double lambda, int part) {
    var out = new ArrayList<KeptScores.Query>();
    for (int q = 0; q < queries; q++) {
      var random = new Random((seed * 31 + part) * 1_000_003 + q);
      float[] scores = new float[pool];
      double reach = 0.5 + 0.4 * random.nextDouble();
      for (int i = 0; i < pool; i++) { // a bulk around 0 and a tail of ever fewer near images
        double bulk = 0.15 * random.nextGaussian();
        double near = reach - tau * 3 * -Math.log(1 - random.nextDouble());
        scores[i] = (float) Math.clamp(random.nextInt(pool) < 30 ? near : bulk, -1.0, 1.0);
      }
      int chosen = draw(scores, tau, lambda, random);
      float[] rest = new float[pool - 1];
      System.arraycopy(scores, 0, rest, 0, chosen);
      System.arraycopy(scores, chosen + 1, rest, chosen, pool - 1 - chosen);
      out.add(new KeptScores.Query(q, new float[] {scores[chosen]}, rest));
    }
    return KeptScores.of(out);
  }

  private static int draw(float[] scores, double tau, double lambda, Random random) {
    double top = Double.NEGATIVE_INFINITY;
    for (float s : scores) {
      top = Math.max(top, s);
    }
    double[] weights = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      weights[i] = Math.max(0, Math.exp((scores[i] - top) / tau) - lambda);
    }
    double left = random.nextDouble() * Arrays.stream(weights).sum();
    int at = 0;
    while (left > weights[at] || weights[at] == 0) {
      left -= weights[at++];
    }
    return at;
  }

  private void synthesize(float[] from, int exemplar, float[] to, int row, Random random) {
    rotate(from, exemplar, to, row);
    for (int j = row * dimension; j < (row + 1) * dimension; j++) {
      to[j] += (float) (noise * random.nextGaussian());
    }
  }

  private void rotate(float[] from, int row, float[] to, int toRow) {
    for (int i = 0; i < dimension; i++) {
      double sum = 0;
      for (int j = 0; j < dimension; j++) {
        sum += rotation[i * dimension + j] * from[row * dimension + j];
      }
      to[toRow * dimension + i] = (float) sum;
    }
  }

  private float[] gaussian(Random random, int rows) {
    float[] out = new float[Math.multiplyExact(rows, dimension)];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  private static List<String> ids(String prefix, int n) {
    return IntStream.range(0, n).mapToObj(i -> prefix + "-" + i).toList();
  }
}
