package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/// Writes a table as Parquet: id, labels, hash, further columns, and the vector as a list of
/// float32 called `embedding`.
final class ParquetTarget {

  private ParquetTarget() {}

  static void write(Conversion job) throws IOException {
    Path target = job.target().toAbsolutePath();
    Path folder = target.resolveSibling("." + target.getFileName() + ".partial");
    Path finished = target.resolveSibling("." + target.getFileName() + ".finished");
    TableSource source = job.source();
    try (var out = new ParquetOutput(folder, "id", source.columns(), source.dimension())) {
      job.each(0, block -> append(block, out));
      out.copyTo(finished, SavedProvenance.texts(source.provenance()));
      AtomicFile.move(finished, target);
    } catch (SQLException e) {
      throw cannotWrite(job.target(), ParquetFiles.firstLine(e), e);
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw cannotWrite(job.target(), AtomicFile.reason(e), e);
    } finally {
      Files.deleteIfExists(finished);
    }
  }

  /// The rows of a source without their vectors, as the writer of table folders wants them.
  ///
  /// @return a temporary Parquet file; delete it
  static Path listing(TableSource source) throws IOException {
    Path folder = Files.createTempDirectory("semblance-");
    Path file = folder.resolveSibling(folder.getFileName() + ".parquet");
    RowBlock block = RowBlock.of(source);
    try (var out = new ParquetOutput(folder, "image_path", source.columns(), 0);
        TableSource.RowStream rows = source.descriptions()) {
      while (rows.read(block)) {
        out.append(block);
      }
      out.copyTo(file, Map.of());
      return file;
    } catch (SQLException e) {
      throw cannotWrite(file, ParquetFiles.firstLine(e), e);
    }
  }

  private static void append(RowBlock block, ParquetOutput out) throws IOException {
    try {
      out.append(block);
    } catch (SQLException e) {
      throw new IOException(ParquetFiles.firstLine(e), e);
    }
  }

  private static SemblanceException cannotWrite(Path target, String why, Exception e) {
    return new SemblanceException(
        "Cannot write %s (%s): check free space and permissions, then run the same command again."
            .formatted(target, why),
        e);
  }
}
