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

  private FolderSource(EmbeddingTable table, TableManifest manifest) {
    this.table = table;
    this.manifest = manifest;
  }

  static FolderSource open(Path folder) throws IOException {
    TableManifest manifest = TableFolder.manifest(folder);
    return new FolderSource(TableFolder.open(folder), manifest);
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
    return List.of();
  }

  @Override
  public Origin origin() {
    TableManifest.Source source = manifest.collection();
    return new Origin(
        source == null ? null : source.root(),
        source == null ? null : source.listingSha256(),
        manifest.extractor());
  }

  @Override
  public RowStream rows(long from) {
    long[] at = {from};
    return new RowStream() {
      @Override
      public boolean read(RowBlock block) {
        int count = (int) Math.min(block.capacity(), size() - at[0]);
        table.copyRows(at[0], count, block.vectors(), 0);
        for (int i = 0; i < count; i++) {
          block.row(i, table.rows().get((int) at[0] + i));
        }
        block.size(count);
        at[0] += count;
        return count > 0;
      }

      @Override
      public void close() {
        // the source owns the table
      }
    };
  }

  @Override
  public void close() {
    table.close();
  }
}
