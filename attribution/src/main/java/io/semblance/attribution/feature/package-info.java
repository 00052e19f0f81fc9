/// Vectors as attribution reads them: pools of training images (from table folders and published
/// `.pth` files), and test sets of exemplars and synthesised images.
///
/// Rows are float32, row-major, in native memory: n x d.
package io.semblance.attribution.feature;
