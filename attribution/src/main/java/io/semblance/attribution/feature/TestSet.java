package io.semblance.attribution.feature;

import io.semblance.core.table.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A split with its vectors: exemplars of every customised model, and the images synthesised from
/// them by prompt scheme.
///
/// @param name what results call it, e.g. `imagenet-unseen`
/// @param provenance which model made the vectors
/// @param dimension d
/// @param exemplars all exemplars, models one behind the other
/// @param models at least one
/// @param schemes at least one
public record TestSet(
    String name,
    Provenance provenance,
    int dimension,
    Rows exemplars,
    List<Model> models,
    List<Scheme> schemes) {

  /// Copies the lists.
  public TestSet {
    models = List.copyOf(models);
    schemes = List.copyOf(schemes);
  }

  /// Vectors with a name each.
  ///
  /// @param ids length n
  /// @param vectors n x d, row-major; not copied
  @SuppressWarnings("ArrayRecordComponent") // shared on purpose
  public record Rows(List<String> ids, float[] vectors) {

    /// Checks the sizes.
    ///
    /// @throws IllegalArgumentException if the vectors are no whole rows
    public Rows {
      ids = List.copyOf(ids);
      if (ids.isEmpty() ? vectors.length > 0 : vectors.length % ids.size() != 0) {
        throw new IllegalArgumentException(
            "%d components do not make %d rows of equal length"
                .formatted(vectors.length, ids.size()));
      }
    }

    /// @return n
    public int size() {
      return ids.size();
    }
  }

  /// One customised model.
  ///
  /// @param from its first exemplar
  /// @param to behind its last exemplar, over `from`
  /// @param classId class of the exemplars, or null
  /// @param category name of the class, or null
  public record Model(int from, int to, String classId, String category) {

    /// @return number of exemplars
    public int exemplars() {
      return to - from;
    }
  }

  /// The images synthesised with one prompt scheme: with it a split is a test case.
  ///
  /// @param name e.g. `gpt`
  /// @param queries their vectors
  /// @param model length n, which model made each
  @SuppressWarnings("ArrayRecordComponent") // shared on purpose
  public record Scheme(String name, Rows queries, int[] model) {

    /// Checks the sizes.
    ///
    /// @throws IllegalArgumentException if a query has no model
    public Scheme {
      if (queries.size() != model.length) {
        throw new IllegalArgumentException(
            "%d queries of %s have %d models".formatted(queries.size(), name, model.length));
      }
    }
  }

  /// Only the first queries of every model, to look at a large set quickly.
  ///
  /// @param perModel how many to keep of each model and scheme, at least 1
  /// @return the smaller set; exemplars stay
  public TestSet atMost(int perModel) {
    var fewer = new ArrayList<Scheme>();
    for (Scheme scheme : schemes) {
      int[] seen = new int[models.size()];
      var kept = new ArrayList<Integer>();
      for (int q = 0; q < scheme.model().length; q++) {
        if (seen[scheme.model()[q]]++ < perModel) {
          kept.add(q);
        }
      }
      fewer.add(select(scheme, kept.stream().mapToInt(Integer::intValue).toArray()));
    }
    return new TestSet(name, provenance, dimension, exemplars, models, fewer);
  }

  /// Only some queries of one scheme.
  ///
  /// @param scheme of this set
  /// @param queries their numbers in it
  /// @return the smaller set; exemplars stay
  public TestSet only(Scheme scheme, int[] queries) {
    return new TestSet(
        name, provenance, dimension, exemplars, models, List.of(select(scheme, queries)));
  }

  private Scheme select(Scheme scheme, int[] kept) {
    float[] vectors = new float[kept.length * dimension];
    var ids = new ArrayList<String>();
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(
          scheme.queries().vectors(), kept[i] * dimension, vectors, i * dimension, dimension);
      ids.add(scheme.queries().ids().get(kept[i]));
    }
    int[] model = Arrays.stream(kept).map(q -> scheme.model()[q]).toArray();
    return new Scheme(scheme.name(), new Rows(ids, vectors), model);
  }
}
