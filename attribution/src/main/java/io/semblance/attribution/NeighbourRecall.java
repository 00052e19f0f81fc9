package io.semblance.attribution;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.search.Metric;
import io.semblance.core.search.SearchHit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How often another image of the same group is among an image's k nearest others (leave-one-out
/// recall at k).
///
/// Every image of a group of two or more is a query against the whole index, by cosine. The query
/// itself is left out, and so is every copy of the same bytes: finding a copy says nothing of a
/// model. Images without a group are never queries, but can be found.
public final class NeighbourRecall {

  private static final int QUERIES_AT_ONCE = 4096;

  private final AttributionIndex index;
  private final Grouping grouping;
  private final int k;

  private NeighbourRecall(AttributionIndex index, Grouping grouping, int k) {
    this.index = index;
    this.grouping = grouping;
    this.k = k;
  }

  /// @param index what is searched and where the queries come from
  /// @param grouping which images belong together
  /// @param k how many nearest others are looked at, at least 1
  /// @param progress hears the queries done of all queries
  /// @return the counts, by group in the order of their names
  /// @throws SemblanceException if no group has two images, or a table holds a number that is not
  ///   finite
  public static GroupRecall measure(
      AttributionIndex index, Grouping grouping, int k, Progress progress)
      throws SemblanceException {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, got " + k);
    }
    if (index.manifest().corrected()) {
      throw new SemblanceException(
          "The index corrects its space (%s), and groups are measured in the space as it is: build an index without --correct."
              .formatted(index.manifest().correction()));
    }
    return new NeighbourRecall(index, grouping, k).measure(progress);
  }

  private GroupRecall measure(Progress progress) throws SemblanceException {
    Map<String, List<Place>> groups = groups();
    List<Place> queries = new ArrayList<>();
    int alone = 0;
    for (List<Place> group : groups.values()) {
      if (group.size() > 1) {
        queries.addAll(group);
      } else {
        alone++;
      }
    }
    if (queries.isEmpty()) {
      throw new SemblanceException(
          "No two of the %d images in the index belong to one group: change --group."
              .formatted(index.manifest().rows()));
    }
    var found = new TreeMap<String, GroupRecall.Group>();
    for (int from = 0; from < queries.size(); from += QUERIES_AT_ONCE) {
      List<Place> batch = queries.subList(from, Math.min(from + QUERIES_AT_ONCE, queries.size()));
      count(batch, found);
      progress.at(from + batch.size(), queries.size());
    }
    return new GroupRecall(k, index.manifest().rows(), alone, List.copyOf(found.values()));
  }

  private Map<String, List<Place>> groups() {
    var groups = new TreeMap<String, List<Place>>();
    for (int t = 0; t < index.tables().size(); t++) {
      for (int r = 0; r < index.tables().get(t).size(); r++) {
        String group = grouping.groupOf(index.image(t, r));
        if (group != null) {
          groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(new Place(t, r, group));
        }
      }
    }
    return groups;
  }

  private void count(List<Place> batch, Map<String, GroupRecall.Group> found)
      throws SemblanceException {
    int d = index.manifest().dimension();
    float[] vectors = new float[Math.multiplyExact(batch.size(), d)];
    for (int i = 0; i < batch.size(); i++) {
      Place place = batch.get(i);
      index.tables().get(place.table()).copyRows(place.row(), 1, vectors, i * d);
    }
    List<List<SearchHit>> answers =
        index
            .search(Metric.COSINE)
            .search(
                vectors, k, (q, table, row) -> copies(batch.get(q), table, row), Progress.none());
    for (int i = 0; i < batch.size(); i++) {
      String group = batch.get(i).group();
      long mates =
          answers.get(i).stream()
              .filter(h -> group.equals(grouping.groupOf(index.image(h.table(), h.row()))))
              .count();
      var one = new GroupRecall.Group(group, 1, mates > 0 ? 1 : 0, (int) mates);
      found.merge(group, one, NeighbourRecall::sum);
    }
  }

  private boolean copies(Place place, int table, int row) {
    if (place.table() == table && place.row() == row) {
      return true;
    }
    String one = index.tables().get(place.table()).rows().get(place.row()).sha256();
    return one != null && one.equals(index.tables().get(table).rows().get(row).sha256());
  }

  private static GroupRecall.Group sum(GroupRecall.Group a, GroupRecall.Group b) {
    return new GroupRecall.Group(
        a.name(), a.images() + b.images(), a.found() + b.found(), a.mates() + b.mates());
  }

  private record Place(int table, int row, String group) {}
}
