package io.semblance.core.exchange;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.semblance.core.array.NumberType;
import io.semblance.core.array.SafetensorsWriter;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.table.Precision;
import io.semblance.core.table.ShardHeader;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes one array with a header in front (`.npy`, `.safetensors`), and ids, labels and further
/// columns beside it, see [RowsCsv].
final class ArrayTarget {

  /// The tensor's name in a `.safetensors` of ours.
  static final String TENSOR = "embeddings";

  private ArrayTarget() {}

  static void npy(Conversion job) throws IOException {
    TableSource source = job.source();
    write(job, ShardHeader.bytes(job.precision(), source.size(), source.dimension()));
  }

  static void safetensors(Conversion job) throws IOException {
    TableSource source = job.source();
    NumberType type =
        job.precision() == Precision.FLOAT16 ? NumberType.FLOAT16 : NumberType.FLOAT32;
    write(
        job,
        SafetensorsWriter.tableHeader(
            job.target(),
            SavedProvenance.texts(source.provenance()),
            TENSOR,
            type,
            source.size(),
            source.dimension()));
  }

  private static void write(Conversion job, byte[] header) throws IOException {
    Path beside = RowsCsv.beside(job.target());
    AtomicFile.write(
        beside,
        rowsOut -> {
          var csv =
              CsvWriter.builder().build(new OutputStreamWriter(rowsOut, StandardCharsets.UTF_8));
          List<String> columns = new ArrayList<>(RowsCsv.COLUMNS);
          columns.addAll(job.source().columns());
          csv.writeRecord(columns);
          AtomicFile.write(job.target(), out -> writeNumbers(job, header, out, csv));
          csv.flush();
        });
  }

  private static void writeNumbers(Conversion job, byte[] header, OutputStream out, CsvWriter csv)
      throws IOException {
    out.write(header);
    int most = RowBlock.of(job.source()).capacity() * job.source().dimension();
    byte[] bytes = new byte[most * job.precision().bytes()];
    short[] halves = new short[job.precision() == Precision.FLOAT16 ? most : 0];
    ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var cells = new ArrayList<String>();
    job.each(
        0,
        block -> {
          int count = block.size() * block.dimension();
          if (job.precision() == Precision.FLOAT32) {
            view.asFloatBuffer().put(block.vectors(), 0, count);
          } else {
            job.noteHalves(block);
            for (int i = 0; i < count; i++) {
              halves[i] = Float.floatToFloat16(block.vectors()[i]);
            }
            view.asShortBuffer().put(halves, 0, count);
          }
          out.write(bytes, 0, count * job.precision().bytes());
          for (int i = 0; i < block.size(); i++) {
            csv.writeRecord(describe(block, i, cells));
          }
        });
  }

  private static List<String> describe(RowBlock block, int i, List<String> cells) {
    TableRow row = block.row(i);
    Labels labels = row.labels();
    cells.clear();
    cells.add(row.id());
    cells.add(labels.category());
    cells.add(labels.style());
    cells.add(labels.instance());
    cells.add(row.sha256());
    for (String cell : block.cells(i)) {
      cells.add(cell);
    }
    return cells;
  }
}
