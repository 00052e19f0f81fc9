/// Weights of networks: from safetensors files to tensors by name.
///
/// Tensors live in libtorch's memory. [io.semblance.synth.weights.Parameters] owns those it holds;
/// everything else that a computation makes belongs to the `PointerScope` it was made in.
package io.semblance.synth.weights;
