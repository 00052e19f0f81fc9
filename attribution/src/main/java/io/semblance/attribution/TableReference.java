package io.semblance.attribution;

import io.semblance.core.file.Json;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// How an index refers to a table folder.
final class TableReference {

  private TableReference() {}

  /// The table's path as the index writes it: relative to the index folder, so that both can move
  /// together, or absolute where there is no relative path.
  static String of(Path indexFolder, Path table) throws IOException {
    Path from = indexFolder.toRealPath();
    Path to = table.toRealPath();
    Path reference = Objects.equals(from.getRoot(), to.getRoot()) ? from.relativize(to) : to;
    return reference.toString().replace(from.getFileSystem().getSeparator(), "/");
  }

  static Path resolve(Path indexFolder, String reference) throws IOException {
    return indexFolder.toRealPath().resolve(reference).normalize();
  }

  /// Hash of the table's manifest file; of a clip-retrieval folder, which has none, of the manifest
  /// made up from its headers.
  static String manifestSha256(Path table) throws IOException {
    Path file = table.resolve(TableManifest.FILE);
    return Files.exists(file) ? Sha256.of(file) : Sha256.of(Json.of(TableFolder.manifest(table)));
  }
}
