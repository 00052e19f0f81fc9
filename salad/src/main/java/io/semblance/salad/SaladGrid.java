package io.semblance.salad;

import io.semblance.core.table.TableRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which rows of one table stand in which cell of the grid.
///
/// @param axes categories and styles
/// @param rows the table's rows that have a cell, ascending, length n
/// @param cellOf the cell of each of these, length n
/// @param images number of images in each cell, length `axes.cells()`; 0 where a cell is missing
@SuppressWarnings("ArrayRecordComponent") // made once, read by every step
public record SaladGrid(SaladAxes axes, int[] rows, int[] cellOf, int[] images) {

  /// @param rows the rows of a table
  /// @param axes made from this table and perhaps others
  public static SaladGrid of(List<TableRow> rows, SaladAxes axes) {
    int[] cell = rows.stream().mapToInt(r -> axes.cellOf(r.labels())).toArray();
    int[] kept =
        java.util.stream.IntStream.range(0, cell.length).filter(i -> cell[i] >= 0).toArray();
    int[] cellOf = Arrays.stream(kept).map(i -> cell[i]).toArray();
    int[] images = new int[axes.cells()];
    for (int c : cellOf) {
      images[c]++;
    }
    return new SaladGrid(axes, kept, cellOf, images);
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
  /// @param tableRows number of rows of the table
  /// @return empty if every row has a cell and every cell the same number of images
  public List<String> irregularities(int tableRows) {
    var out = new ArrayList<String>();
    int leftOut = tableRows - size();
    if (leftOut > 0) {
      out.add(
          leftOut
              + (leftOut == 1 ? " image has" : " images have")
              + " no category and style and are left out.");
    }
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
