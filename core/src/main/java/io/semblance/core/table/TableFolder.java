package io.semblance.core.table;

import de.siegmar.fastcsv.reader.CsvReader;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Json;
import io.semblance.core.table.TableManifest.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/// Embedding tables on disk: opening, checking, finding.
public final class TableFolder {

  private TableFolder() {}

  /// Opens a table: headers, sizes and row counts are checked at once, hashes the first time a file
  /// is seen (remembered by path, size and time of change). Vectors are mapped, not read.
  ///
  /// A clip-retrieval folder without a manifest opens too; its model is unknown and called after
  /// the folder.
  ///
  /// @param folder a table folder
  /// @return the table; close it to release the mapping
  /// @throws SemblanceException if something is missing, truncated or does not match; the message
  ///   names both sides
  public static EmbeddingTable open(Path folder) throws IOException {
    TableManifest manifest = manifest(folder);
    for (List<Part> parts : List.of(manifest.shards(), manifest.metadata())) {
      for (Part part : parts) {
        VerifiedFiles.check(folder.resolve(part.file()), part);
      }
    }
    boolean ours = Files.exists(folder.resolve(TableManifest.FILE));
    var rows = new TableRows.Builder();
    for (Part part : manifest.metadata()) {
      RowParquet.read(folder.resolve(part.file()), ours, rows);
    }
    if (manifest.metadata().isEmpty()) {
      for (long i = 0; i < manifest.rows(); i++) {
        rows.add(Long.toString(i), Labels.NONE, null);
      }
    }
    if (rows.size() != manifest.rows()) {
      throw new SemblanceException(
          "%s has %d rows of vectors but %d rows of metadata: rows cannot be told apart; make the table again."
              .formatted(folder, manifest.rows(), rows.size()));
    }
    return EmbeddingTable.mapped(rows.build(), folder, manifest);
  }

  /// Reads what a table says of itself, without opening its vectors.
  ///
  /// @param folder a table folder
  /// @return its manifest, or one made up from the headers of a clip-retrieval folder
  /// @throws SemblanceException if the folder is no table, or of a newer format
  public static TableManifest manifest(Path folder) throws IOException {
    Path file = folder.resolve(TableManifest.FILE);
    if (!Files.exists(file)) {
      return ClipRetrievalFolder.manifest(folder);
    }
    TableManifest manifest = Json.read(file, TableManifest.class);
    if (manifest.format() != TableManifest.FORMAT) {
      throw new SemblanceException(
          "%s is of format %d; this program reads format %d: use the version that wrote it, or embed again."
              .formatted(file, manifest.format(), TableManifest.FORMAT));
    }
    ManifestCheck.require(manifest, file);
    return manifest;
  }

  /// Images of a table whose file equals that of one before them; they are listed in
  /// `duplicates.csv`.
  ///
  /// @param folder a table folder
  /// @return how many there are
  /// @throws IOException if the list cannot be read
  public static int duplicates(Path folder) throws IOException {
    Path file = folder.resolve(TableFiles.DUPLICATES);
    if (!Files.exists(file)) {
      return 0;
    }
    int images = 0;
    var groups = new HashSet<String>();
    try (var lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (var line : lines) {
        groups.add(line.getField(0));
        images++;
      }
    }
    return images - groups.size();
  }

  /// Hashes every file again, whatever was remembered.
  ///
  /// @param folder a table folder
  /// @throws SemblanceException at the first file that does not match its manifest
  public static void verify(Path folder) throws IOException {
    TableManifest manifest = manifest(folder);
    for (List<Part> parts : List.of(manifest.shards(), manifest.metadata())) {
      for (Part part : parts) {
        VerifiedFiles.checkAgain(folder.resolve(part.file()), part);
      }
    }
    open(folder).close();
  }

  /// Finds every table at or below a folder. Tables in the making and parts of tables (made with
  /// `--shard`) are left out.
  ///
  /// @param folder where to look
  /// @return table folders in the order of their paths; none if there is no table
  /// @throws SemblanceException if the folder is missing, or holds parts of tables only
  public static List<Path> find(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new SemblanceException(
          "There is no folder " + folder + ": give a table folder, or one that holds tables.");
    }
    var tables = new ArrayList<Path>();
    var parts = new ArrayList<Path>();
    try (Stream<Path> walk = Files.walk(folder, 4)) {
      for (Path found :
          walk.filter(Files::isDirectory)
              .filter(p -> !isHidden(folder.relativize(p)))
              .filter(TableFolder::isTable)
              .sorted(Comparator.comparing(Path::toString))
              .toList()) {
        (isPart(found) ? parts : tables).add(found);
      }
    } catch (UncheckedIOException e) {
      throw new SemblanceException(
          "Cannot list " + folder + " (" + e.getCause().getMessage() + ").", e);
    }
    if (tables.isEmpty() && !parts.isEmpty()) {
      throw new SemblanceException(
          "%s holds parts of a table (%s): join them first with 'semblance merge'."
              .formatted(folder, parts.getFirst().getFileName()));
    }
    return tables;
  }

  private static boolean isHidden(Path below) {
    for (Path name : below) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPart(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(TableManifest.FILE))) {
      return false;
    }
    TableManifest.Source source =
        Json.read(folder.resolve(TableManifest.FILE), TableManifest.class).collection();
    return source != null && source.shard() != null;
  }

  /// @param folder any folder
  /// @return whether it holds a manifest or clip-retrieval's vectors
  public static boolean isTable(Path folder) {
    return Files.isRegularFile(folder.resolve(TableManifest.FILE))
        || Files.isDirectory(folder.resolve("img_emb"));
  }

  static List<Shard> map(Path folder, TableManifest manifest, Arena arena) throws IOException {
    var shards = new ArrayList<Shard>();
    long rows = 0;
    for (Part part : manifest.shards()) {
      Path file = folder.resolve(part.file());
      ShardHeader header = ShardHeader.read(file);
      boolean fits =
          header.shape().length == 2
              && header.shape()[0] == part.rows()
              && header.shape()[1] == manifest.dimension()
              && header.type().equals(manifest.precision().descriptor());
      if (!fits) {
        throw new SemblanceException(
            "%s holds %s of type %s, the manifest says %d x %d of %s: make the table again."
                .formatted(
                    file,
                    java.util.Arrays.toString(header.shape()),
                    header.type(),
                    part.rows(),
                    manifest.dimension(),
                    manifest.precision().descriptor()));
      }
      rows += part.rows();
      shards.add(
          new Shard(
              map(file, header, arena), part.rows(), manifest.dimension(), manifest.precision()));
    }
    if (rows != manifest.rows()) {
      throw new SemblanceException(
          "%s says %d rows, its shards hold %d: make the table again."
              .formatted(folder, manifest.rows(), rows));
    }
    return shards;
  }

  private static MemorySegment map(Path file, ShardHeader header, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(
          FileChannel.MapMode.READ_ONLY,
          header.dataOffset(),
          channel.size() - header.dataOffset(),
          arena);
    }
  }
}
