package io.semblance.core.collection;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.column.HashColumn;
import io.semblance.core.file.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What a collection holds, in numbers.
///
/// @param images number of images
/// @param kinds number of images by the ending of their names, in alphabetical order
/// @param withCategory images with a category
/// @param duplicates groups of ids whose files are equal; empty where files were not read
public record ListingSummary(
    int images, Map<String, Integer> kinds, int withCategory, List<List<String>> duplicates) {

  private static final int BLOCK = 64;

  /// Counts without reading an image.
  ///
  /// @param collection any
  /// @return the counts
  public static ListingSummary of(ImageCollection collection) {
    var kinds = new TreeMap<String, Integer>();
    int withCategory = 0;
    for (CollectionImage image : collection.images()) {
      String name = image.id().substring(image.id().lastIndexOf('/') + 1);
      int dot = name.lastIndexOf('.');
      String kind = dot < 0 ? "without ending" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
      kinds.merge(kind, 1, Integer::sum);
      withCategory += image.labels().category() == null ? 0 : 1;
    }
    return new ListingSummary(collection.size(), kinds, withCategory, List.of());
  }

  /// Counts, and reads every image to find those that are equal. One that cannot be read equals
  /// none.
  ///
  /// @param collection any
  /// @param progress hears of every image
  /// @return the counts with duplicates, groups and their images in the collection's order
  public static ListingSummary hashed(ImageCollection collection, Progress progress) {
    var hashes = new HashColumn.Builder();
    for (int from = 0; from < collection.size(); from += BLOCK) {
      int to = Math.min(collection.size(), from + BLOCK);
      IntStream.range(from, to)
          .parallel()
          .mapToObj(i -> String.valueOf(hash(collection.image(i))))
          .forEachOrdered(hashes::add);
      progress.at(to, collection.size());
    }
    ListingSummary counted = of(collection);
    return new ListingSummary(
        counted.images(),
        counted.kinds(),
        counted.withCategory(),
        groups(collection, hashes.build()));
  }

  private static String hash(CollectionImage image) {
    try {
      return Sha256.of(image.read());
    } catch (SemblanceException _) {
      return null; // embedding it will say so
    }
  }

  private static List<List<String>> groups(ImageCollection collection, HashColumn hashes) {
    var first = new LinkedHashMap<String, Integer>();
    var groups = new TreeMap<Integer, List<String>>();
    for (int i = 0; i < collection.size(); i++) {
      String hash = hashes.get(i);
      Integer before = hash == null ? null : first.putIfAbsent(hash, i);
      if (before != null) {
        int at = i;
        groups
            .computeIfAbsent(before, b -> new ArrayList<>(List.of(collection.image(b).id())))
            .add(collection.image(at).id());
      }
    }
    return List.copyOf(groups.values());
  }
}
