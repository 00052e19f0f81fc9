package io.semblance.core.exchange;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberType;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Vectors in mapped arrays, and what is known of the rows beside them.
final class StackedSource implements TableSource {

  private final Provenance provenance;
  private final Vectors vectors;
  private final RowNames names;
  private final List<Path> files;
  private final String reading;
  private final List<AutoCloseable> owned;

  /// @param files whose bytes make the source's hash
  /// @param reading what else decides what is read, e.g. the tensor's name
  /// @param owned closed with the source
  StackedSource(
      Provenance provenance,
      Vectors vectors,
      RowNames names,
      List<Path> files,
      String reading,
      List<AutoCloseable> owned) {
    this.provenance = provenance;
    this.vectors = vectors;
    this.names = names;
    this.files = files;
    this.reading = reading;
    this.owned = owned;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public long size() {
    return vectors.size();
  }

  @Override
  public int dimension() {
    return vectors.dimension();
  }

  @Override
  public NumberType type() {
    return vectors.type();
  }

  @Override
  public List<String> columns() {
    return names.columns();
  }

  @Override
  public RowStream descriptions() throws IOException {
    return names.descriptions(size());
  }

  @Override
  public RowStream rows(long from) throws IOException {
    return new NamedRows(
        names.open(from),
        from,
        size(),
        (block, first, count) -> vectors.copy(first, count, block.vectors()));
  }

  @Override
  public Origin origin() throws IOException {
    return origin(files, reading, size());
  }

  static Origin origin(List<Path> files, String reading, long rows) throws IOException {
    var all = new StringBuilder();
    for (Path file : files) {
      all.append(Sha256.of(file)).append('\n');
    }
    Path first = files.getFirst().toAbsolutePath();
    String hash = files.size() == 1 ? all.toString().strip() : Sha256.of(all.toString());
    return new Origin(
        new TableManifest.Source(first.getParent().toString(), Math.toIntExact(rows), hash),
        Sha256.of(reading));
  }

  @Override
  public void close() throws IOException {
    closeAll(owned);
  }

  static void closeAll(List<AutoCloseable> owned) throws IOException {
    for (AutoCloseable each : owned) {
      try {
        each.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new SemblanceException("Cannot close a file (" + e.getMessage() + ").", e);
      }
    }
  }
}
