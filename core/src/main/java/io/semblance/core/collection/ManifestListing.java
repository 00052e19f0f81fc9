package io.semblance.core.collection;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// Collections named by a file: a CSV with a column of paths, or a list with one path a line.
final class ManifestListing {

  /// Names a column of paths usually has.
  static final List<String> PATH_COLUMNS =
      List.of(
          "image_path",
          "path",
          "file_path",
          "filepath",
          "file",
          "file_name",
          "filename",
          "image",
          "img",
          "image_file",
          "img_path");

  private ManifestListing() {}

  /// @param source what to call the list in messages
  /// @param in its lines
  /// @param base folder that relative paths begin at
  static ImageCollection list(
      String source, BufferedReader in, Path base, CollectionOptions options) throws IOException {
    var paths = new PathCollector(source, base, options);
    try {
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        String path = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!path.isBlank()) {
          paths.add(path, Labels.NONE, number);
        }
      }
    } catch (CharacterCodingException e) {
      throw new SemblanceException(source + " is not UTF-8: save it as UTF-8.", e);
    }
    return paths.build(ExtraColumns.NONE);
  }

  /// @param file a list with one path a line
  static ImageCollection list(Path file, CollectionOptions options) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return list(file.toString(), in, base(file, options), options);
    }
  }

  static Path base(Path file, CollectionOptions options) {
    return options.root() == null ? file.toAbsolutePath().getParent() : options.root();
  }

  /// @param file comma-, tab- or semicolon-separated values with a header
  static ImageCollection csv(Path file, CollectionOptions options) throws IOException {
    try (var reader =
            CsvReader.builder()
                .fieldSeparator(separator(file))
                .detectBomHeader(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(file);
        var extras = new ExtrasBuilder()) {
      Columns columns = null;
      var paths = new PathCollector(file.toString(), base(file, options), options);
      for (CsvRecord line : reader) {
        List<String> cells = line.getFields();
        if (columns == null) {
          columns = Columns.of(cells, file, options);
        } else if (cells.size() > 1 || !cells.getFirst().isBlank()) {
          columns.requireFits(cells, file, line.getStartingLineNumber());
          if (!columns.further().isEmpty()) {
            extras.add(paths.size(), columns.names(), columns.cells(cells));
          }
          paths.add(
              columns.cell(cells, columns.path()),
              columns.labels(cells),
              line.getStartingLineNumber());
        }
      }
      return paths.build(extras.build(paths.size()));
    } catch (CsvParseException | UncheckedIOException e) {
      throw new SemblanceException(
          file + " is not readable as CSV (" + e.getMessage() + "): save it as UTF-8 with commas.",
          e);
    } catch (java.nio.file.FileSystemException e) {
      throw new SemblanceException("Cannot read " + file + " (" + AtomicFile.reason(e) + ").", e);
    }
  }

  // The separator is what the first line has most of.
  static char separator(Path file) throws IOException {
    String first;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      first = in.readLine();
    }
    char best = ',';
    for (char c : new char[] {'\t', ';'}) {
      if (first != null && count(first, c) > count(first, best)) {
        best = c;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /// Which column of a manifest holds what.
  ///
  /// @param path index of the paths
  /// @param label index of category, style and instance, -1 where there is none
  /// @param further indices of the others
  /// @param names of the others
  /// @param count of all
  private record Columns(
      int path, int[] label, List<Integer> further, List<String> names, int count) {

    static Columns of(List<String> header, Path file, CollectionOptions options)
        throws SemblanceException {
      List<String> names = header.stream().map(String::strip).toList();
      List<String> small = names.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
      List<String> given = small.stream().filter(n -> !n.isEmpty()).toList();
      if (new HashSet<>(given).size() < given.size()) {
        throw new SemblanceException(
            file
                + " has two columns of the same name, but for small letters and capitals: give"
                + " each its own in the first line.");
      }
      int path = names.indexOf(pathColumn(names, file, options));
      int[] label = Labels.NAMES.stream().mapToInt(names::indexOf).toArray();
      var further = new ArrayList<Integer>();
      var called = new ArrayList<String>();
      for (int i = 0; i < names.size(); i++) {
        if (i != path && !Labels.NAMES.contains(names.get(i)) && !names.get(i).isEmpty()) {
          further.add(i);
          called.add(names.get(i));
        }
      }
      return new Columns(path, label, further, called, names.size());
    }

    /// A cell too many is a separator inside a text: what follows it would stand in the wrong
    /// column.
    void requireFits(List<String> cells, Path file, long line) throws SemblanceException {
      for (String cell : cells.subList(Math.min(count, cells.size()), cells.size())) {
        if (!cell.isBlank()) {
          throw new SemblanceException(
              "%s, line %d: %d cells, the first line has %d: put quotes around texts with separators in them."
                  .formatted(file, line, cells.size(), count));
        }
      }
    }

    String cell(List<String> cells, int index) {
      return index >= 0 && index < cells.size() ? cells.get(index) : null;
    }

    List<String> cells(List<String> cells) {
      return further.stream().map(i -> i < cells.size() ? cells.get(i) : "").toList();
    }

    Labels labels(List<String> cells) {
      String[] out = new String[label.length];
      for (int i = 0; i < label.length; i++) {
        String cell = cell(cells, label[i]);
        out[i] = cell == null || cell.isBlank() ? null : cell;
      }
      return Labels.of(out[0], out[1], out[2]);
    }
  }

  /// Which of a manifest's columns holds the paths.
  static String pathColumn(List<String> names, Path file, CollectionOptions options)
      throws SemblanceException {
    String wanted = options.imageColumn();
    for (String name : wanted == null ? PATH_COLUMNS : List.of(wanted)) {
      for (String there : names) {
        if (there.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
          return there;
        }
      }
    }
    throw new SemblanceException(
        wanted == null
            ? "%s has no column of image paths (image_path, path, file_name ...): it has %s; name the column with --image-column."
                .formatted(file, String.join(", ", names))
            : "%s has no column '%s': it has %s."
                .formatted(file, wanted, String.join(", ", names)));
  }
}
