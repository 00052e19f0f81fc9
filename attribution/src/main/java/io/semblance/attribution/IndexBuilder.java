package io.semblance.attribution;

import io.semblance.attribution.IndexManifest.Source;
import io.semblance.attribution.SameModel.Features;
import io.semblance.attribution.mapper.SpaceCorrection;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Makes an [AttributionIndex] of table folders.
public final class IndexBuilder {

  private IndexBuilder() {}

  /// Writes an index. An index already in that place is replaced: it only refers to tables, so
  /// nothing but the reference is lost.
  ///
  /// @param tables table folders of one model, at least one, each given once
  /// @param out the index folder; made if missing
  /// @return what was written
  /// @throws SemblanceException if a table is missing or damaged, is given twice, or is of another
  ///   model than the first; the message names both sides
  public static IndexManifest build(List<Path> tables, Path out) throws IOException {
    return build(tables, out, SpaceCorrection.NONE);
  }

  /// Writes an index whose feature space is corrected against hubs.
  ///
  /// @param tables as above
  /// @param out as above
  /// @param correction fitted to all the tables whenever the index is searched
  /// @return what was written
  /// @throws SemblanceException as above
  public static IndexManifest build(List<Path> tables, Path out, SpaceCorrection correction)
      throws IOException {
    if (tables.isEmpty()) {
      throw new SemblanceException("An index needs at least one embedding table: give its folder.");
    }
    Features first = null;
    long rows = 0;
    var seen = new HashSet<Path>();
    var names = new HashSet<String>();
    var sources = new ArrayList<Source>();
    for (Path table : tables) {
      Features features = opened(table);
      if (!seen.add(table.toRealPath())) {
        throw new SemblanceException(
            "The table "
                + table
                + " is given twice: every image would be found twice; give it once.");
      }
      if (first == null) {
        first = features;
      } else {
        SameModel.require(tables.getFirst().toString(), first, table.toString(), features);
      }
      Source source = source(table, folder(out), names);
      rows += source.rows();
      sources.add(source);
    }
    var manifest =
        new IndexManifest(
            IndexManifest.FORMAT,
            IndexManifest.EXACT,
            first.provenance(),
            first.dimension(),
            rows,
            sources,
            correction.word());
    Json.write(manifest, out.resolve(IndexManifest.FILE));
    return manifest;
  }

  /// Opens a table once, so that a damaged one is refused now and not at the first query.
  private static Features opened(Path folder) throws IOException {
    try (EmbeddingTable table = TableFolder.open(folder)) {
      return new Features(table.provenance(), table.dimension());
    }
  }

  private static Path folder(Path out) throws IOException {
    try {
      return Files.createDirectories(out);
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot make the folder %s (%s): choose another place for the index."
              .formatted(out, AtomicFile.reason(e)),
          e);
    }
  }

  private static Source source(Path table, Path out, Set<String> names) throws IOException {
    TableManifest manifest = TableFolder.manifest(table);
    String root = manifest.collection() == null ? null : manifest.collection().root();
    Path named = root == null ? table.toRealPath() : Path.of(root);
    return new Source(
        distinct(String.valueOf(named.getFileName()), names),
        TableReference.of(out, table),
        manifest.rows(),
        TableReference.manifestSha256(table),
        root);
  }

  private static String distinct(String wanted, Set<String> names) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }
}
