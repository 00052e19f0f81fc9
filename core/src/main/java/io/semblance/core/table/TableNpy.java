package io.semblance.core.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Tables as one bare `.npy` file, as numpy users keep them.
public final class TableNpy {

  private TableNpy() {}

  /// Writes a table's vectors, and its ids and labels beside them as `<name>.rows.csv`.
  ///
  /// @param table n x d
  /// @param file the `.npy`, written in one step
  /// @param precision type of a component in the file
  /// @throws IOException if it cannot be written
  public static void write(EmbeddingTable table, Path file, Precision precision)
      throws IOException {
    AtomicFile.write(
        file,
        out -> {
          out.write(NpyHeader.bytes(precision, table.size(), table.dimension()));
          float[] vector = new float[table.dimension()];
          ByteBuffer row =
              ByteBuffer.allocate(vector.length * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
          for (int i = 0; i < table.size(); i++) {
            table.copyRows(i, 1, vector, 0);
            row.clear();
            for (float v : vector) {
              switch (precision) {
                case FLOAT32 -> row.putFloat(v);
                case FLOAT16 -> row.putShort(Float.floatToFloat16(v));
              }
            }
            out.write(row.array());
          }
        });
    AtomicFile.write(
        rowsFile(file),
        out -> {
          var csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          csv.writeRecord("id", "category", "style", "instance", "sha256");
          for (TableRow row : table.rows()) {
            Labels l = row.labels();
            csv.writeRecord(row.id(), l.category(), l.style(), l.instance(), row.sha256());
          }
          csv.flush();
        });
  }

  /// Reads a two-dimensional float16 or float32 array into a new table folder.
  ///
  /// @param file the `.npy`
  /// @param ids one id a row, or null for row numbers
  /// @param folder the table to make
  /// @param provenance which model
  /// @param precision how to store components
  /// @param pattern where labels come from, or null
  /// @throws SemblanceException if the array is no table of numbers or the number of ids differs
  public static void read(
      Path file,
      List<String> ids,
      Path folder,
      Provenance provenance,
      Precision precision,
      FileNamePattern pattern)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new SemblanceException("There is no file " + file + ": check the path.");
    }
    NpyHeader header = NpyHeader.read(file);
    Precision stored = stored(header, file);
    int rows = Math.toIntExact(header.shape()[0]);
    int d = Math.toIntExact(header.shape()[1]);
    if (ids != null && ids.size() != rows) {
      throw new SemblanceException(
          "%s has %d rows, but there are %d ids: give one id a row, in the same order."
              .formatted(file, rows, ids.size()));
    }
    var spec =
        new TableWriter.Spec(
            provenance,
            d,
            precision,
            file.toAbsolutePath().getParent().toString(),
            Sha256.of(file),
            rows,
            Sha256.of("npy"));
    try (TableWriter writer = TableWriter.open(folder, spec);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      long bytes = channel.size() - header.dataOffset();
      var shard =
          new Shard(
              channel.map(FileChannel.MapMode.READ_ONLY, header.dataOffset(), bytes, arena),
              rows,
              d,
              stored);
      float[] vector = new float[d];
      for (int i = writer.consumed(); i < rows; i++) {
        shard.copy(i, 1, vector, 0);
        String id = ids == null ? Integer.toString(i) : ids.get(i);
        Labels labels = pattern == null ? Labels.NONE : pattern.match(id).orElse(Labels.NONE);
        writer.append(new TableRow(id, labels, null), vector, 0);
      }
      if (!writer.complete()) {
        writer.finish();
      }
    }
  }

  /// @param file a `.npy`
  /// @return where its ids and labels lie
  public static Path rowsFile(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - ".npy".length()) + ".rows.csv");
  }

  private static Precision stored(NpyHeader header, Path file) throws SemblanceException {
    for (Precision precision : Precision.values()) {
      if (header.shape().length == 2
          && header.shape()[0] > 0
          && header.shape()[1] > 0
          && precision.descriptor().equals(header.type())) {
        return precision;
      }
    }
    throw new SemblanceException(
        file
            + " is no table of float16 or float32 rows (it holds "
            + java.util.Arrays.toString(header.shape())
            + " of '"
            + header.type()
            + "'): save x.astype('float32') with two axes.");
  }
}
