package io.semblance.salad;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Names of models as parts of file names: letters, digits, dot, dash and underscore, distinct even
/// where a file system ignores case.
final class FileNames {

  private FileNames() {}

  /// @param names distinct
  /// @return for each a part of a file name
  static Map<String, String> of(List<String> names) {
    Set<String> taken = new HashSet<>();
    Map<String, String> out = new LinkedHashMap<>();
    for (String name : names) {
      String safe = name.replaceAll("[^A-Za-z0-9._-]+", "_");
      String part = safe;
      for (int k = 2; !taken.add(part.toLowerCase(Locale.ROOT)); k++) {
        part = safe + "-" + k;
      }
      out.put(name, part);
    }
    return out;
  }
}
