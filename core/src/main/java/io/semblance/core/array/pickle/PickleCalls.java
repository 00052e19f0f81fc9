package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.pickle.PickleItems.Kind;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the known names make of their arguments. Nothing is run: each is a few lines of ours that
/// build the same plain value.
final class PickleCalls {

  private final PickleBytes in;
  private final PickleStack stack;
  private final boolean lookingThrough;
  private final TorchCalls torch;
  private final NumpyCalls numpy;

  PickleCalls(PickleBytes in, PickleStack stack, boolean lookingThrough) {
    this.in = in;
    this.stack = stack;
    this.lookingThrough = lookingThrough;
    this.torch = new TorchCalls(in);
    this.numpy = new NumpyCalls(in);
  }

  List<PickleArray> tensors() {
    return torch.tensors();
  }

  /// `REDUCE` and its kin.
  PickleValue call(PickleValue function, PickleValue arguments) throws SemblanceException {
    if (!(function instanceof PickleName name)) {
      throw in.broken("a call of " + function + ", which is no function");
    }
    if (name.kind() == PickleName.Kind.REFUSED) {
      return name;
    }
    if (!(arguments instanceof PickleItems tuple) || tuple.kind() != Kind.TUPLE) {
      throw in.broken("arguments of " + name + " that are no tuple");
    }
    if (lookingThrough && holdsRefused(tuple)) {
      return PickleName.refused(name.module(), name.name());
    }
    var args = new PickleArguments(name, tuple.items(), in);
    return switch (name.kind()) {
      case ORDERED_DICT -> dict(args);
      case SET -> items(Kind.SET, args);
      case SIZE -> items(Kind.TUPLE, args);
      case BYTES -> args.size() == 0 ? bytes(new byte[0]) : args.bytes(0);
      case ENCODE -> encode(args);
      case DEVICE -> args.text(0);
      case TENSOR, TENSOR_V2, TENSOR_V3, PARAMETER, PARAMETER_WITH_STATE -> torch.call(args);
      case DTYPE, RECONSTRUCT, SCALAR, FROM_BUFFER -> numpy.call(args);
      case STORAGE, UNTYPED_STORAGE, ELEMENT_TYPE, NDARRAY, REFUSED ->
          throw in.broken("a call of " + name + ", which is no function");
    };
  }

  /// `BUILD`.
  void build(PickleValue object, PickleValue state) throws SemblanceException {
    switch (object) {
      case NumpyType type -> numpy.build(type, state);
      case PickleArray array when array.plan() == null -> numpy.build(array, state);
      case PickleDict _ when state instanceof PickleDict -> {
        // attributes of an OrderedDict, in practice a state dict's `_metadata`: no data of its own
      }
      case PickleName name when name.kind() == PickleName.Kind.REFUSED -> {
        // only looked through
      }
      default -> throw in.broken("a state for " + object);
    }
  }

  private static boolean holdsRefused(PickleItems tuple) {
    return tuple.items().stream()
        .anyMatch(i -> i instanceof PickleName n && n.kind() == PickleName.Kind.REFUSED);
  }

  private PickleValue dict(PickleArguments args) throws SemblanceException {
    var out = new PickleDict();
    if (args.size() > 0) { // Python 2 gave a list of pairs
      for (PickleValue pair : args.items(0).items()) {
        if (!(pair instanceof PickleItems items)
            || items.size() != 2
            || items.get(0) instanceof PickleDict
            || items.get(0) instanceof PickleItems) {
          throw in.broken("an OrderedDict of something else than pairs");
        }
        stack.take(64);
        out.put(items.get(0), items.get(1));
      }
    }
    return out;
  }

  private PickleValue items(Kind kind, PickleArguments args) throws SemblanceException {
    if (args.size() == 0) {
      return PickleItems.empty(kind);
    }
    List<PickleValue> items = args.items(0).items();
    stack.take(8L * items.size());
    return new PickleItems(kind, new ArrayList<>(items));
  }

  /// Protocols before 3 write bytes as a text in which each character is a byte.
  private PickleValue encode(PickleArguments args) throws SemblanceException {
    String text = args.text(0).value();
    String encoding = args.size() < 2 ? "utf-8" : args.text(1).value();
    if (!encoding.equals("latin1") && !encoding.equals("latin-1")) {
      throw in.broken("a text in the encoding " + encoding);
    }
    if (text.chars().anyMatch(c -> c > 0xFF)) {
      throw in.broken("bytes over 255");
    }
    stack.take(text.length());
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static PickleValue bytes(byte[] bytes) {
    return new PickleValue.Bytes(MemorySegment.ofArray(bytes).asReadOnly());
  }
}
