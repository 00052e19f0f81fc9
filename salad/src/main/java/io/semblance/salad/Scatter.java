package io.semblance.salad;

import io.semblance.core.linalg.Matrix;
import java.util.List;

/// Images of some categories or styles in the plane, close where the model finds them alike.
///
/// @param method how the coordinates were made
/// @param ids of the images shown, length p
/// @param cells of the images shown, length p
/// @param points p x 2
/// @param stress1 Kruskal's stress-1 of scaling, at least 0, lower is better; NaN for components
/// @param explained share of the variance in the plane, for components; NaN for scaling
/// @param chosen number of images of the chosen categories or styles, at least p
@SuppressWarnings("ArrayRecordComponent") // a result to read, made once
public record Scatter(
    Method method,
    List<String> ids,
    int[] cells,
    Matrix points,
    double stress1,
    double explained,
    int chosen) {

  /// How coordinates are made.
  public enum Method {
    /// Metric multidimensional scaling of Euclidean distances of vectors of length 1.
    MDS,
    /// First two principal components of vectors of length 1.
    PCA
  }
}
