package io.semblance.core.exchange;

import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes a table's ids and vectors as comma-separated values, each number with the fewest digits
/// that read back to the same float32. Labels and hashes stay behind: names that follow a pattern
/// carry them.
final class CsvTarget {

  private static final int FLUSH = 1 << 16;

  private CsvTarget() {}

  static void write(Conversion job) throws IOException {
    int d = job.source().dimension();
    AtomicFile.write(
        job.target(),
        out -> {
          var text = new StringBuilder("file");
          for (int j = 0; j < d; j++) {
            text.append(',').append(j);
          }
          text.append("\r\n");
          job.each(
              0,
              block -> {
                for (int i = 0; i < block.size(); i++) {
                  appendCell(text, block.row(i).id());
                  for (int j = 0; j < d; j++) {
                    text.append(',').append(block.vectors()[i * d + j]);
                  }
                  text.append("\r\n");
                  if (text.length() > FLUSH) {
                    flush(text, out);
                  }
                }
              });
          flush(text, out);
        });
  }

  private static void appendCell(StringBuilder text, String cell) {
    boolean plain = true;
    for (int i = 0; i < cell.length() && plain; i++) {
      char c = cell.charAt(i);
      plain = c != ',' && c != '"' && c != '\n' && c != '\r';
    }
    if (plain) {
      text.append(cell);
    } else {
      text.append('"').append(cell.replace("\"", "\"\"")).append('"');
    }
  }

  private static void flush(StringBuilder text, OutputStream out) throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }
}
