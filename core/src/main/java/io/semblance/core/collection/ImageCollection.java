package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.column.CodeColumn;
import io.semblance.core.column.TextColumn;
import io.semblance.core.file.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.AbstractList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/// An ordered list of images with an id each, and labels and further columns where known.
///
/// Ids and labels are packed, so that millions of images fit a small heap; further columns
/// (captions, addresses, creators, licences) stay on disk. Safe for use by several threads. Close
/// it to let go of files: only collections of Parquet files, or with further columns, hold any.
public final class ImageCollection implements AutoCloseable {

  private final Path root;
  private final TextColumn ids;
  private final CodeColumn categories;
  private final CodeColumn styles;
  private final TextColumn instances;
  private final Places places;
  private final ExtraColumns extras;
  private final List<Unlisted> unlisted;
  private final List<ParquetImages> owned;
  private final int from;
  private final int to;

  /// Where the images of a collection lie.
  interface Places {

    /// @param index of an image, from 0
    /// @return where its bytes lie
    ImageSource at(int index);
  }

  ImageCollection(
      Path root,
      TextColumn ids,
      CodeColumn categories,
      CodeColumn styles,
      TextColumn instances,
      Places places,
      ExtraColumns extras,
      List<Unlisted> unlisted,
      List<ParquetImages> owned,
      int from,
      int to) {
    this.root = root;
    this.ids = ids;
    this.categories = categories;
    this.styles = styles;
    this.instances = instances;
    this.places = places;
    this.extras = extras;
    this.unlisted = List.copyOf(unlisted);
    this.owned = List.copyOf(owned);
    this.from = from;
    this.to = to;
  }

  /// A collection of images that are known one by one.
  ///
  /// @param root the folder the ids are relative to
  /// @param images in order; ids are distinct
  public ImageCollection(Path root, List<CollectionImage> images) {
    this(root, packed(root, images));
  }

  private ImageCollection(Path root, ImageCollection packed) {
    this(
        root,
        packed.ids,
        packed.categories,
        packed.styles,
        packed.instances,
        packed.places,
        packed.extras,
        packed.unlisted,
        List.of(),
        0,
        packed.size());
  }

  private static ImageCollection packed(Path root, List<CollectionImage> images) {
    var builder = new CollectionBuilder(root);
    images.forEach(i -> builder.add(i.id(), i.labels()));
    List<ImageSource> sources = images.stream().map(CollectionImage::source).toList();
    return builder.build(_ -> sources::get, ExtraColumns.NONE);
  }

  /// Lists the images below a folder, in bytewise order of their ids.
  ///
  /// @param root a folder; symbolic links are followed, hidden files and folders left out
  /// @param pattern where labels come from, or null for none
  /// @return the collection; images whose name does not fit `pattern` have no labels; what cannot
  ///   be looked at is in [#unlisted]
  /// @throws SemblanceException if the folder is missing or unreadable, holds no image, or no name
  ///   fits the pattern
  public static ImageCollection ofFolder(Path root, FileNamePattern pattern) throws IOException {
    return FolderListing.of(root, CollectionOptions.defaults().withPattern(pattern));
  }

  /// Lists the images of whatever a user has: a folder; tars or a folder of tars as webdataset and
  /// img2dataset write them; a CSV or Parquet file with a column of paths; Parquet files with the
  /// bytes of images; a text file with one path a line; image files.
  ///
  /// @param places one of these, or several files of one kind
  /// @param options how they are read
  /// @return the collection; close it
  /// @throws SemblanceException if a place is missing, holds no image or is of no known kind
  public static ImageCollection open(List<Path> places, CollectionOptions options)
      throws IOException {
    return CollectionKind.of(places).open(places, options);
  }

  /// Checks that every id is there once.
  ///
  /// @param source what named the images
  /// @throws SemblanceException if one comes twice
  void requireDistinct(String source) throws SemblanceException {
    int[] order = ids.order();
    for (int i = 1; i < order.length; i++) {
      if (ids.compare(order[i - 1], order[i]) == 0) {
        throw new SemblanceException(
            "%s names %s twice (images %d and %d): remove one of them."
                .formatted(source, ids.get(order[i]), order[i - 1] + 1, order[i] + 1));
      }
    }
  }

  /// Lists the images that lines of text name, one path a line.
  ///
  /// @param source what to call the lines in messages
  /// @param lines paths; empty lines are skipped
  /// @param base folder that relative paths begin at
  /// @param options how they are read
  /// @return the collection
  /// @throws SemblanceException if there is no path, or one comes twice
  public static ImageCollection ofList(
      String source, BufferedReader lines, Path base, CollectionOptions options)
      throws IOException {
    return ManifestListing.list(source, lines, base, options);
  }

  /// @return the folder the ids are relative to
  public Path root() {
    return root;
  }

  /// @return number of images
  public int size() {
    return to - from;
  }

  /// @param index from 0 to size - 1
  /// @return that image
  public CollectionImage image(int index) {
    int i = from + Objects.checkIndex(index, size());
    return new CollectionImage(
        ids.get(i), places.at(i), Labels.of(categories.get(i), styles.get(i), instances.get(i)));
  }

  /// @return the images in order, made when asked for
  public List<CollectionImage> images() {
    return new Images();
  }

  private final class Images extends AbstractList<CollectionImage> implements RandomAccess {

    @Override
    public CollectionImage get(int index) {
      return image(index);
    }

    @Override
    public int size() {
      return ImageCollection.this.size();
    }
  }

  /// @return further columns: captions, addresses and whatever else the source had
  public ExtraColumns extras() {
    return extras;
  }

  /// @return what could not be looked at, in order
  public List<Unlisted> unlisted() {
    return unlisted;
  }

  /// Consecutive images as a collection of their own, which shares everything with this one. What
  /// could not be looked at goes with the first part.
  ///
  /// @param begin first image
  /// @param end image behind the last
  /// @return the part
  /// @throws IndexOutOfBoundsException if there are no such images
  public ImageCollection slice(int begin, int end) {
    Objects.checkFromToIndex(begin, end, size());
    return new ImageCollection(
        root,
        ids,
        categories,
        styles,
        instances,
        places,
        extras.slice(begin, end),
        begin == 0 ? unlisted : List.of(),
        List.of(),
        from + begin,
        from + end);
  }

  /// The same ids, labels and further columns with something else in the images' places. Closing it
  /// closes nothing of this one.
  ///
  /// @param others where that lies, by index in this collection
  /// @return the collection
  ImageCollection with(Places others) {
    int first = from;
    return new ImageCollection(
        root,
        ids,
        categories,
        styles,
        instances,
        i -> others.at(i - first),
        extras.slice(0, size()),
        unlisted,
        List.of(),
        from,
        to);
  }

  /// A hash of ids, labels and further columns in order: two listings with the same hash say the
  /// same of the same images in the same order.
  ///
  /// @return 64 hexadecimal characters
  /// @throws IOException if further columns cannot be read
  public String listingHash() throws IOException {
    MessageDigest digest = Sha256.digest();
    for (int i = from; i < to; i++) {
      String line =
          ids.get(i)
              + "\t"
              + categories.get(i)
              + "\t"
              + styles.get(i)
              + "\t"
              + instances.get(i)
              + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    extras.feed(digest);
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Lets go of Parquet files, and removes further columns that were gathered for this collection.
  @Override
  public void close() {
    owned.forEach(ParquetImages::close);
    extras.discard();
  }
}
