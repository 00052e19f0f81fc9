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
import java.util.List;

/// One line for each image of a table in the making, in order: what it is, or why it has no vector.
final class Journal implements AutoCloseable {

  private static final String ROW = "row";
  private static final String FAILURE = "failure";
  private static final int FLUSH_BYTES = 1 << 16;

  private final FileChannel channel;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final CsvWriter csv;

  /// One line.
  sealed interface Entry {
    /// @return the image's id
    String id();

    /// @return size and time of change of its file as seen, or null
    String state();
  }

  /// An image with a vector.
  ///
  /// @param row what the table says of it
  /// @param listed number of its row in the listing
  /// @param state size and time of change of its file as seen, or null
  record Row(TableRow row, long listed, String state) implements Entry {
    @Override
    public String id() {
      return row.id();
    }
  }

  /// An image without a vector.
  ///
  /// @param id the image
  /// @param reason one sentence
  /// @param state size and time of change of its file as seen, or null
  record Failure(String id, String reason, String state) implements Entry {}

  /// What reads the lines.
  interface Reader {
    void on(Entry entry) throws IOException;
  }

  /// Opens the journal and cuts off what lies behind its last known good length.
  Journal(Path file, long length) throws IOException {
    this.csv = CsvWriter.builder().build(new OutputStreamWriter(pending, StandardCharsets.UTF_8));
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

  void row(Row entry) throws IOException {
    TableRow row = entry.row();
    Labels l = row.labels();
    write(
        ROW,
        row.id(),
        l.category(),
        l.style(),
        l.instance(),
        row.sha256(),
        entry.state(),
        Long.toString(entry.listed()));
  }

  void failure(Failure entry) throws IOException {
    String reason = entry.reason().replaceAll("\\s+", " ");
    write(FAILURE, entry.id(), null, null, null, reason, entry.state(), null);
  }

  /// Reads every line that was made durable before this process, and those since.
  static void each(Path file, Reader work) throws IOException {
    try (var lines = CsvReader.builder().ofCsvRecord(file)) {
      for (var line : lines) {
        List<String> cells = line.getFields();
        String state = known(cells.get(6));
        if (cells.getFirst().equals(ROW)) {
          var labels = Labels.of(known(cells.get(2)), known(cells.get(3)), known(cells.get(4)));
          var row = new TableRow(cells.get(1), labels, known(cells.get(5)));
          work.on(new Row(row, Long.parseLong(cells.get(7)), state));
        } else {
          work.on(new Failure(cells.get(1), cells.get(5), state));
        }
      }
    }
  }

  /// Makes every line so far durable.
  ///
  /// @return length in bytes
  long sync() throws IOException {
    flush();
    channel.force(false);
    return channel.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void write(String... cells) throws IOException {
    csv.writeRecord(cells);
    csv.flush();
    if (pending.size() >= FLUSH_BYTES) {
      flush();
    }
  }

  private void flush() throws IOException {
    ByteBuffer lines = ByteBuffer.wrap(pending.toByteArray());
    pending.reset();
    while (lines.hasRemaining()) {
      channel.write(lines);
    }
  }

  private static String known(String cell) {
    return cell.isEmpty() ? null : cell;
  }
}
