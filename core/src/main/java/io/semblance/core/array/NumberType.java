package io.semblance.core.array;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The types of number that numpy, torch and safetensors store. Complex numbers are not among them.
public enum NumberType {
  /// IEEE double.
  FLOAT64(8, "f8", "F64"),
  /// IEEE single.
  FLOAT32(4, "f4", "F32"),
  /// IEEE half.
  FLOAT16(2, "f2", "F16"),
  /// The upper half of an IEEE single.
  BFLOAT16(2, null, "BF16"),
  /// 4 bits exponent, 3 bits fraction, no infinities.
  FLOAT8_E4M3FN(1, null, "F8_E4M3"),
  /// 5 bits exponent, 2 bits fraction.
  FLOAT8_E5M2(1, null, "F8_E5M2"),
  /// As E4M3 with one more in the exponent's bias, no negative zero.
  FLOAT8_E4M3FNUZ(1, null, "F8_E4M3FNUZ"),
  /// As E5M2 with one more in the exponent's bias, no negative zero, no infinities.
  FLOAT8_E5M2FNUZ(1, null, "F8_E5M2FNUZ"),
  /// A power of two.
  FLOAT8_E8M0FNU(1, null, "F8_E8M0"),
  /// Signed, 64 bits. Beyond 2^53 a double holds the nearest one only.
  INT64(8, "i8", "I64"),
  /// Signed, 32 bits.
  INT32(4, "i4", "I32"),
  /// Signed, 16 bits.
  INT16(2, "i2", "I16"),
  /// Signed, 8 bits.
  INT8(1, "i1", "I8"),
  /// Unsigned, 64 bits. Beyond 2^53 a double holds the nearest one only.
  UINT64(8, "u8", "U64"),
  /// Unsigned, 32 bits.
  UINT32(4, "u4", "U32"),
  /// Unsigned, 16 bits.
  UINT16(2, "u2", "U16"),
  /// Unsigned, 8 bits.
  UINT8(1, "u1", "U8"),
  /// One byte, zero for false.
  BOOL(1, "b1", "BOOL");

  private final int bytes;
  private final String numpy;
  private final String safetensors;

  NumberType(int bytes, String numpy, String safetensors) {
    this.bytes = bytes;
    this.numpy = numpy;
    this.safetensors = safetensors;
  }

  /// @return bytes a number takes
  public int bytes() {
    return bytes;
  }

  /// @return numpy's kind and size without the byte order, e.g. `f4`; null where numpy has no such
  ///   type
  public String numpy() {
    return numpy;
  }

  /// @return torch's name, e.g. `float32`
  public String torch() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @return safetensors' name, e.g. `F32`
  public String safetensors() {
    return safetensors;
  }

  /// @param code numpy's kind and size without the byte order, e.g. `f4`
  /// @return the type, or nothing if it is none of these
  public static Optional<NumberType> ofNumpy(String code) {
    return Arrays.stream(values()).filter(t -> code.equals(t.numpy)).findFirst();
  }

  /// @param name torch's name, e.g. `float32`
  /// @return the type, or nothing if it is none of these
  public static Optional<NumberType> ofTorch(String name) {
    return Arrays.stream(values()).filter(t -> t.torch().equals(name)).findFirst();
  }

  /// @param name safetensors' name, e.g. `F32`
  /// @return the type, or nothing if it is none of these
  public static Optional<NumberType> ofSafetensors(String name) {
    return Arrays.stream(values()).filter(t -> t.safetensors.equals(name)).findFirst();
  }

  /// @return whether some of the type's numbers change when stored as float32
  public boolean widerThanFloat32() {
    return switch (this) {
      case FLOAT64, INT64, INT32, UINT64, UINT32 -> true;
      case FLOAT32,
          FLOAT16,
          BFLOAT16,
          FLOAT8_E4M3FN,
          FLOAT8_E5M2,
          FLOAT8_E4M3FNUZ,
          FLOAT8_E5M2FNUZ,
          FLOAT8_E8M0FNU,
          INT16,
          INT8,
          UINT16,
          UINT8,
          BOOL ->
          false;
    };
  }
}
