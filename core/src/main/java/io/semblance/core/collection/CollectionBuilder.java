package io.semblance.core.collection;

import io.semblance.core.column.CodeColumn;
import io.semblance.core.column.TextColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Packs a collection image by image. Not safe for several threads.
final class CollectionBuilder {

  private final Path root;
  private final TextColumn.Builder ids = new TextColumn.Builder();
  private final CodeColumn.Builder categories = new CodeColumn.Builder();
  private final CodeColumn.Builder styles = new CodeColumn.Builder();
  private final TextColumn.Builder instances = new TextColumn.Builder();
  private final List<Unlisted> unlisted = new ArrayList<>();
  private final List<ParquetImages> owned = new ArrayList<>();

  CollectionBuilder(Path root) {
    this.root = root;
  }

  void add(String id, Labels labels) {
    ids.add(id);
    categories.add(labels.category());
    styles.add(labels.style());
    instances.add(labels.instance());
  }

  void unlisted(String place, String reason) {
    unlisted.add(new Unlisted(place, reason));
  }

  /// @param file goes with the collection: closed when it is
  /// @return the same
  ParquetImages own(ParquetImages file) {
    owned.add(file);
    return file;
  }

  /// @return why the first place could not be looked at, or null
  String firstUnlisted() {
    return unlisted.isEmpty() ? null : unlisted.getFirst().reason();
  }

  int size() {
    return ids.size();
  }

  /// @param places from the ids to where their images lie
  /// @param extras further columns, one row an image
  /// @return the collection; the builder is spent
  ImageCollection build(Function<TextColumn, ImageCollection.Places> places, ExtraColumns extras) {
    TextColumn packed = ids.build();
    return new ImageCollection(
        root,
        packed,
        categories.build(),
        styles.build(),
        instances.build(),
        places.apply(packed),
        extras,
        unlisted,
        owned,
        0,
        packed.size());
  }
}
