package io.semblance.core.column;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/// Texts of which many are equal, such as labels: each distinct text once, and a number a row. Null
/// is a text of its own.
public final class CodeColumn extends AbstractList<String> implements RandomAccess {

  private final List<String> values;
  private final int[] codes;

  private CodeColumn(List<String> values, int[] codes) {
    this.values = values;
    this.codes = codes;
  }

  @Override
  public int size() {
    return codes.length;
  }

  @Override
  public String get(int index) {
    return values.get(codes[index]);
  }

  /// Fills a column. Not safe for several threads.
  public static final class Builder {

    private final Map<String, Integer> known = new HashMap<>();
    private final List<String> values = new ArrayList<>();
    private int[] codes = new int[16];
    private int size;

    /// @param text the next text, or null
    /// @return this
    public Builder add(String text) {
      Integer code = known.get(text);
      if (code == null) {
        code = values.size();
        known.put(text, code);
        values.add(text);
      }
      if (size == codes.length) {
        codes = Arrays.copyOf(codes, size + (size >> 1));
      }
      codes[size++] = code;
      return this;
    }

    /// @return the column; the builder is spent
    public CodeColumn build() {
      return new CodeColumn(values, Arrays.copyOf(codes, size));
    }
  }
}
