package io.semblance.attribution;

import io.semblance.attribution.IndexManifest.Source;
import io.semblance.attribution.feature.FeatureRows;
import io.semblance.attribution.mapper.FeatureSpace;
import io.semblance.attribution.mapper.SpaceCorrection;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import io.semblance.core.file.Sha256;
import io.semblance.core.search.ExactSearch;
import io.semblance.core.search.Metric;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One or several embedding tables of one model, ready to be searched.
///
/// On disk an index is a folder with an `index.json` that **refers** to the tables and holds no
/// copy of them: the tables must stay where they are, and opening checks that their manifests are
/// still the same. Made by [IndexBuilder]. Tables are mapped, not read; safe for use by several
/// threads; close it to release them.
public final class AttributionIndex implements AutoCloseable {

  private final IndexManifest manifest;
  private final String sha256;
  private final List<EmbeddingTable> tables;
  private FeatureSpace space;

  private AttributionIndex(IndexManifest manifest, String sha256, List<EmbeddingTable> tables) {
    this.manifest = manifest;
    this.sha256 = sha256;
    this.tables = List.copyOf(tables);
  }

  /// Opens an index and all its tables.
  ///
  /// @param folder an index folder
  /// @return the index; close it
  /// @throws SemblanceException if a table is missing or has changed since the index was built; the
  ///   message says which and how
  public static AttributionIndex open(Path folder) throws IOException {
    IndexManifest manifest = info(folder);
    var tables = new ArrayList<EmbeddingTable>();
    try {
      for (Source source : manifest.tables()) {
        tables.add(TableFolder.open(unchanged(folder, manifest, source)));
      }
    } catch (IOException | RuntimeException e) {
      tables.forEach(EmbeddingTable::close);
      throw e;
    }
    return new AttributionIndex(manifest, Sha256.of(folder.resolve(IndexManifest.FILE)), tables);
  }

  /// What an index says of itself, without touching its tables.
  ///
  /// @param folder an index folder
  /// @return its manifest
  /// @throws SemblanceException if the folder is no index, or one of another format
  public static IndexManifest info(Path folder) throws IOException {
    Path file = folder.resolve(IndexManifest.FILE);
    if (!Files.exists(file)) {
      throw new SemblanceException(
          folder
              + " is not an index (no "
              + IndexManifest.FILE
              + "): make one with 'semblance index build'.");
    }
    IndexManifest manifest = Json.read(file, IndexManifest.class);
    if (manifest.format() != IndexManifest.FORMAT || !IndexManifest.EXACT.equals(manifest.kind())) {
      throw new SemblanceException(
          "%s is an index of format %d and kind %s; this program reads format %d and kind %s: build it again."
              .formatted(
                  file,
                  manifest.format(),
                  manifest.kind(),
                  IndexManifest.FORMAT,
                  IndexManifest.EXACT));
    }
    if (manifest.provenance() == null || manifest.tables() == null || manifest.tables().isEmpty()) {
      throw new SemblanceException(file + " names no model or no table: build it again.");
    }
    try {
      SpaceCorrection.parse(manifest.correction());
    } catch (IllegalArgumentException e) {
      throw new SemblanceException("%s: %s; build it again.".formatted(file, e.getMessage()), e);
    }
    return manifest;
  }

  /// Hashes every file of every table again.
  ///
  /// @param folder an index folder
  /// @throws SemblanceException at the first thing that does not match
  public static void verify(Path folder) throws IOException {
    IndexManifest manifest = info(folder);
    for (Source source : manifest.tables()) {
      TableFolder.verify(unchanged(folder, manifest, source));
    }
  }

  private static Path unchanged(Path folder, IndexManifest manifest, Source source)
      throws IOException {
    Path table = TableReference.resolve(folder, source.path());
    if (!Files.isDirectory(table)) {
      throw new SemblanceException(
          "The index %s refers to a table at %s, and there is none: put it back, or build the index again."
              .formatted(folder, table));
    }
    String now = TableReference.manifestSha256(table);
    if (!now.equals(source.manifestSha256())) {
      var there = TableFolder.manifest(table);
      throw new SemblanceException(
          "The table %s has changed since the index %s was built: then %d rows of %s (manifest %.12s), now %d rows of %s (manifest %.12s); build the index again."
              .formatted(
                  table,
                  folder,
                  source.rows(),
                  manifest.provenance().modelId(),
                  source.manifestSha256(),
                  there.rows(),
                  there.provenance().modelId(),
                  now));
    }
    return table;
  }

  /// @return what the index says of itself
  public IndexManifest manifest() {
    return manifest;
  }

  /// @return hash of `index.json`, which names the hashes of all below it
  public String sha256() {
    return sha256;
  }

  /// @return the tables in the index's order; the index closes them
  public List<EmbeddingTable> tables() {
    return tables;
  }

  /// The feature space as the index corrects it. Fitted to its tables the first time it is asked
  /// for, which takes seconds where there is a correction.
  ///
  /// @return the space; valid as long as the index is open
  /// @throws SemblanceException if a number of the tables is not finite
  public synchronized FeatureSpace space() throws SemblanceException {
    if (space == null) {
      space =
          SpaceCorrection.parse(manifest.correction())
              .fit(tables.stream().map(FeatureRows::of).toList());
    }
    return space;
  }

  /// @param metric what near means
  /// @return a search over all tables, of features without correction, valid until the index is
  ///   closed
  public ExactSearch search(Metric metric) {
    return new ExactSearch(tables, metric);
  }

  /// @param table number of the table, from 0
  /// @param row number of the row in it, from 0
  /// @return that image
  public IndexedImage image(int table, int row) {
    Source source = manifest.tables().get(table);
    TableRow found = tables.get(table).rows().get(row);
    String id = tables.size() == 1 ? found.id() : source.name() + "/" + found.id();
    return new IndexedImage(id, source.name(), found, file(source.collectionRoot(), found.id()));
  }

  /// The image's file, if its id names one inside the collection's folder.
  static Path file(String root, String id) {
    if (root == null) {
      return null;
    }
    try {
      Path folder = Path.of(root).normalize();
      Path file = folder.resolve(id).normalize();
      return file.startsWith(folder) ? file : null;
    } catch (InvalidPathException _) {
      return null;
    }
  }

  /// Releases the tables.
  @Override
  public void close() {
    tables.forEach(EmbeddingTable::close);
  }
}
