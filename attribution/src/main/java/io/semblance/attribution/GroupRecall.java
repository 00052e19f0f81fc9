package io.semblance.attribution;

import java.util.List;

/// How often images found another image of their group, see [NeighbourRecall].
///
/// @param k how many nearest others were looked at
/// @param pool images in the index, queries included
/// @param alone groups of a single image; they were not asked
/// @param groups groups of two or more, in the order of their names
public record GroupRecall(int k, long pool, int alone, List<Group> groups) {

  /// Copies the list.
  public GroupRecall {
    groups = List.copyOf(groups);
  }

  /// One group.
  ///
  /// @param name its name
  /// @param images its size; every image was a query once
  /// @param found queries with another image of the group among their k nearest others
  public record Group(String name, int images, int found) {

    /// @return found / images, in [0, 1]
    public double recall() {
      return (double) found / images;
    }
  }

  /// @return queries of all groups together
  public int queries() {
    return groups.stream().mapToInt(Group::images).sum();
  }

  /// @return queries of all groups together that found another image of their group
  public int found() {
    return groups.stream().mapToInt(Group::found).sum();
  }

  /// @return found / queries, in [0, 1], higher is better; every query counts once
  public double recall() {
    return (double) found() / queries();
  }

  /// What drawing k others at random would give, on average over the queries.
  ///
  /// @return a value in [0, 1]
  public double chance() {
    double sum = 0;
    for (Group group : groups) {
      double none = 1;
      for (int i = 0; i < k; i++) {
        double left = pool - 1 - i;
        none *= left <= 0 ? 0 : Math.max(0, left - (group.images() - 1)) / left;
      }
      sum += group.images() * (1 - none);
    }
    return sum / queries();
  }
}
