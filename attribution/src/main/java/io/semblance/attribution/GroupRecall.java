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
  /// @param mates images of the group among the k nearest others, summed over its queries
  public record Group(String name, int images, int found, int mates) {

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

  /// How many of the images of the query's own group are among its k nearest others, of those that
  /// have room there: it still tells models apart where all have found one.
  ///
  /// @return mates / sum over queries of min(k, images - 1), in [0, 1], higher is better; copies of
  ///   a query count as room but are never found
  public double matesRecall() {
    long mates = 0;
    long room = 0;
    for (Group group : groups) {
      mates += group.mates();
      room += (long) group.images() * Math.min(k, group.images() - 1);
    }
    return (double) mates / room;
  }

  /// What [#recall] would be if k others were drawn at random, on average over the queries.
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
