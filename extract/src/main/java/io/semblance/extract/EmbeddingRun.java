package io.semblance.extract;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionImage;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import io.semblance.core.table.TableRow;
import io.semblance.core.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Takes a collection through an extractor into a table on disk.
///
/// Images are read and prepared by several threads while earlier ones are embedded and written.
/// Batches begin at fixed places of the collection, and an image that cannot be used only leaves a
/// gap in its batch, so the table's bytes depend on neither timing nor on where a killed run went
/// on. An unusable image is listed in the table's `failures.csv` and skipped.
public final class EmbeddingRun {

  private final ImageCollection collection;
  private final Extractor extractor;
  private final ExtractOptions options;

  /// What a run left on disk.
  ///
  /// @param folder the finished table
  /// @param images in the collection
  /// @param embedded of them, with a vector
  /// @param failed of them, listed in `failures.csv`
  /// @param resumedAt index this run began with: 0 for a fresh one, `images` if nothing was to do
  public record Result(Path folder, int images, int embedded, int failed, int resumedAt) {}

  /// Prepares a run; nothing is read yet.
  ///
  /// @param collection the images, in the order of the table's rows
  /// @param extractor makes the vectors; stays open
  /// @param options threads, batch size, precision
  public EmbeddingRun(ImageCollection collection, Extractor extractor, ExtractOptions options) {
    this.collection = collection;
    this.extractor = extractor;
    this.options = options;
  }

  /// Makes the table, or goes on with an interrupted one, or does nothing if it is complete.
  ///
  /// @param folder the table's final place
  /// @param progress hears of every batch
  /// @return what is there now
  /// @throws SemblanceException if `folder` holds something else, no image can be used, or the disk
  ///   is full; what was done stays for the next run
  public Result writeTo(Path folder, Progress progress) throws IOException {
    int resumedAt;
    try (TableWriter writer = TableWriter.open(folder, spec())) {
      resumedAt = writer.consumed();
      requireUnchanged(writer.rowsSoFar(), folder);
      if (!writer.complete()) {
        embedFrom(resumedAt, writer, progress);
        writer.finish();
      }
    }
    TableManifest table = TableFolder.manifest(folder);
    return new Result(
        folder, collection.size(), Math.toIntExact(table.rows()), table.failures(), resumedAt);
  }

  /// Vectors of an earlier run stand for the images they were made from, and for no others of the
  /// same names.
  private void requireUnchanged(List<TableRow> rows, Path folder) throws IOException {
    var paths = new HashMap<String, Path>();
    for (CollectionImage image : collection.images()) {
      paths.put(image.id(), image.path());
    }
    for (TableRow row : rows) {
      if (row.sha256() != null && !row.sha256().equals(Sha256.of(paths.get(row.id())))) {
        throw new SemblanceException(
            "%s is another image than the one that %s was made from: add --overwrite to embed again, or choose another --out."
                .formatted(row.id(), folder));
      }
    }
  }

  private TableWriter.Spec spec() {
    return new TableWriter.Spec(
        extractor.card().provenance(),
        extractor.dimension(),
        options.precision(),
        collection.root().toAbsolutePath().normalize().toString(),
        collection.listingHash(),
        collection.size(),
        extractor.card().hash(options.batchSize()));
  }

  private void embedFrom(int start, TableWriter writer, Progress progress) throws IOException {
    List<CollectionImage> images = collection.images();
    long checkpointed = System.nanoTime();
    progress.at(start, images.size());
    try (var pipeline = new PreparedImages(images, start, extractor, options)) {
      for (int from = start; from < images.size(); ) {
        int to = Math.min(images.size(), (from / options.batchSize() + 1) * options.batchSize());
        write(pipeline.take(to - from), writer);
        from = to;
        if (System.nanoTime() - checkpointed >= options.checkpointEvery().toNanos()) {
          writer.checkpoint();
          checkpointed = System.nanoTime();
        }
        progress.at(from, images.size());
      }
    }
  }

  private void write(List<PreparedImages.Prepared> batch, TableWriter writer) throws IOException {
    var inputs = new ArrayList<float[]>();
    for (PreparedImages.Prepared image : batch) {
      if (image.input() != null) {
        inputs.add(image.input());
      }
    }
    int d = extractor.dimension();
    float[] vectors = new float[inputs.size() * d];
    if (!inputs.isEmpty()) {
      extractor.embed(inputs, vectors);
    }
    int row = 0;
    for (PreparedImages.Prepared image : batch) {
      if (image.input() == null) {
        writer.fail(image.image().id(), image.failure());
      } else if (!finite(vectors, row * d, d)) {
        writer.fail(image.image().id(), image.image().id() + " gave a vector that is not finite.");
        row++;
      } else {
        var labels = image.image().labels();
        writer.append(new TableRow(image.image().id(), labels, image.sha256()), vectors, row * d);
        row++;
      }
    }
  }

  private static boolean finite(float[] vectors, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!Float.isFinite(vectors[i])) {
        return false;
      }
    }
    return true;
  }
}
