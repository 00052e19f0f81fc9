package io.semblance.salad;

import io.semblance.core.collection.Labels;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableRow;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The categories and styles of a comparison, in the order in which they are listed and drawn.
///
/// @param categories C distinct labels
/// @param styles S distinct labels
public record SaladAxes(List<String> categories, List<String> styles) {

  /// Copies the lists.
  public SaladAxes {
    categories = List.copyOf(categories);
    styles = List.copyOf(styles);
  }

  /// The labels that occur in any of the tables.
  ///
  /// @param tables rows without category or style are passed over
  /// @return ordered by number if all labels are numbers, as in the paper if all are the paper's
  ///   words, else alphabetically
  public static SaladAxes of(List<EmbeddingTable> tables) {
    return of(tables.stream().flatMap(t -> t.rows().stream()));
  }

  /// @param tables the rows of each; null for none
  /// @param shown ids of the images to take
  static SaladAxes ofRows(List<List<TableRow>> tables, Set<String> shown) {
    return of(
        tables.stream()
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .filter(row -> shown.contains(row.id())));
  }

  private static SaladAxes of(Stream<TableRow> rows) {
    var categories = new TreeSet<String>();
    var styles = new TreeSet<String>();
    rows.filter(row -> row.labels().hasCell())
        .forEach(
            row -> {
              categories.add(row.labels().category());
              styles.add(row.labels().style());
            });
    return new SaladAxes(
        LabelOrder.sort(categories, LabelOrder.FRUITS), LabelOrder.sort(styles, LabelOrder.STYLES));
  }

  /// @return C * S
  public int cells() {
    return categories.size() * styles.size();
  }

  /// @param category index of a category
  /// @param style index of a style
  /// @return number of the cell
  public int cell(int category, int style) {
    return category * styles.size() + style;
  }

  /// @param cell number of a cell
  /// @return index of its category
  public int categoryOf(int cell) {
    return cell / styles.size();
  }

  /// @param cell number of a cell
  /// @return index of its style
  public int styleOf(int cell) {
    return cell % styles.size();
  }

  /// @param cell number of a cell
  /// @return category and style, e.g. `apple / crayon`
  public String name(int cell) {
    return categories.get(categoryOf(cell)) + " / " + styles.get(styleOf(cell));
  }

  /// @param labels of an image
  /// @return the number of its cell, or -1 if category or style is unknown or not on the grid
  public int cellOf(Labels labels) {
    if (!labels.hasCell()) {
      return -1;
    }
    int category = categories.indexOf(labels.category());
    int style = styles.indexOf(labels.style());
    return category < 0 || style < 0 ? -1 : cell(category, style);
  }
}
