package io.semblance.salad;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The 23 models of fruit-SALAD, tables 1 and 2, with the other names the paper has for some.
final class PaperModels {

  /// Dimensions of each model under its name in the tables, in their order.
  static final Map<String, Integer> DIMENSIONS = dimensions();

  private static final Map<String, String> NAMES = names();
  private static final Set<String> CONCEPTUAL = Set.of("style_blind", "category_blind", "balanced");

  private PaperModels() {}

  /// @param name of a model, in any of the paper's or our spellings; case and punctuation aside
  /// @return its name in the paper's tables
  static Optional<String> find(String name) {
    return Optional.ofNullable(NAMES.get(plain(name)));
  }

  /// @param name of a model
  /// @return whether it is one of the paper's conceptual models
  static boolean conceptual(String name) {
    return find(name).filter(CONCEPTUAL::contains).isPresent();
  }

  private static Map<String, Integer> dimensions() {
    var out = new LinkedHashMap<String, Integer>();
    for (String table : List.of("table1.csv", "table2.csv")) {
      for (String line : lines(table)) {
        String number = line.substring(line.lastIndexOf(',') + 1);
        out.put(line.substring(0, line.indexOf(',')), Integer.parseInt(number));
      }
    }
    return out;
  }

  private static Map<String, String> names() {
    var out = new LinkedHashMap<String, String>();
    DIMENSIONS.keySet().forEach(name -> out.put(plain(name), name));
    for (String line : lines("aliases.csv")) {
      String[] cells = line.split(",", 2);
      out.put(plain(cells[0]), cells[1]);
    }
    return out;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /// The lines of a file shipped with the program, without its header.
  static List<String> lines(String file) {
    try (InputStream in = PaperModels.class.getResourceAsStream("paper/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var lines = new ArrayList<>(text.lines().toList());
      lines.removeFirst();
      return lines;
    } catch (IOException e) {
      throw new IllegalStateException("a table shipped with the program cannot be read", e);
    }
  }
}
