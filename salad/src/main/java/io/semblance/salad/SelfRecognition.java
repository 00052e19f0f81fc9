package io.semblance.salad;

import java.util.Arrays;

/// Of an image's m nearest neighbours, m being the number of images in its own cell and the image
/// itself among the candidates, how many are in that cell: the mean over the images of each cell.
/// Source: fruit-SALAD, "Self Recognition Test"; there m is 100 in every cell.
///
/// @param axes categories and styles
/// @param images m, number of images in each cell, length `axes.cells()`
/// @param counts mean expected number of neighbours in the own cell, from 0 to m, higher is better;
///   NaN where m < 2, for which the test is not defined
@SuppressWarnings("ArrayRecordComponent") // a result to read, made once
public record SelfRecognition(SaladAxes axes, int[] images, double[] counts) {

  /// What is said where no cell has two images.
  public static final String UNDEFINED = "not defined with one image per cell";

  /// @return whether any cell has a number
  public boolean defined() {
    return Arrays.stream(counts).anyMatch(v -> !Double.isNaN(v));
  }

  /// @param cell number of a cell
  /// @return share of the own cell's images among the neighbours, from 0 to 100; NaN if not defined
  public double percent(int cell) {
    return 100 * counts[cell] / images[cell];
  }

  /// @return mean percent over the cells where it is defined; NaN if there is none
  public double meanPercent() {
    double sum = 0;
    int cells = 0;
    for (int c = 0; c < counts.length; c++) {
      if (!Double.isNaN(counts[c])) {
        sum += percent(c);
        cells++;
      }
    }
    return cells == 0 ? Double.NaN : sum / cells;
  }
}
