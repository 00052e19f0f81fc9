package io.semblance.attribution.mapper;

import io.semblance.attribution.mapper.MapperState.Array;

/// A linear layer with what follows it, as it is used: y = (W x) * scale + shift, then ReLU.
///
/// @param weight outputs x inputs
/// @param scale length outputs, or null for 1
/// @param shift length outputs
/// @param relu whether negative numbers become 0
@SuppressWarnings("ArrayRecordComponent") // shared on purpose
record Layer(Array weight, float[] scale, float[] shift, boolean relu) {

  float finish(float product, int column) {
    float y = (scale == null ? product : product * scale[column]) + shift[column];
    return relu && y < 0 ? 0 : y;
  }
}
