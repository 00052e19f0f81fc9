package io.semblance.synth.diffusion;

import io.semblance.core.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Between pixels of 0 to 255 and numbers of -1 to 1.
public final class Images {

  private static final float HALF = 127.5f;

  private Images() {}

  /// @param image any
  /// @return `3 x h x w`, row-major, value / 127.5 - 1
  public static float[] floats(RgbImage image) {
    int area = image.width() * image.height();
    float[] out = new float[3 * area];
    for (int i = 0; i < area; i++) {
      for (int c = 0; c < 3; c++) {
        out[c * area + i] = (image.pixels()[3 * i + c] & 0xFF) / HALF - 1;
      }
    }
    return out;
  }

  /// @param image any
  /// @return `1 x 3 x h x w`, float32; the caller's scope's
  public static Tensor tensor(RgbImage image) {
    return tensor(floats(image), 1, 3, image.height(), image.width());
  }

  /// @param values row-major
  /// @param sizes of the axes
  /// @return float32, with its own copy; the caller's scope's
  public static Tensor tensor(float[] values, long... sizes) {
    try (var pointer = new FloatPointer(values)) {
      return torch.from_blob(pointer, sizes, new TensorOptions(ScalarType.Float)).clone();
    }
  }

  /// @param images `b x 3 x h x w`, cut to -1 to 1
  /// @return the nearest pixels
  public static List<RgbImage> pixels(Tensor images) {
    try (var _ = new PointerScope()) {
      Tensor bytes =
          images
              .to(ScalarType.Float)
              .mul(new Scalar(0.5))
              .add(new Scalar(0.5))
              .clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)))
              .mul(new Scalar(255.0))
              .round()
              .to(ScalarType.Byte)
              .cpu()
              .permute(0, 2, 3, 1)
              .contiguous();
      int height = (int) bytes.size(1);
      int width = (int) bytes.size(2);
      var all = new BytePointer(bytes.data_ptr());
      var out = new ArrayList<RgbImage>();
      for (long i = 0; i < bytes.size(0); i++) {
        byte[] one = new byte[3 * width * height];
        all.position(i * one.length).get(one);
        out.add(new RgbImage(width, height, one));
      }
      return out;
    }
  }

  /// @param tensor any
  /// @return whether every number is finite
  public static boolean finite(Tensor tensor) {
    try (var _ = new PointerScope()) {
      return tensor.isfinite().all().item_bool();
    }
  }
}
