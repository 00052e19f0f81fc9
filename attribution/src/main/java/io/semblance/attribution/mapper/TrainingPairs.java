package io.semblance.attribution.mapper;

import io.semblance.attribution.feature.Compatible;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Model;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.core.SemblanceException;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// What a mapper is trained on: customised models with the vectors of their exemplars and
/// synthesised images, each image perhaps in several augmented views. An epoch draws one exemplar,
/// one prompt scheme and one synthesised image per model. Source: AbC (arXiv 2306.09345), Appendix
/// C.1.
public final class TrainingPairs {

  private final List<Entry> entries = new ArrayList<>();
  private final Provenance provenance;
  private final int dimension;
  private final Set<String> strengths = new TreeSet<>();

  /// One customised model.
  ///
  /// @param views the same split by view of its images
  /// @param model which entry
  /// @param schemes for each scheme with images, their rows
  private record Entry(List<TestSet> views, Model model, List<Drawn> schemes) {}

  /// @param scheme number of the scheme
  /// @param rows its queries of this model
  private record Drawn(int scheme, int[] rows) {}

  /// @param splits one or more splits (object, style, or both); each a list of views: the split's
  ///   images as they are, then augmented ones, with the same models and images in order
  /// @throws SemblanceException if there are fewer than two models with an image, views differ, or
  ///   models of the features differ
  public TrainingPairs(List<List<TestSet>> splits) throws SemblanceException {
    TestSet first = splits.getFirst().getFirst();
    this.provenance = View.plain(first.provenance());
    this.dimension = first.dimension();
    for (List<TestSet> views : splits) {
      for (TestSet view : views) {
        Compatible.require(
            first.name(),
            provenance,
            dimension,
            view.name(),
            View.plain(view.provenance()),
            view.dimension());
        View.of(view.provenance()).ifPresent(v -> strengths.add(v.strength().toString()));
        requireSame(views.getFirst(), view);
        if (view.dimension() != dimension) {
          throw new IllegalStateException("dimensions were compared above");
        }
      }
      add(views);
    }
    if (entries.size() < 2) {
      throw new SemblanceException(
          "Training needs at least two customised models with synthesised images, and there are %d: the negatives of one are the others."
              .formatted(entries.size()));
    }
  }

  private static void requireSame(TestSet one, TestSet view) throws SemblanceException {
    boolean same =
        one.models().equals(view.models())
            && one.schemes().size() == view.schemes().size()
            && one.exemplars().ids().equals(view.exemplars().ids());
    for (int s = 0; same && s < one.schemes().size(); s++) {
      same = one.schemes().get(s).queries().ids().equals(view.schemes().get(s).queries().ids());
    }
    if (!same) {
      throw new SemblanceException(
          "A view of %s has other images or models than the split itself: embed the same images for each view."
              .formatted(one.name()));
    }
  }

  private void add(List<TestSet> views) {
    TestSet set = views.getFirst();
    var rows = new ArrayList<List<Drawn>>();
    set.models().forEach(_ -> rows.add(new ArrayList<>()));
    for (int s = 0; s < set.schemes().size(); s++) {
      Scheme scheme = set.schemes().get(s);
      var byModel = new ArrayList<List<Integer>>();
      set.models().forEach(_ -> byModel.add(new ArrayList<>()));
      for (int q = 0; q < scheme.model().length; q++) {
        byModel.get(scheme.model()[q]).add(q);
      }
      for (int m = 0; m < byModel.size(); m++) {
        if (!byModel.get(m).isEmpty()) {
          int[] found = byModel.get(m).stream().mapToInt(Integer::intValue).toArray();
          rows.get(m).add(new Drawn(s, found));
        }
      }
    }
    for (int m = 0; m < rows.size(); m++) {
      if (!rows.get(m).isEmpty()) {
        entries.add(new Entry(views, set.models().get(m), rows.get(m)));
      }
    }
  }

  /// @return number of customised models, pairs of an epoch
  public int size() {
    return entries.size();
  }

  /// @return d
  public int dimension() {
    return dimension;
  }

  /// @return which model made the vectors
  public Provenance provenance() {
    return provenance;
  }

  /// @return `none`, `mild`, `strong` or `mild, strong`: which augmented views are among the images
  public String augmentation() {
    return strengths.isEmpty() ? "none" : String.join(", ", strengths);
  }

  /// The pairs of one epoch in the order of its batches.
  ///
  /// @param seed of the run
  /// @param epoch from 0
  /// @return training and synthesised rows, n x d each
  Epoch draw(long seed, int epoch) {
    var random = new Random(seed * 1_000_003 + epoch);
    int[] order = shuffled(entries.size(), random);
    float[] training = new float[Math.multiplyExact(order.length, dimension)];
    float[] synthesized = new float[training.length];
    for (int i = 0; i < order.length; i++) {
      Entry e = entries.get(order[i]);
      int exemplar = e.model.from() + random.nextInt(e.model.exemplars());
      float[] from = view(e, random).exemplars().vectors();
      System.arraycopy(from, exemplar * dimension, training, i * dimension, dimension);
      Drawn drawn = e.schemes.get(random.nextInt(e.schemes.size()));
      int row = drawn.rows[random.nextInt(drawn.rows.length)];
      float[] made = view(e, random).schemes().get(drawn.scheme).queries().vectors();
      System.arraycopy(made, row * dimension, synthesized, i * dimension, dimension);
    }
    return new Epoch(training, synthesized);
  }

  private static TestSet view(Entry e, Random random) {
    return e.views.size() == 1 ? e.views.getFirst() : e.views.get(random.nextInt(e.views.size()));
  }

  private static int[] shuffled(int n, Random random) {
    int[] out = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      out[i] = out[j];
      out[j] = i;
    }
    return out;
  }

  /// The pairs of an epoch.
  ///
  /// @param training n x d
  /// @param synthesized n x d
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Epoch(float[] training, float[] synthesized) {}
}
