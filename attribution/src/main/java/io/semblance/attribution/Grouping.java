package io.semblance.attribution;

import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.Labels;

/// Which images of an index belong together, e.g. the photos of one subject.
@FunctionalInterface
public interface Grouping {

  /// @param image an image of an index
  /// @return the group's name, or null if the image belongs to none
  String groupOf(IndexedImage image);

  /// Images of one folder of one table; images at the top of a table belong to none.
  ///
  /// @return groups called `<source>/<folder>`
  static Grouping byFolder() {
    return image -> {
      int slash = image.row().id().lastIndexOf('/');
      return slash < 0 ? null : image.source() + "/" + image.row().id().substring(0, slash);
    };
  }

  /// Images whose ids give the same category, and the same style where the pattern has one,
  /// whatever their table.
  ///
  /// @param pattern where the labels stand in an id, e.g. `{category}/{*}` for a folder a subject
  /// @return groups called `<category>`, `<style>` or `<category>/<style>`; ids that do not fit
  ///   belong to none
  static Grouping byPattern(FileNamePattern pattern) {
    return image -> pattern.match(image.row().id()).map(Grouping::name).orElse(null);
  }

  private static String name(Labels labels) {
    if (labels.category() == null) {
      return labels.style();
    }
    return labels.style() == null ? labels.category() : labels.category() + "/" + labels.style();
  }
}
