package io.semblance.extract.codec;

/// A binary heap with the heaviest element first. Which of equal ones comes first is part of the
/// result that [WeightedMedianCut] promises: one moves up past a lighter element only, and down
/// past any that is not lighter, to the second of two only where that is heavier.
final class BoxHeap {

  /// What lies in the heap.
  interface Weighted {

    /// @return not changing while it lies there
    int weight();
  }

  private final Weighted[] elements;
  private int count;

  BoxHeap(int capacity) {
    elements = new Weighted[capacity + 1]; // the first place is 1
  }

  void clear() {
    count = 0;
  }

  void add(Weighted element) {
    int at = ++count;
    while (at > 1 && element.weight() > elements[at / 2].weight()) {
      elements[at] = elements[at / 2];
      at /= 2;
    }
    elements[at] = element;
  }

  /// @return the heaviest, or null if there is none
  Weighted remove() {
    if (count == 0) {
      return null;
    }
    Weighted heaviest = elements[1];
    Weighted last = elements[count--];
    int at = 1;
    while (2 * at <= count) {
      int child = 2 * at;
      if (child < count && elements[child].weight() < elements[child + 1].weight()) {
        child++;
      }
      if (last.weight() > elements[child].weight()) {
        break;
      }
      elements[at] = elements[child];
      at = child;
    }
    elements[at] = last;
    return heaviest;
  }
}
