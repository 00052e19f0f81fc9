package io.semblance.synth.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.array.NumberArray;
import io.semblance.core.array.Safetensors;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// What a stage of a tiny pipeline should give, and comparisons with it.
public final class Golden implements AutoCloseable {

  private final Safetensors file;

  /// @param name of the pipeline
  public Golden(String name) throws IOException {
    this.file = TinyPipeline.golden(name);
  }

  /// @return names of all goldens
  public List<String> names() {
    return file.names();
  }

  /// @return whether there is one of that name
  public boolean has(String name) {
    return file.names().contains(name);
  }

  /// @return its numbers as a tensor
  public Tensor tensor(String name) throws IOException {
    NumberArray array = file.tensor(name);
    try (var pointer = new FloatPointer(array.toFloats())) {
      var floats = new TensorOptions(ScalarType.Float);
      return torch.from_blob(pointer, array.shape(), floats).clone();
    }
  }

  /// @return its numbers
  public double[] numbers(String name) throws IOException {
    return file.tensor(name).toDoubles();
  }

  /// @return its whole numbers, `rows x rest`
  public int[][] ints(String name) throws IOException {
    NumberArray array = file.tensor(name);
    double[] all = array.toDoubles();
    int[][] out = new int[(int) array.rows()][(int) array.rowLength()];
    for (int i = 0; i < all.length; i++) {
      out[i / out[0].length][i % out[0].length] = (int) all[i];
    }
    return out;
  }

  /// Compares by the shape and every number.
  ///
  /// @param absolute tolerance
  /// @param relative tolerance, of the golden number
  public void check(String name, Tensor found, double absolute, double relative)
      throws IOException {
    NumberArray array = file.tensor(name);
    try (var _ = new PointerScope()) {
      long[] shape = new long[(int) found.dim()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = found.size(i);
      }
      assertArrayEquals(array.shape(), shape, name);
      float[] values = floats(found);
      double[] wanted = array.toDoubles();
      for (int i = 0; i < wanted.length; i++) {
        assertEquals(wanted[i], values[i], absolute + relative * Math.abs(wanted[i]), name);
      }
    }
  }

  /// Compares by the largest difference over the largest number.
  public void checkToLargest(String name, Tensor found, double tolerance) throws IOException {
    double[] wanted = numbers(name);
    float[] values = floats(found);
    assertEquals(wanted.length, values.length, name);
    double largest = 0;
    double off = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      off = Math.max(off, Math.abs(wanted[i] - values[i]));
    }
    assertTrue(off <= tolerance * largest, name + " is off by " + off + " of " + largest);
  }

  /// @return all numbers of a tensor, row-major
  public static float[] floats(Tensor tensor) {
    try (var _ = new PointerScope()) {
      Tensor plain = tensor.detach().to(ScalarType.Float).contiguous();
      float[] out = new float[(int) plain.numel()];
      new FloatPointer(plain.data_ptr_float()).get(out);
      return out;
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
