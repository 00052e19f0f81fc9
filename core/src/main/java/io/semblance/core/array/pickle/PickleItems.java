package io.semblance.core.array.pickle;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/// A list, tuple or set.
public final class PickleItems implements PickleValue {

  private final Kind kind;
  private final List<PickleValue> items;

  /// Which of Python's collections.
  public enum Kind {
    /// `[...]`
    LIST,
    /// `(...)`, also `torch.Size`
    TUPLE,
    /// `{...}`, also `frozenset`; in the order of the file
    SET
  }

  PickleItems(Kind kind, List<PickleValue> items) {
    this.kind = kind;
    this.items = items;
  }

  static PickleItems empty(Kind kind) {
    return new PickleItems(kind, new ArrayList<>());
  }

  void add(PickleValue item) {
    items.add(item);
  }

  /// @return which collection
  public Kind kind() {
    return kind;
  }

  /// @return the items in order
  public List<PickleValue> items() {
    return Collections.unmodifiableList(items);
  }

  /// @return number of items
  public int size() {
    return items.size();
  }

  /// @param index from 0
  /// @return the item there
  public PickleValue get(int index) {
    return items.get(index);
  }

  /// @return the items as texts, a view; or nothing if one of them is no text or there is none
  public Optional<List<String>> texts() {
    if (items.isEmpty() || !items.stream().allMatch(i -> i instanceof Text)) {
      return Optional.empty();
    }
    return Optional.of(new Texts(items));
  }

  private static final class Texts extends AbstractList<String> implements RandomAccess {

    private final List<PickleValue> items;

    Texts(List<PickleValue> items) {
      this.items = items;
    }

    @Override
    public int size() {
      return items.size();
    }

    @Override
    public String get(int index) {
      return ((Text) items.get(index)).value();
    }
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + " of " + items.size();
  }
}
