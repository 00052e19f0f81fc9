package io.semblance.attribution.mapper;

import io.semblance.core.linalg.Dense;
import java.util.List;
import java.util.Map;

/// One side of a mapper while it is trained: a function on rows with its gradients in closed form.
/// Not safe for several threads.
sealed interface Head permits AffineHead, ChannelHead, MlpHead {

  /// Maps a batch as in training, and keeps what [#backward] needs.
  ///
  /// @param x n x inputs
  /// @return n x outputs
  Dense forward(Dense x);

  /// Gradients of a loss by the parameters.
  ///
  /// @param gradient of the loss by what [#forward] returned last, n x outputs
  /// @return one a parameter, in their order and of their size
  List<Dense> backward(Dense gradient);

  /// What the optimiser changes, in place.
  ///
  /// @return the parameters, always in the same order
  List<Dense> parameters();

  /// How far the map is from an isometry, ||W'W - I||_F; adds `factor` times its gradient to the
  /// parameters' gradients. At 0 the gradient is taken as 0.
  ///
  /// @param gradients of the parameters, changed in place
  /// @param factor of the regulariser in the loss
  /// @return the norm, at least 0; 0 for a map that has no square matrix
  double regularise(List<Dense> gradients, double factor);

  /// Everything a file needs, by the names of the published code, in its shapes.
  ///
  /// @return parameters and running statistics; vectors as 1 x n
  Map<String, Dense> state();
}
