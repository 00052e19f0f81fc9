package io.semblance.extract;

import io.semblance.core.Progress;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.table.KnownRows;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import io.semblance.core.table.TableRow;
import io.semblance.core.table.TableUpdate;
import io.semblance.core.table.TableUpdate.Changes;
import io.semblance.core.table.TableWriter;
import io.semblance.core.table.UpdateOptions;
import io.semblance.extract.PreparedImages.Fresh;
import io.semblance.extract.PreparedImages.Prepared;
import io.semblance.extract.PreparedImages.Reused;
import io.semblance.extract.PreparedImages.Unusable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/// Takes a collection through an extractor into a table on disk.
///
/// Images are read and prepared by several threads while earlier ones are embedded and written.
/// Batches begin at fixed places of the collection, and an image that cannot be used only leaves a
/// gap in its batch, so the table's bytes depend on neither timing nor on where a killed run went
/// on. An unusable image is listed in the table's `failures.csv` and skipped.
///
/// Onto a finished table, the run embeds what is new or changed and takes over the other vectors.
public final class EmbeddingRun {

  private final ImageCollection collection;
  private final Extractor extractor;
  private final ExtractOptions options;
  private final TableManifest.ShardOf shard;
  private int reused;
  private int embedded;

  /// What a run left on disk.
  ///
  /// @param folder the finished table
  /// @param images in the collection
  /// @param rows of the table: images with a vector, and rows kept of images that are gone
  /// @param failed images and places without a row, listed in `failures.csv`
  /// @param resumedAt index this run began with: 0 for a fresh one, `images` if nothing was to do
  /// @param embedded images this run computed
  /// @param reused images whose vector an earlier table had
  /// @param changes images added to the collection and gone from it, since the finished table
  /// @param kept rows of images that are gone, listed in `removed.csv`
  /// @param duplicates images whose file equals that of one before them, listed in `duplicates.csv`
  public record Result(
      Path folder,
      int images,
      int rows,
      int failed,
      int resumedAt,
      int embedded,
      int reused,
      Changes changes,
      int kept,
      int duplicates) {

    /// @return whether the table was up to date
    public boolean nothingToDo() {
      return resumedAt == images;
    }
  }

  /// Prepares a run over a whole collection; nothing is read yet.
  ///
  /// @param collection the images, in the order of the table's rows
  /// @param extractor makes the vectors; stays open
  /// @param options threads, batch size, precision
  public EmbeddingRun(ImageCollection collection, Extractor extractor, ExtractOptions options) {
    this(collection, extractor, options, null);
  }

  /// Prepares a run over a part of a collection; nothing is read yet.
  ///
  /// @param collection the images of the part
  /// @param extractor makes the vectors; stays open
  /// @param options threads, batch size, precision
  /// @param shard which part it is, or null for the whole
  public EmbeddingRun(
      ImageCollection collection,
      Extractor extractor,
      ExtractOptions options,
      TableManifest.ShardOf shard) {
    this.collection = collection;
    this.extractor = extractor;
    this.options = options;
    this.shard = shard;
  }

  /// Makes the table, or goes on with an interrupted one, or brings a finished one up to date, or
  /// does nothing if it is.
  ///
  /// @param folder the table's final place
  /// @param progress hears of every batch; may stop the run by a [CancellationException]
  /// @param say hears what the user should know, in sentences
  /// @return what is there now
  /// @throws io.semblance.core.SemblanceException if `folder` holds something else, no image can be
  ///   used, or the disk is full; what was done stays for the next run
  public Result writeTo(Path folder, Progress progress, Consumer<String> say) throws IOException {
    var update =
        UpdateOptions.defaults()
            .withReuse(extractor.card().kind() != Provenance.Kind.CONCEPTUAL)
            .withPrune(options.prune())
            .withFresh(options.fresh());
    int resumedAt = collection.size();
    Changes changes;
    try (TableUpdate opened = TableUpdate.open(folder, spec(), collection, update, say)) {
      changes = opened.changes();
      if (!opened.upToDate()) {
        resumedAt = Math.min(opened.writer().consumed(), collection.size());
        embedFrom(resumedAt, opened, progress);
        appendKept(opened);
        opened.writer().finish(collection.unlisted(), opened.kept().size());
      }
    }
    TableManifest table = TableFolder.manifest(folder);
    return new Result(
        folder,
        collection.size(),
        Math.toIntExact(table.rows()),
        table.failures(),
        resumedAt,
        embedded,
        reused,
        changes,
        table.removed(),
        TableFolder.duplicates(folder));
  }

  private TableWriter.Spec spec() throws IOException {
    ModelCard card = extractor.card().readAs(options.reading());
    var source =
        new TableManifest.Source(
            collection.root().toAbsolutePath().normalize().toString(),
            collection.size(),
            collection.listingHash(),
            card.computational() ? options.reading().describe() : null,
            shard);
    return new TableWriter.Spec(
        card.provenance(),
        extractor.dimension(),
        options.precision(),
        source,
        collection.size(),
        card.hash(options.batchSize()));
  }

  private void embedFrom(int start, TableUpdate update, Progress progress) throws IOException {
    TableWriter writer = update.writer();
    int images = collection.size();
    long checkpointed = System.nanoTime();
    try (var pipeline = new PreparedImages(collection, start, update.known(), extractor, options)) {
      progress.at(start, images);
      for (int from = start; from < images; ) {
        int to = Math.min(images, (from / options.batchSize() + 1) * options.batchSize());
        write(pipeline.take(to - from), update);
        from = to;
        if (System.nanoTime() - checkpointed >= options.checkpointEvery().toNanos()) {
          writer.checkpoint();
          checkpointed = System.nanoTime();
        }
        progress.at(from, images);
      }
    } catch (CancellationException e) {
      writer.checkpoint();
      throw e;
    }
  }

  private void write(List<Prepared> batch, TableUpdate update) throws IOException {
    var inputs = new ArrayList<float[]>();
    for (Prepared image : batch) {
      if (image instanceof Fresh fresh) {
        inputs.add(fresh.input());
      }
    }
    int d = extractor.dimension();
    float[] vectors = new float[inputs.size() * d];
    if (!inputs.isEmpty()) {
      extractor.embed(inputs, vectors);
    }
    TableWriter writer = update.writer();
    float[] known = new float[d];
    int at = 0;
    for (Prepared image : batch) {
      String id = image.image().id();
      switch (image) {
        case Unusable(_, String state, String reason) -> writer.fail(id, reason, state);
        case Reused(_, String state, String sha256, KnownRows.Place place) -> {
          update.known().copy(place, known, 0);
          writer.append(new TableRow(id, image.image().labels(), sha256), state, known, 0);
          reused++;
        }
        case Fresh(_, String state, String sha256, _) -> {
          if (finite(vectors, at, d)) {
            writer.append(new TableRow(id, image.image().labels(), sha256), state, vectors, at);
            embedded++;
          } else {
            writer.fail(id, id + " gave a vector that is not finite.", state);
          }
          at += d;
        }
      }
    }
  }

  /// Takes over the rows of images that are gone, which a run interrupted here may have begun with.
  private void appendKept(TableUpdate update) throws IOException {
    float[] vector = new float[extractor.dimension()];
    int done = Math.max(0, update.writer().consumed() - collection.size());
    for (KnownRows.Place place : update.kept().subList(done, update.kept().size())) {
      update.known().copy(place, vector, 0);
      update.writer().append(update.known().row(place), update.known().state(place), vector, 0);
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
