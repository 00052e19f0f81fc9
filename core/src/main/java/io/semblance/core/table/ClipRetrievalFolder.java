package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.NumberedFiles;
import io.semblance.core.table.TableManifest.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder written by clip-retrieval or numpy alone: vectors in `img_emb`, perhaps metadata, no
/// manifest.
final class ClipRetrievalFolder {

  private ClipRetrievalFolder() {}

  static TableManifest manifest(Path folder) throws IOException {
    List<Path> vectors = NumberedFiles.in(folder.resolve("img_emb"), ".npy");
    if (vectors.isEmpty()) {
      throw new SemblanceException(
          folder
              + " is not an embedding table (no "
              + TableManifest.FILE
              + ", no img_emb/*.npy): make one with 'semblance embed' or 'semblance convert'.");
    }
    List<Path> metadata = NumberedFiles.in(folder.resolve("metadata"), ".parquet");
    if (!metadata.isEmpty() && metadata.size() != vectors.size()) {
      throw new SemblanceException(
          "%s has %d files of vectors and %d of metadata: rows align by file number, so the numbers must be equal."
              .formatted(folder, vectors.size(), metadata.size()));
    }
    ShardHeader first = ShardHeader.read(vectors.getFirst());
    var shards = new ArrayList<Part>();
    long rows = 0;
    for (Path file : vectors) {
      ShardHeader header = ShardHeader.read(file);
      if (header.shape().length != 2
          || header.shape()[1] != first.shape()[1]
          || !header.type().equals(first.type())) {
        throw new SemblanceException(
            file
                + " does not fit "
                + vectors.getFirst()
                + ": every file needs rows of the same length and type.");
      }
      rows += header.shape()[0];
      shards.add(part(folder, file, header.shape()[0]));
    }
    var parts = new ArrayList<Part>();
    for (Path file : metadata) {
      parts.add(part(folder, file, -1));
    }
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return new TableManifest(
        TableManifest.FORMAT,
        Provenance.unknown(name == null ? "unknown" : name.toString()),
        null,
        Math.toIntExact(first.shape()[1]),
        precision(first, vectors.getFirst()),
        rows,
        0,
        0,
        null,
        shards,
        parts);
  }

  private static Precision precision(ShardHeader header, Path file) throws SemblanceException {
    for (Precision precision : Precision.values()) {
      if (precision.descriptor().equals(header.type())) {
        return precision;
      }
    }
    throw new SemblanceException(
        file + " holds numbers of type '" + header.type() + "': save x.astype('float32') instead.");
  }

  private static Part part(Path folder, Path file, long rows) throws IOException {
    return new Part(
        folder.relativize(file).toString().replace('\\', '/'), rows, Files.size(file), null);
  }
}
