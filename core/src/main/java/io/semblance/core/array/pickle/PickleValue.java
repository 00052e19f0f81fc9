package io.semblance.core.array.pickle;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;

/// What a pickle holds: a closed set of plain data. Immutable to its readers.
public sealed interface PickleValue
    permits PickleValue.None,
        PickleValue.Bool,
        PickleValue.Int,
        PickleValue.BigInt,
        PickleValue.Real,
        PickleValue.Text,
        PickleValue.Bytes,
        PickleItems,
        PickleDict,
        PickleArray,
        PickleName,
        NumpyType,
        TorchStorage {

  /// Python's None.
  enum None implements PickleValue {
    /// The one value.
    NONE
  }

  /// True or False.
  ///
  /// @param value which
  record Bool(boolean value) implements PickleValue {}

  /// A whole number of at most 64 bits.
  ///
  /// @param value the number
  record Int(long value) implements PickleValue {}

  /// A whole number of more than 64 bits.
  ///
  /// @param value the number
  record BigInt(BigInteger value) implements PickleValue {}

  /// A floating-point number.
  ///
  /// @param value the number
  record Real(double value) implements PickleValue {}

  /// A text.
  ///
  /// @param value the text
  record Text(String value) implements PickleValue {}

  /// Bytes.
  ///
  /// @param value the bytes; where they lie in a mapped file, valid until that is closed
  record Bytes(MemorySegment value) implements PickleValue {}
}
