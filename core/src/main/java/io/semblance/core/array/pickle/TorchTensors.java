package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import java.util.List;

/// What both of torch's formats do with storages and tensors.
final class TorchTensors {

  private TorchTensors() {}

  /// @param count elements of a typed storage, bytes of an untyped one
  static long bytes(PickleName type, long count, PickleBytes in) throws SemblanceException {
    int size =
        switch (type.kind()) {
          case STORAGE -> type.type().bytes();
          case UNTYPED_STORAGE -> 1;
          default -> throw in.broken("a storage of type " + type);
        };
    if (count < 0 || count > Long.MAX_VALUE / 8) {
      throw in.broken("a storage of " + count + " elements");
    }
    return count * size;
  }

  /// Makes every tensor whose storage was found.
  static void complete(List<PickleArray> tensors, PickleBytes in) throws SemblanceException {
    for (PickleArray tensor : tensors) {
      try {
        tensor.complete(tensor.plan().make());
      } catch (IllegalArgumentException e) {
        throw in.broken(
            "a tensor over storage '%s' %s"
                .formatted(tensor.plan().storage().key(), e.getMessage()));
      }
    }
  }
}
