package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Unlisted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Writes a table, image by image in the order of its collection, so that a killed process loses
/// little and a resumed one ends in the same bytes.
///
/// Work in progress lies in a hidden folder `.<name>.partial` beside the final one; [#checkpoint]
/// makes it durable; [#finish] moves it into place in one step. One writer at a time (a file lock
/// tells a second one). Not thread-safe.
public final class TableWriter implements AutoCloseable {

  private final TablePlaces places;
  private final Spec spec;
  private final PartialTable partial;

  /// What the table is to be. Two runs with equal specs make the same table.
  ///
  /// @param provenance which model
  /// @param dimension d, at least 1
  /// @param precision how components are stored
  /// @param collection where the images come from
  /// @param images number of images to account for: those of the collection, and rows kept from an
  ///   earlier table
  /// @param extractorHash hash of weights, preprocessing, version and batch size
  public record Spec(
      Provenance provenance,
      int dimension,
      Precision precision,
      TableManifest.Source collection,
      int images,
      String extractorHash) {

    /// Checks the sizes.
    public Spec {
      if (dimension < 1 || images < 1) {
        throw new IllegalArgumentException(
            "a table needs dimension >= 1 and images >= 1, got " + dimension + " and " + images);
      }
    }

    /// A table of all images of a collection.
    ///
    /// @param provenance which model
    /// @param dimension d, at least 1
    /// @param precision how components are stored
    /// @param collectionRoot folder of the images, absolute
    /// @param listingHash hash of the collection's ids and labels
    /// @param images number of images in the collection
    /// @param extractorHash hash of weights, preprocessing, version and batch size
    public Spec(
        Provenance provenance,
        int dimension,
        Precision precision,
        String collectionRoot,
        String listingHash,
        int images,
        String extractorHash) {
      this(
          provenance,
          dimension,
          precision,
          new TableManifest.Source(collectionRoot, images, listingHash),
          images,
          extractorHash);
    }

    /// @return the same for messages, what tells two tables apart
    String describe() {
      return "%s of %d images (listing %s)"
          .formatted(extractor(), collection.images(), start(collection.listingSha256()));
    }

    /// @return how vectors are made, whatever the images
    String extractor() {
      return "%s (%d x %s, extractor %s%s%s)"
          .formatted(
              provenance.modelId(),
              dimension,
              precision.name().toLowerCase(Locale.ROOT),
              start(extractorHash),
              collection.reading() == null ? "" : ", " + collection.reading(),
              collection.shard() == null
                  ? ""
                  : ", part %d of %d"
                      .formatted(collection.shard().index(), collection.shard().count()));
    }

    private static String start(String hash) {
      return hash == null ? "unknown" : hash.substring(0, Math.min(8, hash.length()));
    }

    Spec withImages(int value) {
      return new Spec(provenance, dimension, precision, collection, value, extractorHash);
    }

    Spec withDimension(int value) {
      return new Spec(provenance, value, precision, collection, images, extractorHash);
    }

    static Spec of(TableManifest there) {
      TableManifest.Source source =
          there.collection() == null ? new TableManifest.Source(null, 0, null) : there.collection();
      return new Spec(
          there.provenance(),
          there.dimension(),
          there.precision(),
          source,
          Math.toIntExact(Math.max(1, there.rows() + there.failures())),
          there.extractor());
    }
  }

  TableWriter(TablePlaces places, Spec spec, PartialTable partial) {
    this.places = places;
    this.spec = spec;
    this.partial = partial;
  }

  /// Begins a table, or goes on where an interrupted run of the same spec stopped.
  ///
  /// @param folder the final place of the table
  /// @param spec what it is to be
  /// @return a writer; close it
  /// @throws SemblanceException if another table is in that place, an interrupted run was of
  ///   another spec, or another process is writing it
  public static TableWriter open(Path folder, Spec spec) throws IOException {
    return open(folder, spec, null);
  }

  /// Begins a table whose images have further columns, or goes on with it.
  ///
  /// @param folder the final place of the table
  /// @param spec what it is to be
  /// @param listing a Parquet file with one row for each image that is appended or fails, in that
  ///   order; its columns other than `image_path`, `category`, `style`, `instance` and `sha256` are
  ///   carried to the table's metadata. Copied; null for none
  /// @return a writer; close it
  /// @throws SemblanceException as [#open(Path, Spec)]
  public static TableWriter open(Path folder, Spec spec, Path listing) throws IOException {
    return open(folder, spec, listing, false);
  }

  /// Begins a table, perhaps in the place of another.
  ///
  /// @param folder the final place of the table
  /// @param spec what it is to be
  /// @param listing as above
  /// @param replace whether a table in that place gives way when this one is whole, and an
  ///   interrupted one at once; else they are gone on with or refused
  /// @return a writer; close it
  /// @throws SemblanceException as [#open(Path, Spec)]
  public static TableWriter open(Path folder, Spec spec, Path listing, boolean replace)
      throws IOException {
    var places = TablePlaces.of(folder);
    places.recover();
    if (replace) {
      places.startOver();
    } else if (Files.exists(places.table())) {
      requireSame(folder, Spec.of(manifest(places.table())).describe(), spec.describe());
      return new TableWriter(places, spec, null);
    }
    return new TableWriter(places, spec, PartialTable.open(places.partial(), spec, listing));
  }

  /// The manifest of a table of ours.
  ///
  /// @throws SemblanceException if the folder holds something else
  static TableManifest manifest(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(TableManifest.FILE))) {
      throw new SemblanceException(
          folder + " is in the way and is no embedding table: choose another --out.");
    }
    return TableFolder.manifest(folder);
  }

  /// @return whether the finished table of exactly this spec is already in place: nothing is left
  ///   to do
  public boolean complete() {
    return partial == null;
  }

  /// @return images of the collection accounted for at the last checkpoint, rows and failures
  ///   together
  public int consumed() {
    return partial == null ? spec.images() : partial.checkpoint().consumed();
  }

  /// Adds the vector of the collection's next image.
  ///
  /// @param row the image
  /// @param vectors holds its vector
  /// @param offset where in `vectors` its d components begin
  /// @throws IOException if it cannot be written
  public void append(TableRow row, float[] vectors, int offset) throws IOException {
    append(row, null, vectors, offset);
  }

  /// Adds the vector of the collection's next image, and what was seen of its file.
  ///
  /// @param row the image
  /// @param state of its file, see [io.semblance.core.collection.ImageSource#state], or null
  /// @param vectors holds its vector
  /// @param offset where in `vectors` its d components begin
  /// @throws IOException if it cannot be written
  public void append(TableRow row, String state, float[] vectors, int offset) throws IOException {
    append(row, partial.consumed(), state, vectors, offset);
  }

  /// Adds a vector whose further columns stand in a given row of the listing.
  void append(TableRow row, long listed, String state, float[] vectors, int offset)
      throws IOException {
    partial.append(new Journal.Row(row, listed, state), vectors, offset);
  }

  /// Notes that the collection's next image has no vector.
  ///
  /// @param id the image
  /// @param reason one sentence
  /// @throws IOException if it cannot be written
  public void fail(String id, String reason) throws IOException {
    fail(id, reason, null);
  }

  /// Notes that the collection's next image has no vector, and what was seen of its file.
  ///
  /// @param id the image
  /// @param reason one sentence
  /// @param state of its file, see [io.semblance.core.collection.ImageSource#state], or null
  /// @throws IOException if it cannot be written
  public void fail(String id, String reason, String state) throws IOException {
    partial.fail(new Journal.Failure(id, reason, state));
  }

  /// Makes everything so far durable; a later run goes on from here.
  ///
  /// @throws IOException if it cannot be written
  public void checkpoint() throws IOException {
    partial.sync();
  }

  /// Completes the table and moves it into place.
  ///
  /// @throws SemblanceException if no image could be embedded, or the disk is full; what is there
  ///   stays for a resume
  public void finish() throws IOException {
    finish(List.of(), 0);
  }

  /// Completes the table and moves it into place, over an older one if there is one.
  ///
  /// @param unlisted places of the collection that could not be looked at; listed as failures
  /// @param removed rows, the last ones, of images that are no longer in the collection
  /// @throws SemblanceException as [#finish()]
  public void finish(List<Unlisted> unlisted, int removed) throws IOException {
    checkpoint();
    var completion = new TableCompletion(partial);
    TableManifest manifest = completion.write(unlisted, removed);
    partial.seal();
    places.publish();
    completion.remember(places.table(), manifest);
  }

  /// Lets go of the files; what is not finished stays for a resume.
  @Override
  public void close() throws IOException {
    if (partial != null) {
      partial.close();
    }
  }

  static void requireSame(Path place, String there, String wanted) throws SemblanceException {
    if (!there.equals(wanted)) {
      throw new SemblanceException(
          place
              + " holds "
              + there
              + ", but this run makes "
              + wanted
              + ": choose another --out, or add --overwrite.");
    }
  }
}
