package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The stack and the memo of the machine, and the memory they may take.
final class PickleStack {

  private static final int REFERENCE = 8;

  private final PickleBytes in;
  private PickleValue[] values = new PickleValue[64];
  private int size;
  private int[] marks = new int[8];
  private int markCount;
  private PickleValue[] memo = new PickleValue[64];
  private int remembered;
  private long budget;
  private final long budgetBytes;

  /// @param budgetBytes of heap that everything read may take together, as estimated
  PickleStack(PickleBytes in, long budgetBytes) {
    this.in = in;
    this.budget = budgetBytes;
    this.budgetBytes = budgetBytes;
  }

  /// Accounts for memory before it is taken.
  void take(long bytes) throws SemblanceException {
    budget -= bytes;
    if (budget < 0) {
      throw new SemblanceException(
          "%s needs more than %d MB of memory (at byte %d): set SEMBLANCE_JAVA_OPTIONS=-Xmx8g (or more) if you trust the file."
              .formatted(in.where(), budgetBytes >> 20, in.position()));
    }
  }

  void push(PickleValue value) throws SemblanceException {
    take(REFERENCE);
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  PickleValue pop() throws SemblanceException {
    if (size == 0 || (markCount > 0 && size <= marks[markCount - 1])) {
      throw in.broken("nothing is on the stack");
    }
    budget += REFERENCE;
    PickleValue top = values[--size];
    values[size] = null;
    return top;
  }

  PickleValue top() throws SemblanceException {
    PickleValue top = pop();
    push(top);
    return top;
  }

  void mark() throws SemblanceException {
    take(Integer.BYTES);
    if (markCount == marks.length) {
      marks = Arrays.copyOf(marks, 2 * markCount);
    }
    marks[markCount++] = size;
  }

  /// Takes everything above the last mark, and the mark.
  List<PickleValue> popToMark() throws SemblanceException {
    if (markCount == 0) {
      throw in.broken("no mark is on the stack");
    }
    int from = marks[--markCount];
    take((long) REFERENCE * (size - from));
    var out = new ArrayList<PickleValue>(size - from);
    for (int i = from; i < size; i++) {
      out.add(values[i]);
      values[i] = null;
    }
    budget += (long) REFERENCE * (size - from);
    size = from;
    return out;
  }

  /// `POP`: the top, or a mark that lies there.
  void drop() throws SemblanceException {
    if (markCount > 0 && marks[markCount - 1] == size) {
      markCount--;
    } else {
      pop();
    }
  }

  /// Takes the top `count` values, in the order they were pushed.
  List<PickleValue> pop(int count) throws SemblanceException {
    var out = new ArrayList<PickleValue>(count);
    for (int i = 0; i < count; i++) {
      out.addFirst(pop());
    }
    return out;
  }

  /// Remembers the top of the stack. Places may not run far ahead of what was remembered, as they
  /// never do in a pickle that Python wrote.
  void put(long place) throws SemblanceException {
    if (place < 0 || place > 2L * remembered + 1024) {
      throw in.broken("place " + place + " of the memo, though " + remembered + " are in use");
    }
    PickleValue value = top();
    if (place >= memo.length) {
      int length = (int) Math.min(Integer.MAX_VALUE - 8, 2 * place);
      take((long) REFERENCE * (length - memo.length));
      memo = Arrays.copyOf(memo, length);
    }
    remembered += memo[(int) place] == null ? 1 : 0;
    memo[(int) place] = value;
  }

  void putNext() throws SemblanceException {
    put(remembered);
  }

  PickleValue get(long place) throws SemblanceException {
    if (place < 0 || place >= memo.length || memo[(int) place] == null) {
      throw in.broken("place " + place + " of the memo is empty");
    }
    return memo[(int) place];
  }

  int size() {
    return size;
  }
}
