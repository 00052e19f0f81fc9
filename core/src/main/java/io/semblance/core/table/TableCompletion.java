package io.semblance.core.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Unlisted;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.TableManifest.Part;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes a table of what was gathered: headers, metadata, lists of what is missing or double, and
/// last the manifest.
final class TableCompletion {

  /// Images that are no longer in the collection; only where there are some.
  static final String REMOVED = "removed.csv";

  private final PartialTable partial;

  TableCompletion(PartialTable partial) {
    this.partial = partial;
  }

  /// Writes all but the final name.
  ///
  /// @param unlisted listed as failures
  /// @param removed rows of images that are gone, the last ones
  /// @return what the manifest says
  TableManifest write(List<Unlisted> unlisted, int removed) throws IOException {
    for (Unlisted place : unlisted) {
      partial.fail(new Journal.Failure(place.place(), place.reason(), null));
    }
    partial.syncJournal();
    TableWriter.Spec spec = partial.spec();
    int rows = partial.checkpoint().rows();
    if (rows == 0) {
      throw new SemblanceException(
          "None of the "
              + spec.images()
              + " images could be embedded with "
              + spec.provenance().modelId()
              + " (the first: "
              + firstFailure()
              + ").");
    }
    var shards = new ArrayList<Part>();
    var metadata = new ArrayList<Part>();
    ShardFiles files = partial.shards();
    for (Path file : files.complete()) {
      shards.add(part(file, files.rowsIn(shards.size())));
    }
    int failures;
    try (var beside = new TableFiles(partial.folder(), partial.journal())) {
      for (int k = 0; k < files.count(); k++) {
        Path file =
            partial
                .folder()
                .resolve("metadata")
                .resolve("metadata_" + files.number(k) + ".parquet");
        long from = files.firstRow(k);
        beside.metadata(file, from, from + files.rowsIn(k), partial.listing());
        metadata.add(part(file, files.rowsIn(k)));
      }
      failures = beside.failures();
      beside.duplicates();
      beside.seen();
    }
    writeRemoved(rows, removed);
    var manifest =
        new TableManifest(
            TableManifest.FORMAT,
            spec.provenance(),
            spec.extractorHash(),
            spec.dimension(),
            spec.precision(),
            rows,
            failures,
            removed,
            spec.collection(),
            shards,
            metadata);
    Json.write(manifest, partial.folder().resolve(TableManifest.FILE));
    return manifest;
  }

  /// Notes that the files just written have the hashes that the manifest says.
  void remember(Path folder, TableManifest manifest) throws IOException {
    for (List<Part> parts : List.of(manifest.shards(), manifest.metadata())) {
      for (Part part : parts) {
        VerifiedFiles.remember(folder.resolve(part.file()), part);
      }
    }
  }

  private void writeRemoved(int rows, int removed) throws IOException {
    if (removed == 0) {
      return;
    }
    AtomicFile.write(
        partial.folder().resolve(REMOVED),
        out -> {
          try (var csv =
              CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            csv.writeRecord("image");
            int[] row = {0};
            Journal.each(
                partial.journal(),
                entry -> {
                  if (entry instanceof Journal.Row && row[0]++ >= rows - removed) {
                    csv.writeRecord(entry.id());
                  }
                });
          }
        });
  }

  private String firstFailure() throws IOException {
    var first = new ArrayList<String>();
    Journal.each(
        partial.journal(),
        entry -> {
          if (entry instanceof Journal.Failure failure && first.isEmpty()) {
            first.add(failure.reason());
          }
        });
    return first.isEmpty() ? "none was tried" : first.getFirst();
  }

  private Part part(Path file, long rows) throws IOException {
    String name = partial.folder().relativize(file).toString().replace('\\', '/');
    return new Part(name, rows, Files.size(file), Sha256.of(file));
  }
}
