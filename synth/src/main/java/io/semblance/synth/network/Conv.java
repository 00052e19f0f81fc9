package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A convolution of a feature map.
///
/// @param weight name of the kernels, out x in x side x side
/// @param bias name of the vector that is added
/// @param stride pixels from one place to the next
/// @param padding zeros at each edge
record Conv(String weight, String bias, int stride, int padding) {

  static Conv of(Shapes shapes, String name, long in, long out, int side, int stride, int padding) {
    return new Conv(
        shapes.declare(name + ".weight", out, in, side, side),
        shapes.declare(name + ".bias", out),
        stride,
        padding);
  }

  /// Three pixels wide, same size.
  static Conv three(Shapes shapes, String name, long in, long out) {
    return of(shapes, name, in, out, 3, 1, 1);
  }

  /// Each pixel by itself.
  static Conv one(Shapes shapes, String name, long in, long out) {
    return of(shapes, name, in, out, 1, 1, 0);
  }

  Tensor apply(Pass pass, Tensor x) {
    return torch.conv2d(
        x,
        pass.parameter(weight),
        pass.optional(bias),
        new long[] {stride, stride},
        new long[] {padding, padding},
        new long[] {1, 1},
        1);
  }
}
