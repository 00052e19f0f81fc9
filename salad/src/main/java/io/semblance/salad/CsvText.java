package io.semblance.salad;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// A table as CSV text: commas, a header, `\n`, numbers in full precision, undefined ones empty.
final class CsvText {

  private final StringWriter text = new StringWriter();
  private final CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);

  /// @param header names of the columns
  CsvText(List<String> header) {
    csv.writeRecord(header);
  }

  /// @param cells strings and numbers, one a column
  void row(List<?> cells) {
    csv.writeRecord(cells.stream().map(CsvText::cell).toList());
  }

  /// @return all rows; nothing may be added afterwards
  String finish() {
    try {
      csv.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
    return text.toString();
  }

  private static String cell(Object value) {
    return switch (value) {
      case null -> "";
      case Double d when d.isNaN() -> "";
      default -> value.toString();
    };
  }
}
