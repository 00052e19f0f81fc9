package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Writes a table folder, resumably.
final class FolderTarget {

  private static final long CHECKPOINT_NANOS = Duration.ofSeconds(2).toNanos();

  private FolderTarget() {}

  static void write(Conversion job) throws IOException {
    if (TableFormats.extension(job.target()).matches("npz|pth?|pkl|[fbi]vecs|(f|u8|i8|i)bin")) {
      throw new SemblanceException(
          "%s cannot be written: .npy, .safetensors, .csv, .parquet and table folders can."
              .formatted(job.target()));
    }
    TableSource source = job.source();
    TableSource.Origin origin = source.origin();
    Path listing = source.columns().isEmpty() ? null : ParquetTarget.listing(source);
    var spec =
        new TableWriter.Spec(
            source.provenance(),
            source.dimension(),
            job.precision(),
            origin.collection(),
            (int) source.size(),
            origin.extractor());
    try (TableWriter writer = TableWriter.open(job.target(), spec, listing, job.replace())) {
      long[] last = {System.nanoTime()};
      job.each(
          writer.consumed(),
          block -> {
            job.noteHalves(block);
            for (int i = 0; i < block.size(); i++) {
              writer.append(block.row(i), block.vectors(), i * block.dimension());
            }
            if (System.nanoTime() - last[0] > CHECKPOINT_NANOS) {
              writer.checkpoint();
              last[0] = System.nanoTime();
            }
          });
      if (!writer.complete()) {
        writer.finish();
      }
    } finally {
      if (listing != null) {
        Files.deleteIfExists(listing);
      }
    }
  }
}
