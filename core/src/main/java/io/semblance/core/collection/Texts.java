package io.semblance.core.collection;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.semblance.core.SemblanceException;
import io.semblance.core.column.TextColumn;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.parquet.Parquet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// Collections of texts: the captions of images under the images' ids, or prompts that stand for
/// themselves.
public final class Texts {

  private static final List<String> TEXT_COLUMNS =
      List.of("caption", "text", "prompt", "description");
  private static final List<String> ID_COLUMNS =
      List.of("id", "key", "image_id", "image_path", "path", "file_name", "filename");

  private Texts() {}

  /// The captions that a collection carries, so that rows of images and texts have equal ids.
  ///
  /// @param images in whatever they came; must stay open as long as the texts are used
  /// @param column where the captions are, or null for the usual names
  /// @return one text an image; an image without one cannot be read
  /// @throws SemblanceException if the collection has no such column
  public static ImageCollection ofImages(ImageCollection images, String column) throws IOException {
    ExtraColumns extras = images.extras();
    String name = column(extras.names(), column, TEXT_COLUMNS);
    if (name == null) {
      throw new SemblanceException(
          "The images of %s have no %s beside them (%s): name the column with --text-column, put x.txt beside x.jpg, or give texts of their own with --texts."
              .formatted(
                  images.root(),
                  column == null ? "captions" : "column '" + column + "'",
                  extras.isEmpty()
                      ? "no further columns at all"
                      : "the columns are " + String.join(", ", extras.names())));
    }
    TextColumn texts = texts(extras, name);
    return images.with(
        i -> {
          CollectionImage image = images.image(i);
          return new ImageSource.InText(image.path(), image.id(), texts.get(i));
        });
  }

  private static TextColumn texts(ExtraColumns extras, String name) throws IOException {
    var texts = new TextColumn.Builder();
    try (var db = Parquet.connect();
        var statement = db.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT CAST(%s AS VARCHAR) FROM (%s) t"
                    .formatted(Parquet.name(name), extras.query()))) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw Parquet.unreadable(extras.file(), e);
    }
    return texts.build();
  }

  /// Texts that are known one by one; each is its own id.
  ///
  /// @param texts in order; blank ones and repeated ones are left out
  /// @return the collection
  /// @throws SemblanceException if there is none
  public static ImageCollection of(List<String> texts) throws SemblanceException {
    var rows = new Rows(Path.of(""), Path.of(""));
    var seen = new HashSet<String>();
    for (String text : texts) {
      if (!text.isBlank() && seen.add(text)) {
        rows.add(text, Labels.NONE, text);
      }
    }
    return rows.build("The command line", ExtraColumns.NONE);
  }

  /// Texts of a file: one a line in `.txt`, or a column of `.csv`, `.tsv` or `.parquet`.
  ///
  /// @param file the file
  /// @param column where the texts are, or null for the usual names
  /// @param idColumn what names them, or null for the usual names; where there is none, and in
  ///   `.txt`, a text is its own id
  /// @return the collection; close it
  /// @throws SemblanceException if the file is of no such kind, is not readable, or names a text
  ///   twice
  public static ImageCollection ofFile(Path file, String column, String idColumn)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new SemblanceException("There is no file of texts " + file + ": check the path.");
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "txt", "lst", "list" -> ofLines(file);
      case "csv", "tsv" -> ofCsv(file, column, idColumn);
      case "parquet" -> ofParquet(file, column, idColumn);
      default ->
          throw new SemblanceException(
              file
                  + " is no file of texts: give a .txt with one a line, or a .csv, .tsv or .parquet"
                  + " with a column of them.");
    };
  }

  private static ImageCollection ofLines(Path file) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return ofLines(file.toString(), file, in);
    }
  }

  /// Texts one a line; each is its own id, empty lines and repeated texts are left out.
  ///
  /// @param source what to call the lines in messages
  /// @param file that they lie in
  /// @param in the lines
  /// @return the collection; what was left out is in its `unlisted`
  /// @throws SemblanceException if there is none, or they are not UTF-8
  public static ImageCollection ofLines(String source, Path file, BufferedReader in)
      throws IOException {
    var rows = new Rows(root(file), file);
    var seen = new HashSet<String>();
    try {
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        String text = (number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line).strip();
        if (!text.isEmpty() && !seen.add(text)) {
          rows.builder.unlisted(
              "line " + number,
              "%s, line %d repeats an earlier one: it is taken once.".formatted(source, number));
        } else if (!text.isEmpty()) {
          rows.add(text, Labels.NONE, text);
        }
      }
    } catch (CharacterCodingException e) {
      throw new SemblanceException(source + " is not UTF-8: save it as UTF-8.", e);
    }
    return rows.build(source, ExtraColumns.NONE);
  }

  private static ImageCollection ofCsv(Path file, String column, String idColumn)
      throws IOException {
    var rows = new Rows(root(file), file);
    try (var reader =
            CsvReader.builder()
                .fieldSeparator(ManifestListing.separator(file))
                .detectBomHeader(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(file);
        var extras = new ExtrasBuilder()) {
      String text = null;
      String id = null;
      List<String> further = List.of();
      for (NamedCsvRecord line : reader) {
        if (text == null) {
          text = textColumn(line.getHeader(), column, file);
          id = idColumn(line.getHeader(), idColumn, file);
          further = further(line.getHeader(), id);
        }
        extras.add(
            rows.builder.size(), further, further.stream().map(n -> cell(line, n, "")).toList());
        Labels labels =
            Labels.of(
                cell(line, "category", null),
                cell(line, "style", null),
                cell(line, "instance", null));
        rows.add(id == null ? null : cell(line, id, null), labels, cell(line, text, null));
      }
      return rows.build(file.toString(), extras.build(rows.builder.size()));
    } catch (CsvParseException | UncheckedIOException e) {
      throw new SemblanceException(
          file + " is not readable as CSV (" + e.getMessage() + "): save it as UTF-8 with commas.",
          e);
    } catch (java.nio.file.FileSystemException e) {
      throw new SemblanceException("Cannot read " + file + " (" + AtomicFile.reason(e) + ").", e);
    }
  }

  private static String cell(NamedCsvRecord line, String name, String otherwise) {
    return line.findField(name).filter(cell -> !cell.isBlank()).orElse(otherwise);
  }

  private static List<String> further(List<String> names, String id) {
    return names.stream()
        .filter(n -> !n.equals(id) && !n.isBlank() && !Labels.NAMES.contains(n))
        .toList();
  }

  private static ImageCollection ofParquet(Path file, String column, String idColumn)
      throws IOException {
    List<String> names = List.copyOf(Parquet.columns(file).keySet());
    String text = textColumn(names, column, file);
    String id = idColumn(names, idColumn, file);
    var rows = new Rows(root(file), file);
    String query =
        "SELECT CAST(%s AS VARCHAR), %s FROM %s"
            .formatted(
                Parquet.name(text),
                id == null ? "NULL" : "CAST(" + Parquet.name(id) + " AS VARCHAR)",
                Parquet.read(file));
    try (var db = Parquet.connect();
        var statement = db.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        rows.add(found.getString(2), Labels.NONE, found.getString(1));
      }
    } catch (SQLException e) {
      throw Parquet.unreadable(file, e);
    }
    List<String> carried = ExtraColumns.free(text).equals(text) ? List.of(text) : List.of();
    var extras = new ExtraColumns(file, carried, 0, rows.builder.size(), false);
    return rows.build(file.toString(), extras);
  }

  private static String textColumn(List<String> names, String wanted, Path file)
      throws SemblanceException {
    String found = column(names, wanted, TEXT_COLUMNS);
    if (found == null) {
      throw new SemblanceException(
          "%s has no column %s: it has %s; name the one with the texts with --text-column."
              .formatted(
                  file,
                  wanted == null ? "of texts (caption, text, prompt ...)" : "'" + wanted + "'",
                  String.join(", ", names)));
    }
    return found;
  }

  private static String idColumn(List<String> names, String wanted, Path file)
      throws SemblanceException {
    String found = column(names, wanted, ID_COLUMNS);
    if (found == null && wanted != null) {
      throw new SemblanceException(
          "%s has no column '%s': it has %s; name one with --id-column, or leave the option out to call texts by themselves."
              .formatted(file, wanted, String.join(", ", names)));
    }
    return found;
  }

  private static String column(List<String> names, String wanted, List<String> usual) {
    for (String name : wanted == null ? usual : List.of(wanted)) {
      for (String there : names) {
        if (there.equalsIgnoreCase(name)) {
          return there;
        }
      }
    }
    return null;
  }

  private static Path root(Path file) {
    return file.toAbsolutePath().normalize().getParent();
  }

  /// Texts as they are gathered.
  private static final class Rows {

    private final CollectionBuilder builder;
    private final TextColumn.Builder texts = new TextColumn.Builder();
    private final Path file;

    Rows(Path root, Path file) {
      this.builder = new CollectionBuilder(root);
      this.file = file;
    }

    void add(String id, Labels labels, String text) {
      String own = text == null || text.isBlank() ? "row " + (builder.size() + 1) : text;
      builder.add(id == null ? own : id, labels);
      texts.add(text);
    }

    ImageCollection build(String source, ExtraColumns extras) throws SemblanceException {
      if (builder.size() == 0) {
        throw new SemblanceException(source + " has no text: give one a line.");
      }
      TextColumn all = texts.build();
      ImageCollection collection =
          builder.build(ids -> i -> new ImageSource.InText(file, ids.get(i), all.get(i)), extras);
      collection.requireDistinct(source);
      return collection;
    }
  }
}
