package io.semblance.core.torch;

import io.semblance.core.SemblanceException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// A network of a TorchScript file, in evaluation mode and without gradients. One thread at a time.
///
/// In [Arithmetic#BFLOAT16] libtorch's autocast decides what is computed in bfloat16: products and
/// convolutions are; sums along the residual path, norms and softmax keep float32.
public final class TorchScript implements AutoCloseable {

  private final JitModule module;
  private final Device device;
  private final Arithmetic arithmetic;
  private final String name;

  /// What products and convolutions are computed in.
  public enum Arithmetic {
    /// IEEE single.
    FLOAT32,
    /// 8 bits of significand in place of 24, the range of float32.
    BFLOAT16
  }

  /// An output of a network.
  ///
  /// @param values row-major
  /// @param shape lengths of the axes
  @SuppressWarnings("ArrayRecordComponent") // handed over once
  public record Output(float[] values, long[] shape) {}

  private TorchScript(JitModule module, Device device, Arithmetic arithmetic, String name) {
    this.module = module;
    this.device = device;
    this.arithmetic = arithmetic;
    this.name = name;
  }

  /// Loads a network. The first call loads libtorch (about a second).
  ///
  /// @param file a TorchScript archive
  /// @param arithmetic what to compute in
  /// @param device where, `cpu` or `cuda:N`
  /// @param threads of libtorch, for the whole process, at least 1
  /// @return the network; close it
  /// @throws SemblanceException if the file is no TorchScript archive, or the device is not there
  public static TorchScript load(Path file, Arithmetic arithmetic, String device, int threads)
      throws SemblanceException {
    ScriptFile.check(file);
    torch.set_num_threads(threads);
    if (!device.equals("cpu") && !torch.cuda_is_available()) {
      throw new SemblanceException(
          "libtorch finds no CUDA device (the build in use has %s): use --device cpu, or see \"GPU\" in docs/models.md."
              .formatted(torch.hasCUDA() ? "CUDA, but no device answers" : "none"));
    }
    var place = new Device(device);
    JitModule module = null;
    try (var _ = new NoGradGuard()) {
      module = torch.load(file.toString(), new DeviceOptional(place), false);
      module.eval();
      var script = new TorchScript(module, place, arithmetic, file.toString());
      script.keepCasts();
      return script;
    } catch (RuntimeException e) {
      close(module);
      throw new SemblanceException(
          "%s cannot be loaded by libtorch (%s): save it again with torch.jit, see docs/models.md."
              .formatted(file, TorchError.reason(e)),
          e);
    }
  }

  /// Autocast keeps the bfloat16 copy of a weight only where the weight looks trainable.
  private void keepCasts() {
    if (arithmetic == Arithmetic.BFLOAT16) {
      try (var _ = new PointerScope()) {
        var parameters = module.parameters();
        var end = parameters.end();
        for (var at = parameters.begin(); at.notEquals(end); at.increment()) {
          Tensor parameter = at.multiply();
          if (parameter.is_floating_point()) {
            parameter.set_requires_grad(true);
          }
        }
      }
    }
  }

  /// Runs the network.
  ///
  /// @param input row-major, direct, in the machine's byte order; all that remains of it
  /// @param shape lengths of its axes
  /// @param output which output, where there are several: its number from 0 in a tuple or list, its
  ///   name in a dictionary; a network with one output ignores it
  /// @return that output, as float32
  /// @throws SemblanceException if the network fails, or has no such output
  public Output run(FloatBuffer input, long[] shape, String output) throws SemblanceException {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      autocast(arithmetic == Arithmetic.BFLOAT16);
      var options = new TensorOptions(torch.ScalarType.Float);
      Tensor pixels = torch.from_blob(new FloatPointer(input), shape, options);
      Tensor fed = pixels.to(device, torch.ScalarType.Float);
      IValue answer = module.forward(new IValueVector(new IValue(fed)));
      return copy(Outputs.choose(answer, output, name));
    } catch (RuntimeException e) {
      throw TorchError.failed(e, name, shape);
    } finally {
      autocast(false);
    }
  }

  private static Output copy(Tensor tensor) {
    Tensor plain = tensor.to(new Device("cpu"), torch.ScalarType.Float).contiguous();
    long[] shape = new long[(int) plain.dim()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = plain.size(i);
    }
    float[] values = new float[Math.toIntExact(plain.numel())];
    plain.data_ptr_float().get(values);
    return new Output(values, shape);
  }

  private void autocast(boolean on) {
    torch.DeviceType type = device.type();
    if (on) {
      torch.set_autocast_dtype(type, torch.ScalarType.BFloat16);
    }
    torch.set_autocast_enabled(type, on);
  }

  private static void close(JitModule module) {
    if (module != null) {
      module.close();
    }
  }

  /// Frees the network, and every bfloat16 copy of weights in the process.
  @Override
  public void close() {
    if (arithmetic == Arithmetic.BFLOAT16) {
      torch.clear_cache();
    }
    module.close();
    device.close();
  }
}
