package io.semblance.salad;

import io.semblance.core.collection.Labels;
import io.semblance.core.table.TableRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Which rows of one table stand in which cell of the grid.
///
/// @param axes categories and styles Images are ordered by cell, instance and id, whatever the
///   order of the table, so that two tables of the same images have the same grid.
///
/// @param rows the table's rows that have a cell, length n
/// @param cellOf the cell of each of these, length n
/// @param images number of images in each cell, length `axes.cells()`; 0 where a cell is missing
@SuppressWarnings("ArrayRecordComponent") // made once, read by every step
public record SaladGrid(SaladAxes axes, int[] rows, int[] cellOf, int[] images) {

  /// @param rows the rows of a table
  /// @param axes made from this table and perhaps others
  public static SaladGrid of(List<TableRow> rows, SaladAxes axes) {
    return of(rows, axes, _ -> true);
  }

  /// @param rows the rows of a table
  /// @param axes made from this table and perhaps others
  /// @param shown which images to take, by id
  static SaladGrid of(List<TableRow> rows, SaladAxes axes, Predicate<String> shown) {
    var places = new ArrayList<Place>();
    for (int i = 0; i < rows.size(); i++) {
      TableRow row = rows.get(i);
      int cell = axes.cellOf(row.labels());
      if (cell >= 0 && shown.test(row.id())) {
        places.add(new Place(cell, instance(row.labels()), row.id(), i));
      }
    }
    places.sort(
        Comparator.comparingInt(Place::cell)
            .thenComparing(Place::instance)
            .thenComparing(Place::id));
    int[] images = new int[axes.cells()];
    places.forEach(p -> images[p.cell]++);
    return new SaladGrid(
        axes,
        places.stream().mapToInt(Place::row).toArray(),
        places.stream().mapToInt(Place::cell).toArray(),
        images);
  }

  private record Place(int cell, String instance, String id, int row) {}

  private static String instance(Labels labels) {
    String text = labels.instance() == null ? "" : labels.instance();
    return text.matches("\\d{1,18}") ? String.format("%019d", Long.parseLong(text)) : text;
  }

  /// @return where in `rows` each cell begins, and n at the end; length `axes.cells() + 1`
  int[] starts() {
    int[] out = new int[images.length + 1];
    for (int c = 0; c < images.length; c++) {
      out[c + 1] = out[c] + images[c];
    }
    return out;
  }

  /// @param table the rows that the grid was made from
  /// @return ids of the images in each cell, in order
  List<List<String>> ids(List<TableRow> table) {
    int[] first = starts();
    return IntStream.range(0, images.length)
        .mapToObj(
            c ->
                IntStream.range(first[c], first[c + 1])
                    .mapToObj(i -> table.get(rows[i]).id())
                    .toList())
        .toList();
  }

  /// @return n, images on the grid
  public int size() {
    return rows.length;
  }

  /// @return whether no cell holds more than one image, so that nothing within cells is defined
  public boolean oneImagePerCell() {
    return Arrays.stream(images).max().orElse(0) <= 1;
  }

  /// What is uneven about the grid, in sentences.
  ///
  /// @return empty if every cell has the same number of images
  public List<String> irregularities() {
    var out = new ArrayList<String>();
    int[] present = Arrays.stream(images).filter(m -> m > 0).sorted().toArray();
    if (present.length < images.length) {
      out.add(
          images.length
              - present.length
              + " of "
              + images.length
              + " cells have no image ("
              + firstMissing()
              + "); they are left out.");
    }
    if (present.length > 0 && present[0] != present[present.length - 1]) {
      out.add(
          "Cells hold between "
              + present[0]
              + " and "
              + present[present.length - 1]
              + " images: self-recognition looks at as many neighbours as the image's own cell"
              + " holds, and every cell counts the same in the heatmap.");
    }
    return out;
  }

  private String firstMissing() {
    for (int c = 0; c < images.length; c++) {
      if (images[c] == 0) {
        return "the first is " + axes.name(c);
      }
    }
    return "none";
  }
}
