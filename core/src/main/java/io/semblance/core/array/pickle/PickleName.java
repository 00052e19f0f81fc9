package io.semblance.core.array.pickle;

import io.semblance.core.array.NumberType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A name that a pickle may ask for, because we know what it makes of plain data. This list is all
/// there is: nothing is looked up anywhere else.
///
/// @param module the module as the pickle writes it
/// @param name the name in it, likewise; never a dotted path through attributes
/// @param kind what it makes
/// @param type element type of storages and dtypes, else null
public record PickleName(String module, String name, Kind kind, NumberType type)
    implements PickleValue {

  private static final Map<String, PickleName> KNOWN = new HashMap<>();

  /// What a name makes.
  enum Kind {
    ORDERED_DICT,
    SET,
    BYTES,
    ENCODE,
    TENSOR,
    TENSOR_V2,
    TENSOR_V3,
    PARAMETER,
    PARAMETER_WITH_STATE,
    SIZE,
    DEVICE,
    STORAGE,
    UNTYPED_STORAGE,
    ELEMENT_TYPE,
    NDARRAY,
    DTYPE,
    RECONSTRUCT,
    SCALAR,
    FROM_BUFFER,
    /// Not known; stands in its place where a refused pickle is only looked through.
    REFUSED
  }

  static {
    add(Kind.ORDERED_DICT, "OrderedDict", "collections");
    for (String builtins : List.of("builtins", "__builtin__")) {
      add(Kind.SET, "set", builtins);
      add(Kind.SET, "frozenset", builtins);
      add(Kind.BYTES, "bytes", builtins);
      add(Kind.BYTES, "bytearray", builtins);
    }
    add(Kind.ENCODE, "encode", "_codecs");
    add(Kind.TENSOR, "_rebuild_tensor", "torch._utils");
    add(Kind.TENSOR_V2, "_rebuild_tensor_v2", "torch._utils");
    add(Kind.TENSOR_V3, "_rebuild_tensor_v3", "torch._utils");
    add(Kind.PARAMETER, "_rebuild_parameter", "torch._utils");
    add(Kind.PARAMETER_WITH_STATE, "_rebuild_parameter_with_state", "torch._utils");
    add(Kind.SIZE, "Size", "torch");
    add(Kind.DEVICE, "device", "torch");
    add(Kind.UNTYPED_STORAGE, "UntypedStorage", "torch", "torch.storage");
    storage("Double", NumberType.FLOAT64);
    storage("Float", NumberType.FLOAT32);
    storage("Half", NumberType.FLOAT16);
    storage("BFloat16", NumberType.BFLOAT16);
    storage("Long", NumberType.INT64);
    storage("Int", NumberType.INT32);
    storage("Short", NumberType.INT16);
    storage("Char", NumberType.INT8);
    storage("Byte", NumberType.UINT8);
    storage("Bool", NumberType.BOOL);
    for (NumberType type : NumberType.values()) {
      put(new PickleName("torch", type.torch(), Kind.ELEMENT_TYPE, type));
    }
    add(Kind.NDARRAY, "ndarray", "numpy");
    add(Kind.DTYPE, "dtype", "numpy");
    for (String core : List.of("numpy.core", "numpy._core")) {
      add(Kind.RECONSTRUCT, "_reconstruct", core + ".multiarray");
      add(Kind.SCALAR, "scalar", core + ".multiarray");
      add(Kind.FROM_BUFFER, "_frombuffer", core + ".numeric");
    }
  }

  private static void add(Kind kind, String name, String... modules) {
    for (String module : modules) {
      put(new PickleName(module, name, kind, null));
    }
  }

  private static void storage(String prefix, NumberType type) {
    for (String module : List.of("torch", "torch.cuda")) {
      put(new PickleName(module, prefix + "Storage", Kind.STORAGE, type));
    }
  }

  private static void put(PickleName name) {
    KNOWN.put(name.module() + "\n" + name.name(), name);
  }

  /// @param module as the pickle writes it
  /// @param name likewise
  /// @return what is known of it, or nothing: it must be refused
  static Optional<PickleName> find(String module, String name) {
    return Optional.ofNullable(KNOWN.get(module + "\n" + name));
  }

  static PickleName refused(String module, String name) {
    return new PickleName(module, name, Kind.REFUSED, null);
  }

  /// @return the name with its module, e.g. `torch.float32`
  @Override
  public String toString() {
    return module + "." + name;
  }
}
