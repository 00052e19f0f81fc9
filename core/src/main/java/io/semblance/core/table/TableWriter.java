package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.TableManifest.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes a table, image by image in the order of its collection, so that a killed process loses
/// little and a resumed one ends in the same bytes.
///
/// Work in progress lies in a hidden folder `.<name>.partial` beside the final one; [#checkpoint]
/// makes it durable; [#finish] moves it into place in one step. One writer at a time (a file lock
/// tells a second one). Not thread-safe.
public final class TableWriter implements AutoCloseable {

  private final Path folder;
  private final Spec spec;
  private final PartialTable partial;

  /// What the table is to be. Two runs with equal specs make the same table.
  ///
  /// @param provenance which model
  /// @param dimension d, at least 1
  /// @param precision how components are stored
  /// @param collectionRoot folder of the images, absolute
  /// @param listingHash hash of the collection's ids and labels
  /// @param images number of images in the collection
  /// @param extractorHash hash of weights, preprocessing, version and batch size
  public record Spec(
      Provenance provenance,
      int dimension,
      Precision precision,
      String collectionRoot,
      String listingHash,
      int images,
      String extractorHash) {

    /// Checks the sizes.
    public Spec {
      if (dimension < 1 || images < 1) {
        throw new IllegalArgumentException(
            "a table needs dimension >= 1 and images >= 1, got " + dimension + " and " + images);
      }
    }
  }

  private TableWriter(Path folder, Spec spec, PartialTable partial) {
    this.folder = folder;
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
    Path absolute = folder.toAbsolutePath().normalize();
    Path hidden = hidden(absolute);
    if (!Files.exists(absolute) && PartialTable.isWhole(hidden)) {
      PartialTable.moveInto(absolute, hidden);
    }
    if (Files.exists(absolute)) {
      if (!Files.exists(absolute.resolve(TableManifest.FILE))) {
        throw new SemblanceException(
            folder + " is in the way and is no embedding table: choose another --out.");
      }
      TableManifest there = TableFolder.manifest(absolute);
      requireSame(folder, describe(there), describe(spec));
      return new TableWriter(absolute, spec, null);
    }
    return new TableWriter(absolute, spec, PartialTable.open(hidden, spec));
  }

  private static Path hidden(Path table) {
    return table.resolveSibling("." + table.getFileName() + ".partial");
  }

  /// Removes a finished table and any interrupted one in its place.
  ///
  /// @param folder the table's folder; nothing happens if there is none
  /// @throws SemblanceException if the folder is no table written by this program
  public static void discard(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    PartialTable.delete(hidden(absolute));
    if (!Files.exists(absolute)) {
      return;
    }
    if (!Files.exists(absolute.resolve(TableManifest.FILE))) {
      throw new SemblanceException(
          folder + " is no embedding table of ours: it is not removed; choose another --out.");
    }
    PartialTable.delete(absolute);
  }

  /// Writes a table again, in another place and perhaps another precision.
  ///
  /// @param table n x d
  /// @param manifest what it said of itself
  /// @param folder the table to make
  /// @param precision how to store components
  /// @throws SemblanceException as [#open]
  public static void copy(
      EmbeddingTable table, TableManifest manifest, Path folder, Precision precision)
      throws IOException {
    TableManifest.Source source = manifest.collection();
    var spec =
        new Spec(
            table.provenance(),
            table.dimension(),
            precision,
            source == null ? null : source.root(),
            source == null ? null : source.listingSha256(),
            table.size(),
            manifest.extractor());
    try (TableWriter writer = open(folder, spec)) {
      float[] vector = new float[table.dimension()];
      for (int i = writer.consumed(); i < table.size(); i++) {
        table.copyRows(i, 1, vector, 0);
        writer.append(table.rows().get(i), vector, 0);
      }
      if (!writer.complete()) {
        writer.finish();
      }
    }
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

  /// The rows that a finished or interrupted run left, as they stand when the writer is opened.
  ///
  /// @return id, labels and hash of each, in order; empty for a fresh table
  /// @throws IOException if they cannot be read
  public List<TableRow> rowsSoFar() throws IOException {
    if (partial != null) {
      return partial.rows();
    }
    try (EmbeddingTable table = TableFolder.open(folder)) {
      return table.rows();
    }
  }

  /// Adds the vector of the collection's next image.
  ///
  /// @param row the image
  /// @param vectors holds its vector
  /// @param offset where in `vectors` its d components begin
  /// @throws IOException if it cannot be written
  public void append(TableRow row, float[] vectors, int offset) throws IOException {
    partial.append(row, vectors, offset);
  }

  /// Notes that the collection's next image has no vector.
  ///
  /// @param id the image
  /// @param reason one sentence
  /// @throws IOException if it cannot be written
  public void fail(String id, String reason) throws IOException {
    partial.fail(id, reason);
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
    checkpoint();
    int rows = partial.checkpoint().rows();
    if (rows == 0) {
      throw new SemblanceException(
          "None of the "
              + spec.images()
              + " images could be embedded with "
              + spec.provenance().modelId()
              + " (the first: "
              + partial.firstFailure()
              + ").");
    }
    List<Part> shards = new ArrayList<>();
    for (Path file : partial.completeShards()) {
      shards.add(part(file, NpyHeader.read(file).shape()[0]));
    }
    Path metadata =
        Files.createDirectories(partial.folder().resolve("metadata")).resolve("metadata_0.parquet");
    RowParquet.write(partial.rows(), metadata);
    List<Part> described = List.of(part(metadata, rows));
    var source = new TableManifest.Source(spec.collectionRoot(), spec.images(), spec.listingHash());
    Json.write(
        new TableManifest(
            TableManifest.FORMAT,
            spec.provenance(),
            spec.extractorHash(),
            spec.dimension(),
            spec.precision(),
            rows,
            partial.checkpoint().consumed() - rows,
            source,
            shards,
            described),
        partial.folder().resolve(TableManifest.FILE));
    partial.publish(folder);
    for (Part part : shards) {
      VerifiedFiles.remember(folder.resolve(part.file()), part);
    }
    for (Part part : described) {
      VerifiedFiles.remember(folder.resolve(part.file()), part);
    }
  }

  /// Lets go of the files; what is not finished stays for a resume.
  @Override
  public void close() throws IOException {
    if (partial != null) {
      partial.close();
    }
  }

  private Part part(Path file, long rows) throws IOException {
    String name = partial.folder().relativize(file).toString().replace('\\', '/');
    return new Part(name, rows, Files.size(file), Sha256.of(file));
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

  static String describe(Spec s) {
    return description(
        s.provenance(),
        s.dimension(),
        s.precision(),
        s.images(),
        s.listingHash(),
        s.extractorHash());
  }

  private static String describe(TableManifest m) {
    return m.collection() == null
        ? "a table without a known collection"
        : description(
            m.provenance(),
            m.dimension(),
            m.precision(),
            m.collection().images(),
            m.collection().listingSha256(),
            m.extractor());
  }

  private static String description(
      Provenance provenance,
      int dimension,
      Precision precision,
      int images,
      String listing,
      String extractor) {
    return "%s (%d x %s, extractor %s) of %d images (listing %s)"
        .formatted(
            provenance.modelId(),
            dimension,
            precision.name().toLowerCase(java.util.Locale.ROOT),
            start(extractor),
            images,
            start(listing));
  }

  private static String start(String hash) {
    return hash == null ? "unknown" : hash.substring(0, Math.min(8, hash.length()));
  }
}
