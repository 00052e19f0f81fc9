package io.semblance.salad;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What to call categories, styles and models whose labels are codes.
///
/// @param categories name of each label
/// @param styles name of each label
/// @param models name of each model id
public record SaladNames(
    Map<String, String> categories, Map<String, String> styles, Map<String, String> models) {

  /// The names of the fruit-SALAD record, shipped with the program.
  public static final String FRUIT_SALAD = "fruit-salad";

  /// Copies the maps.
  public SaladNames {
    categories = Map.copyOf(categories);
    styles = Map.copyOf(styles);
    models = Map.copyOf(models);
  }

  /// @return every label as it is
  public static SaladNames none() {
    return new SaladNames(Map.of(), Map.of(), Map.of());
  }

  /// The names of the fruit-SALAD record: categories and styles 0 to 9. Source: fruit-SALAD, figure
  /// 1 and "Data Records".
  ///
  /// @return names as the paper writes them
  public static SaladNames fruitSalad() {
    try (InputStream in = SaladNames.class.getResourceAsStream("paper/names.csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return of(text.lines().toList(), "paper/names.csv");
    } catch (IOException e) {
      throw new IllegalStateException("the names shipped with the program cannot be read", e);
    }
  }

  /// @param file lines `category,8,avocado`, `style,1,Watercolor` or `model,vit_b16,ViT-B-16`;
  ///   empty lines and a header `kind,label,name` are passed over
  /// @throws SemblanceException if it cannot be read or a line has another form; the message names
  ///   the line
  public static SaladNames read(Path file) throws IOException {
    try {
      return of(Files.readAllLines(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new SemblanceException(
          "There is no file "
              + file
              + ": give a CSV of kind,label,name, or '"
              + FRUIT_SALAD
              + "' for the names of the published record.",
          e);
    }
  }

  private static SaladNames of(List<String> lines, String where) throws SemblanceException {
    Map<String, Map<String, String>> names =
        Map.of("category", new HashMap<>(), "style", new HashMap<>(), "model", new HashMap<>());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.equals("kind,label,name")) {
        continue;
      }
      String[] cells = line.split(",", 3);
      if (cells.length < 3 || !names.containsKey(cells[0]) || cells[2].isBlank()) {
        throw new SemblanceException(
            where
                + ", line "
                + (i + 1)
                + ": '"
                + line
                + "' names nothing: write category, style or model, its label and its name, as in"
                + " 'category,8,avocado'.");
      }
      if (names.get(cells[0]).put(cells[1].strip(), cells[2].strip()) != null) {
        throw new SemblanceException(
            where
                + ", line "
                + (i + 1)
                + ": the "
                + cells[0]
                + " '"
                + cells[1]
                + "' was named before: remove one of the lines.");
      }
    }
    return new SaladNames(names.get("category"), names.get("style"), names.get("model"));
  }

  /// @param labels as in the table
  /// @return labels with names in place of codes
  Labels of(Labels labels) {
    return labels.hasCell() && !(categories.isEmpty() && styles.isEmpty())
        ? new Labels(
            categories.getOrDefault(labels.category(), labels.category()),
            styles.getOrDefault(labels.style(), labels.style()),
            labels.instance())
        : labels;
  }

  /// @param id of a model
  /// @return its name
  String model(String id) {
    return models.getOrDefault(id, id);
  }
}
