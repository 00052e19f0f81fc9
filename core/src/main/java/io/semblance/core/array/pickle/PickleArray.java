package io.semblance.core.array.pickle;

import io.semblance.core.array.StoredArray;

/// A torch tensor, a numpy array or a numpy scalar (an array without axes).
public final class PickleArray implements PickleValue {

  private final TensorPlan plan; // of a tensor, until its storage is found; else null
  private StoredArray array;

  PickleArray(StoredArray array) {
    this.plan = null;
    this.array = array;
  }

  PickleArray(TensorPlan plan) {
    this.plan = plan;
  }

  TensorPlan plan() {
    return plan;
  }

  boolean isComplete() {
    return array != null;
  }

  void complete(StoredArray found) {
    array = found;
  }

  /// @return numbers or texts, a view of the file; valid until the file is closed
  public StoredArray array() {
    if (array == null) {
      throw new IllegalStateException("the reader left an array without its data");
    }
    return array;
  }

  @Override
  public String toString() {
    return String.valueOf(array);
  }
}
