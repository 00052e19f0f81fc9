package io.semblance.core.array.pickle;

import io.semblance.core.array.NumberType;
import java.nio.ByteOrder;
import java.util.Optional;

/// A numpy element type while it is read: its code comes first, its byte order with BUILD.
final class NumpyType implements PickleValue {

  private final String code;
  private ByteOrder order = ByteOrder.nativeOrder();
  private int textBytes = -1;

  /// @param code kind and size, e.g. `f4`, perhaps with its byte order in front
  NumpyType(String code) {
    this.code = code;
  }

  void order(String mark) {
    order =
        switch (mark) {
          case ">" -> ByteOrder.BIG_ENDIAN;
          case "<" -> ByteOrder.LITTLE_ENDIAN;
          default -> ByteOrder.nativeOrder();
        };
  }

  /// numpy gives the size of text types with BUILD.
  void textBytes(long bytes) {
    textBytes = bytes > 0 && bytes <= 1 << 24 ? (int) bytes : -1;
  }

  String code() {
    return code.isEmpty() || "<>=|".indexOf(code.charAt(0)) < 0 ? code : code.substring(1);
  }

  ByteOrder order() {
    return code.startsWith(">")
        ? ByteOrder.BIG_ENDIAN
        : code.startsWith("<") ? ByteOrder.LITTLE_ENDIAN : order;
  }

  Optional<NumberType> numbers() {
    return NumberType.ofNumpy(code().equals("?") ? "b1" : code());
  }

  boolean isText() {
    return (code().startsWith("U") || code().startsWith("S")) && elementBytes() > 0;
  }

  /// Bytes of an element, or -1 where it is no number and no text.
  int elementBytes() {
    return numbers().map(NumberType::bytes).orElse(textBytes);
  }

  @Override
  public String toString() {
    return "numpy.dtype('" + code() + "')";
  }
}
