package io.semblance.core.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tables as comma-separated values, the layout of the fruit-SALAD record: the file name first,
/// then d numbers.
///
/// Numbers are written with the fewest digits that read back to the same float32. A header is
/// written, and sniffed on reading: a first line whose cells behind the first are no numbers, or
/// count 0, 1, 2, ... as pandas writes them.
public final class TableCsv {

  private TableCsv() {}

  /// Writes a table's ids and vectors. Labels and hashes stay behind: names that follow a pattern
  /// carry them.
  ///
  /// @param table n x d
  /// @param file the CSV, written in one step
  /// @throws IOException if it cannot be written
  public static void write(EmbeddingTable table, Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          var csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          int d = table.dimension();
          String[] cells = new String[d + 1];
          cells[0] = "file";
          for (int j = 0; j < d; j++) {
            cells[j + 1] = Integer.toString(j);
          }
          csv.writeRecord(cells);
          float[] vector = new float[d];
          for (int i = 0; i < table.size(); i++) {
            table.copyRows(i, 1, vector, 0);
            cells[0] = table.rows().get(i).id();
            for (int j = 0; j < d; j++) {
              cells[j + 1] = Float.toString(vector[j]);
            }
            csv.writeRecord(cells);
          }
          csv.flush();
        });
  }

  /// Reads vectors into a new table folder, row by row.
  ///
  /// @param file the CSV
  /// @param folder the table to make
  /// @param provenance which model
  /// @param precision how to store components
  /// @param pattern where labels come from, or null
  /// @throws SemblanceException if a cell is no number, a row is of another length or an id comes
  ///   twice; the message names the line
  public static void read(
      Path file, Path folder, Provenance provenance, Precision precision, FileNamePattern pattern)
      throws IOException {
    Size size = scan(file);
    var spec =
        new TableWriter.Spec(
            provenance,
            size.dimension(),
            precision,
            file.toAbsolutePath().getParent().toString(),
            Sha256.of(file),
            size.rows(),
            Sha256.of("csv"));
    try (TableWriter writer = TableWriter.open(folder, spec)) {
      int skip = writer.consumed();
      float[] vector = new float[size.dimension()];
      int[] at = {0};
      each(
          file,
          line -> {
            if (at[0]++ < skip) {
              return;
            }
            parse(line, vector, file);
            String id = line.getField(0);
            Labels labels = pattern == null ? Labels.NONE : pattern.match(id).orElse(Labels.NONE);
            writer.append(new TableRow(id, labels, null), vector, 0);
          });
      if (!writer.complete()) {
        writer.finish();
      }
    }
  }

  private record Size(int rows, int dimension) {}

  private interface LineWork {
    void on(CsvRecord line) throws IOException;
  }

  private static Size scan(Path file) throws IOException {
    Set<String> ids = new HashSet<>();
    int[] dimension = {-1};
    each(
        file,
        line -> {
          int d = line.getFieldCount() - 1;
          if (dimension[0] < 0) {
            dimension[0] = d;
          }
          if (d != dimension[0] || d < 1) {
            throw new SemblanceException(
                "%s, line %d: %d numbers behind the file name, the first row has %d: every row needs the same number, at least 1."
                    .formatted(file, line.getStartingLineNumber(), d, dimension[0]));
          }
          if (!ids.add(line.getField(0))) {
            throw new SemblanceException(
                file
                    + ", line "
                    + line.getStartingLineNumber()
                    + ": "
                    + line.getField(0)
                    + " comes twice: remove one of the rows.");
          }
        });
    if (ids.isEmpty()) {
      throw new SemblanceException(
          file + " has no rows: the file name first, then numbers, separated by commas.");
    }
    return new Size(ids.size(), dimension[0]);
  }

  private static void each(Path file, LineWork work) throws IOException {
    try (var reader =
        CsvReader.builder()
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(file)) {
      boolean first = true;
      for (CsvRecord line : reader) {
        boolean header = first && isHeader(line.getFields());
        first = false;
        if (!header && !(line.getFieldCount() == 1 && line.getField(0).isBlank())) {
          work.on(line);
        }
      }
    } catch (NoSuchFileException e) {
      throw new SemblanceException("There is no file " + file + ": check the path.", e);
    } catch (CsvParseException | UncheckedIOException e) {
      throw new SemblanceException(
          file + " is not readable as CSV (" + e.getMessage() + "): save it as UTF-8 with commas.",
          e);
    } catch (java.nio.file.FileSystemException e) {
      throw new SemblanceException("Cannot read " + file + " (" + AtomicFile.reason(e) + ").", e);
    }
  }

  private static boolean isHeader(List<String> cells) {
    boolean counts = cells.size() > 1;
    for (int j = 1; j < cells.size(); j++) {
      String cell = cells.get(j).strip();
      if (!isNumber(cell)) {
        return true;
      }
      counts &= cell.equals(Integer.toString(j - 1));
    }
    return counts && !cells.getFirst().contains(".");
  }

  private static boolean isNumber(String cell) {
    try {
      return !Float.isNaN(Float.parseFloat(cell)) || cell.equals("NaN");
    } catch (NumberFormatException _) {
      return cell.equalsIgnoreCase("nan");
    }
  }

  private static void parse(CsvRecord line, float[] vector, Path file) throws SemblanceException {
    for (int j = 0; j < vector.length; j++) {
      try {
        vector[j] = Float.parseFloat(line.getField(j + 1).strip());
      } catch (NumberFormatException e) {
        throw new SemblanceException(
            "%s, line %d, column %d: '%s' is no number."
                .formatted(file, line.getStartingLineNumber(), j + 2, line.getField(j + 1)),
            e);
      }
    }
  }
}
