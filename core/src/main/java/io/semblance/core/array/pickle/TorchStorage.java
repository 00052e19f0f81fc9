package io.semblance.core.array.pickle;

import io.semblance.core.array.NumberType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/// The bytes under one or more tensors.
final class TorchStorage implements PickleValue {

  private final String key;
  private final NumberType type;
  private final long byteSize;
  private MemorySegment bytes;
  private ByteOrder order;

  /// @param key names the storage in its file
  /// @param type of an element, or null where only the tensors know
  /// @param byteSize its length
  TorchStorage(String key, NumberType type, long byteSize) {
    this.key = key;
    this.type = type;
    this.byteSize = byteSize;
  }

  void found(MemorySegment where, ByteOrder inOrder) {
    bytes = where;
    order = inOrder;
  }

  String key() {
    return key;
  }

  NumberType type() {
    return type;
  }

  long byteSize() {
    return byteSize;
  }

  MemorySegment bytes() {
    if (bytes == null) {
      throw new IllegalArgumentException("has no storage '" + key + "' in the file");
    }
    return bytes;
  }

  ByteOrder order() {
    return order;
  }
}
