package io.semblance.core.array.pickle;

import io.semblance.core.array.NumberArray;
import io.semblance.core.array.NumberType;

/// Which elements of a storage make a tensor. In torch's old format the storages follow the pickle,
/// so that a tensor can only be made when both were read.
///
/// @param storage the bytes
/// @param type of an element
/// @param shape sizes of the axes
/// @param strides in elements
/// @param offset elements before the first
record TensorPlan(
    TorchStorage storage, NumberType type, long[] shape, long[] strides, long offset) {

  /// @throws IllegalArgumentException if the elements do not lie inside the storage
  NumberArray make() {
    return NumberArray.of(type, storage.order(), shape, strides, storage.bytes(), offset);
  }
}
