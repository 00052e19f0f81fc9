package io.semblance.synth.weights;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Fills a network's parameters from files: every parameter from exactly one tensor, and every
/// tensor into exactly one parameter.
public final class WeightLoader {

  private static final int NAMED = 5;

  private WeightLoader() {}

  /// Loads the weights of a network.
  ///
  /// @param files the tensors
  /// @param shapes what the network needs: sizes of axes by name
  /// @param rename from a name in the files to the network's name, or to null for a tensor that is
  ///   no parameter
  /// @param type to hold the numbers in
  /// @param device where to
  /// @return the parameters, in the network's order; close them
  /// @throws SemblanceException if a tensor is missing, left over, there twice, or of another shape
  ///   or type; the message names it
  public static Parameters load(
      WeightFiles files,
      Map<String, long[]> shapes,
      UnaryOperator<String> rename,
      FloatType type,
      String device)
      throws SemblanceException {
    Map<String, String> sources = sources(files, shapes, rename);
    for (Map.Entry<String, long[]> wanted : shapes.entrySet()) {
      check(files, sources.get(wanted.getKey()), wanted.getValue());
    }
    var place = new Device(device);
    var tensors = new LinkedHashMap<String, Tensor>();
    try {
      for (Map.Entry<String, long[]> wanted : shapes.entrySet()) {
        NumberArray array = files.tensors().get(sources.get(wanted.getKey()));
        tensors.put(wanted.getKey(), tensor(array, wanted.getValue(), type, place));
      }
      return Parameters.of(tensors, type, place);
    } catch (RuntimeException e) {
      tensors.values().forEach(Tensor::close);
      throw new SemblanceException(
          "The weights of %s do not fit memory (%s): use --compute bf16, or a machine with more."
              .formatted(files.folder(), Printable.of(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static Map<String, String> sources(
      WeightFiles files, Map<String, long[]> shapes, UnaryOperator<String> rename)
      throws SemblanceException {
    var sources = new LinkedHashMap<String, String>();
    var left = new ArrayList<String>();
    for (String name : files.tensors().keySet()) {
      String own = rename.apply(name);
      if (own == null) {
        continue;
      }
      if (!shapes.containsKey(own)) {
        left.add(name);
      } else if (sources.putIfAbsent(own, name) != null) {
        throw new SemblanceException(
            "%s has both '%s' and '%s', which are one parameter: leave one of them."
                .formatted(files.folder(), sources.get(own), name));
      }
    }
    List<String> missing = shapes.keySet().stream().filter(n -> !sources.containsKey(n)).toList();
    if (!missing.isEmpty() || !left.isEmpty()) {
      throw new SemblanceException(
          "%s does not hold the network that its config.json describes (%s): copy both from one model."
              .formatted(
                  files.folder(),
                  String.join(
                      "; ",
                      Stream.of(listed("missing", missing), listed("not known", left))
                          .filter(s -> !s.isEmpty())
                          .toList())));
    }
    return sources;
  }

  private static String listed(String what, List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String some = String.join(", ", names.stream().limit(NAMED).map(n -> Printable.of(n)).toList());
    return what
        + ": "
        + some
        + (names.size() > NAMED ? " and %d more".formatted(names.size() - NAMED) : "");
  }

  private static void check(WeightFiles files, String source, long[] wanted)
      throws SemblanceException {
    NumberArray array = files.tensors().get(source);
    if (!Arrays.equals(trimmed(array.shape(), wanted.length), wanted)) {
      throw new SemblanceException(
          "%s: the tensor '%s' is %s, and config.json asks for %s: copy both from one model."
              .formatted(
                  files.place(source),
                  Printable.of(source),
                  NumberArray.text(array.shape()),
                  NumberArray.text(wanted)));
    }
    if (scalarType(array) == null) {
      throw new SemblanceException(
          "%s: the tensor '%s' holds %s, and weights are read as float32, float16 or bfloat16: save the model in one of these."
              .formatted(files.place(source), Printable.of(source), array.type().torch()));
    }
  }

  /// A convolution of one pixel is a matrix: old files of VAEs hold it so.
  private static long[] trimmed(long[] shape, int axes) {
    int length = shape.length;
    while (length > axes && shape[length - 1] == 1) {
      length--;
    }
    return Arrays.copyOf(shape, length);
  }

  private static ScalarType scalarType(NumberArray array) {
    return switch (array.type()) {
      case FLOAT32 -> ScalarType.Float;
      case FLOAT16 -> ScalarType.Half;
      case BFLOAT16 -> ScalarType.BFloat16;
      case FLOAT64 -> ScalarType.Double;
      default -> null;
    };
  }

  private static Tensor tensor(NumberArray array, long[] sizes, FloatType type, Device device) {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      var bytes = new BytePointer(array.bytes().asByteBuffer());
      Tensor mapped = torch.from_blob(bytes, sizes, new TensorOptions(scalarType(array)));
      Tensor fitted = mapped.to(device, type.torch());
      Tensor own = fitted.data_ptr().address() == bytes.address() ? mapped.clone() : fitted;
      own.retainReference();
      return own;
    }
  }
}
