package io.semblance.core.exchange;

import io.semblance.core.array.NumberType;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Precision;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A table folder with our manifest.
final class FolderSource implements TableSource {

  private final EmbeddingTable table;
  private final TableManifest manifest;
  private final ParquetFiles metadata; // null: rows have no further columns
  private final RowNames further;

  private FolderSource(
      EmbeddingTable table, TableManifest manifest, ParquetFiles metadata, RowNames further) {
    this.table = table;
    this.manifest = manifest;
    this.metadata = metadata;
    this.further = further;
  }

  static FolderSource open(Path folder) throws IOException {
    TableManifest manifest = TableFolder.manifest(folder);
    EmbeddingTable table = TableFolder.open(folder);
    try {
      if (table.metadata().columns().isEmpty()) {
        return new FolderSource(table, manifest, null, null);
      }
      ParquetFiles files = ParquetFiles.open(table.metadata().files());
      return new FolderSource(
          table, manifest, files, new ParquetNames(files, files.columns(), null, null));
    } catch (IOException | RuntimeException e) {
      table.close();
      throw e;
    }
  }

  @Override
  public Provenance provenance() {
    return table.provenance();
  }

  @Override
  public long size() {
    return table.size();
  }

  @Override
  public int dimension() {
    return table.dimension();
  }

  @Override
  public NumberType type() {
    return table.precision() == Precision.FLOAT16 ? NumberType.FLOAT16 : NumberType.FLOAT32;
  }

  @Override
  public List<String> columns() {
    return further == null ? List.of() : further.columns();
  }

  @Override
  public Origin origin() {
    TableManifest.Source source = manifest.collection();
    return new Origin(
        source == null ? new TableManifest.Source(null, table.size(), null) : source,
        manifest.extractor());
  }

  @Override
  public RowStream descriptions() throws IOException {
    return stream(0, false);
  }

  @Override
  public RowStream rows(long from) throws IOException {
    return stream(from, true);
  }

  private RowStream stream(long from, boolean vectors) throws IOException {
    RowNames.Cursor cursor = further == null ? null : further.open(from);
    long[] at = {from};
    return new RowStream() {
      @Override
      public boolean read(RowBlock block) throws IOException {
        int count = (int) Math.min(block.capacity(), size() - at[0]);
        if (vectors) {
          table.copyRows(at[0], count, block.vectors(), 0);
        }
        if (cursor != null) {
          cursor.fill(block, count);
        }
        for (int i = 0; i < count; i++) {
          block.row(i, table.rows().get((int) at[0] + i));
        }
        block.size(count);
        at[0] += count;
        return count > 0;
      }

      @Override
      public void close() throws IOException {
        if (cursor != null) {
          cursor.close();
        }
      }
    };
  }

  @Override
  public void close() throws IOException {
    table.close();
    if (metadata != null) {
      metadata.close();
    }
  }
}
