package io.semblance.core.exchange;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which array of a file is the table, and which texts are its ids: as named, or the only ones that
/// can be meant.
///
/// @param name of the array
/// @param array n x d
/// @param ids n texts, or null where the file has none
record TensorChoice(String name, NumberArray array, List<String> ids) {

  private static final int MOST_LISTED = 12;

  static TensorChoice of(Contents contents, TableReadOptions options, Path file)
      throws IOException {
    String name = options.tensor() == null ? only(contents, file) : options.tensor();
    NumberArray array = contents.arrays().get(name);
    if (array == null) {
      throw new SemblanceException(
          "%s holds no tensor '%s': %s.".formatted(file, name, inside(contents)));
    }
    List<String> ids =
        options.ids() == null
            ? guess(contents, name, array.rows(), file)
            : named(contents, options.ids(), file);
    if (ids != null && ids.size() != array.rows()) {
      throw new SemblanceException(
          "%s has %d rows, but there are %d ids: give one id a row, in the same order."
              .formatted(file, array.rows(), ids.size()));
    }
    return new TensorChoice(name, array, ids);
  }

  private static String only(Contents contents, Path file) throws SemblanceException {
    List<String> tables =
        contents.arrays().entrySet().stream()
            .filter(e -> Vectors.isTable(e.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (tables.size() == 1) {
      return tables.getFirst();
    }
    throw new SemblanceException(
        tables.isEmpty()
            ? "%s holds no table of vectors (an array with two axes): %s."
                .formatted(file, inside(contents))
            : "%s holds %d tables: say which with --tensor NAME; %s."
                .formatted(file, tables.size(), inside(contents)));
  }

  private static List<String> guess(Contents contents, String name, long rows, Path file)
      throws SemblanceException {
    List<String> fitting =
        contents.texts().entrySet().stream()
            .filter(e -> e.getValue().size() == rows)
            .map(Map.Entry::getKey)
            .toList();
    if (fitting.size() == 1) {
      return contents.texts().get(fitting.getFirst());
    }
    // the AbC files: exemplar_tensors goes with exemplar_paths, synth_tensors.gpt with
    // synth_paths.gpt
    String paths = name.replace("tensors", "paths").replace("feats", "paths");
    List<String> theirs = contents.texts().get(paths);
    if (theirs != null && theirs.size() != rows) {
      throw new SemblanceException(
          "%s has %d rows in %s, but %d texts in %s: name the right ids with --ids."
              .formatted(file, rows, quoted(name), theirs.size(), quoted(paths)));
    }
    return theirs;
  }

  private static List<String> named(Contents contents, String place, Path file) throws IOException {
    if (contents.texts().containsKey(place)) {
      return contents.texts().get(place);
    }
    Path lines = Path.of(place);
    if (Files.isRegularFile(lines)) {
      return lines(lines);
    }
    throw new SemblanceException(
        "There is neither a file %s nor a list of texts of that name in %s: %s."
            .formatted(place, file, inside(contents)));
  }

  static List<String> lines(Path file) throws IOException {
    var out = new ArrayList<String>();
    try (var reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        out.add(out.isEmpty() && line.startsWith("\uFEFF") ? line.substring(1) : line);
      }
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new SemblanceException(file + " is not UTF-8: save it as UTF-8, one id a line.", e);
    }
    return out;
  }

  /// What a file holds, for a person who must choose.
  static String inside(Contents contents) {
    var parts = new ArrayList<String>();
    contents.arrays().forEach((name, array) -> parts.add(quoted(name) + " (" + array + ")"));
    contents
        .texts()
        .forEach((name, texts) -> parts.add(quoted(name) + " (" + texts.size() + " texts)"));
    if (parts.isEmpty()) {
      return "it holds no arrays";
    }
    String more =
        parts.size() > MOST_LISTED ? " and " + (parts.size() - MOST_LISTED) + " more" : "";
    return "it holds "
        + String.join(", ", parts.subList(0, Math.min(MOST_LISTED, parts.size())))
        + more;
  }

  private static String quoted(String name) {
    return name.isEmpty() ? "one array" : "'" + Printable.of(name) + "'";
  }
}
