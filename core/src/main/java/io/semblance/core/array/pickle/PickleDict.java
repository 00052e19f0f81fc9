package io.semblance.core.array.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A dict or `OrderedDict`, in the order of the file. A key that comes again replaces the value, as
/// in Python.
public final class PickleDict implements PickleValue {

  private final Map<PickleValue, PickleValue> entries = new LinkedHashMap<>();

  PickleDict() {}

  void put(PickleValue key, PickleValue value) {
    entries.put(key, value);
  }

  /// @return the entries in order
  public Map<PickleValue, PickleValue> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /// @param key a text
  /// @return the value under it, or nothing
  public Optional<PickleValue> get(String key) {
    return Optional.ofNullable(entries.get(new Text(key)));
  }

  /// @return number of entries
  public int size() {
    return entries.size();
  }

  @Override
  public String toString() {
    return "dict of " + entries.size();
  }
}
