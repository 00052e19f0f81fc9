package io.semblance.salad;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The images that all tables hold, found by their ids.
///
/// @param rows the rows of each table under their names, in its order; null for a refused one
/// @param shown ids of the images that all tables that are not refused hold
/// @param refusals why a table is refused, by its place among the tables
/// @param notes sentences on what was left out
record Alignment(
    List<List<TableRow>> rows,
    Set<String> shown,
    Map<Integer, String> refusals,
    List<String> notes) {

  private static final int NAMED = 3;

  /// @param tables at least one
  /// @param names of their models, as they are to be called in sentences
  /// @param choice which images to take
  /// @throws SemblanceException if the tables have no two images in common, or differ and
  ///   `choice.strict()`
  static Alignment of(List<EmbeddingTable> tables, List<String> names, ImageChoice choice)
      throws SemblanceException {
    var rows = new ArrayList<List<TableRow>>();
    var refusals = new LinkedHashMap<Integer, String>();
    var notes = new ArrayList<String>();
    var held = new ArrayList<Map<String, Labels>>();
    var known = new LinkedHashMap<String, Labels>();
    for (int t = 0; t < tables.size(); t++) {
      List<TableRow> named = renamed(tables.get(t), choice.names());
      var labels = new LinkedHashMap<String, Labels>();
      String refusal = refusal(named, labels, known);
      if (refusal != null) {
        refusals.put(t, refusal);
        rows.add(null);
        held.add(Map.of());
        continue;
      }
      labels.forEach(known::putIfAbsent);
      unlabelled(names.get(t), named).ifPresent(notes::add);
      rows.add(named);
      held.add(labels);
    }
    check(known, choice);
    Set<String> all = new LinkedHashSet<>();
    known.forEach(
        (id, labels) -> {
          if (choice.takes(labels)) {
            all.add(id);
          }
        });
    Set<String> shown = new HashSet<>(all);
    for (int t = 0; t < rows.size(); t++) {
      if (rows.get(t) != null) {
        shown.retainAll(held.get(t).keySet());
        missing(names.get(t), all, held.get(t).keySet()).ifPresent(notes::add);
      }
    }
    report(all, shown, refusals.size() < tables.size(), choice, notes);
    return new Alignment(rows, shown, refusals, List.copyOf(notes));
  }

  private static void check(Map<String, Labels> known, ImageChoice choice) {
    if (known.isEmpty()) {
      return;
    }
    var categories = new HashSet<String>();
    var styles = new HashSet<String>();
    known
        .values()
        .forEach(
            l -> {
              categories.add(l.category());
              styles.add(l.style());
            });
    choice.check(categories, styles);
  }

  private static List<TableRow> renamed(EmbeddingTable table, SaladNames names) {
    var out = new ArrayList<TableRow>(table.size());
    for (TableRow row : table.rows()) {
      out.add(new TableRow(row.id(), names.of(row.labels()), row.sha256()));
    }
    return out;
  }

  /// Collects the labels of a table; says why it cannot be compared, or null.
  private static String refusal(
      List<TableRow> rows, Map<String, Labels> labels, Map<String, Labels> known) {
    var ids = new HashSet<String>();
    for (TableRow row : rows) {
      if (!ids.add(row.id())) {
        return "The image " + row.id() + " comes twice: remove one of its rows.";
      }
      if (row.labels().hasCell()) {
        Labels before = known.get(row.id());
        if (before != null && !sameCell(before, row.labels())) {
          return "The image "
              + row.id()
              + " is "
              + cell(row.labels())
              + " here and "
              + cell(before)
              + " in an earlier table: give both the same labels.";
        }
        labels.put(row.id(), row.labels());
      }
    }
    if (labels.size() < 2) {
      return "Of "
          + rows.size()
          + " images "
          + (labels.isEmpty() ? "none has" : "one has")
          + " both category and style (the first is called "
          + rows.getFirst().id()
          + "), so there is no grid: embed the images again with --pattern, or give --pattern"
          + " here for a file, as in '{category}_{style}_{instance}'.";
    }
    return null;
  }

  private static boolean sameCell(Labels a, Labels b) {
    return a.category().equals(b.category()) && a.style().equals(b.style());
  }

  private static String cell(Labels labels) {
    return labels.category() + " / " + labels.style();
  }

  private static java.util.Optional<String> unlabelled(String name, List<TableRow> rows) {
    List<String> ids = rows.stream().filter(r -> !r.labels().hasCell()).map(TableRow::id).toList();
    return ids.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of(
            name
                + ": "
                + ids.size()
                + (ids.size() == 1 ? " image has" : " images have")
                + " no category and style and "
                + (ids.size() == 1 ? "is" : "are")
                + " left out ("
                + some(ids)
                + ").");
  }

  private static java.util.Optional<String> missing(
      String name, Set<String> all, Set<String> held) {
    List<String> ids = all.stream().filter(id -> !held.contains(id)).toList();
    return ids.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of(
            name
                + " lacks "
                + ids.size()
                + " of the "
                + all.size()
                + " images that the tables hold together ("
                + some(ids)
                + ").");
  }

  private static String some(List<String> ids) {
    return String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())))
        + (ids.size() > NAMED ? ", ..." : "");
  }

  private static void report(
      Set<String> all, Set<String> shown, boolean any, ImageChoice choice, List<String> notes)
      throws SemblanceException {
    if (!any || shown.size() == all.size() && shown.size() >= 2) {
      return;
    }
    if (choice.strict() && shown.size() < all.size()) {
      throw new SemblanceException(
          "The tables do not hold the same images, which --strict asks for: "
              + String.join(" ", notes));
    }
    if (shown.size() < 2) {
      throw new SemblanceException(
          (all.size() < 2
                  ? "Fewer than two images are of the categories, styles and instances asked for."
                  : "The tables have "
                      + (shown.isEmpty() ? "no image" : "one image")
                      + " in common: images are told apart by their ids, so embed the same folder"
                      + " with every model.")
              + (notes.isEmpty() ? "" : " " + String.join(" ", notes)));
    }
    notes.add(
        "The tables do not hold the same images: all models are measured on the "
            + shown.size()
            + " images that every table holds.");
  }
}
