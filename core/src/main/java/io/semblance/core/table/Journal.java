package io.semblance.core.table;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One line for each image of a table in the making, in order: what it is, or why it has no vector.
final class Journal implements AutoCloseable {

  private static final String ROW = "row";
  private static final String FAILURE = "failure";

  private final Path file;
  private final FileChannel channel;

  /// An image without a vector.
  record Failure(String id, String reason) {}

  /// Opens the journal and cuts off what lies behind its last known good length.
  Journal(Path file, long length) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      PartialTable.requireLength(channel, length, file);
      channel.truncate(length);
      channel.position(length);
    } catch (SemblanceException e) {
      channel.close();
      throw e;
    }
  }

  void row(TableRow row) throws IOException {
    Labels l = row.labels();
    write(ROW, row.id(), l.category(), l.style(), l.instance(), row.sha256());
  }

  void failure(String id, String reason) throws IOException {
    write(FAILURE, id, null, null, null, reason.replaceAll("\\s+", " "));
  }

  List<TableRow> rows() throws IOException {
    var out = new ArrayList<TableRow>();
    each(
        ROW,
        cells -> {
          var labels = new Labels(known(cells.get(2)), known(cells.get(3)), known(cells.get(4)));
          out.add(new TableRow(cells.get(1), labels, known(cells.get(5))));
        });
    return out;
  }

  List<Failure> failures() throws IOException {
    var out = new ArrayList<Failure>();
    each(FAILURE, cells -> out.add(new Failure(cells.get(1), cells.get(5))));
    return out;
  }

  /// Makes every line so far durable.
  ///
  /// @return length in bytes
  long sync() throws IOException {
    channel.force(false);
    return channel.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void each(String kind, Consumer<List<String>> work) throws IOException {
    try (var reader = CsvReader.builder().ofCsvRecord(file)) {
      reader.forEach(
          line -> {
            if (line.getField(0).equals(kind)) {
              work.accept(line.getFields());
            }
          });
    }
  }

  private void write(String... cells) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var csv =
        CsvWriter.builder().build(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
      csv.writeRecord(cells);
    }
    ByteBuffer line = ByteBuffer.wrap(bytes.toByteArray());
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  private static String known(String cell) {
    return cell.isEmpty() ? null : cell;
  }
}
