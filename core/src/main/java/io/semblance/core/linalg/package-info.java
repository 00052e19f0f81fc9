/// Linear algebra in double precision: products and eigenvectors by libtorch, the rest of the
/// statistics on top.
///
/// Matrices are row-major. libtorch is loaded on the first call that needs it and never for
/// `--help`. Native memory lives inside one call.
package io.semblance.core.linalg;
