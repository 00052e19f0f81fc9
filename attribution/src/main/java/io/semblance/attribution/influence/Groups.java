package io.semblance.attribution.influence;

import io.semblance.attribution.AttributionIndex;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.column.TextColumn;
import io.semblance.core.table.EmbeddingTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Which group every image of an index belongs to, by a column of its tables' metadata, or by
/// `source`, `category` or `style`.
public final class Groups {

  private static final String NONE = "(none)";

  private final List<int[]> codes = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  private Groups() {}

  /// @param index to be grouped
  /// @param column a column of the metadata, or `source`, `category`, `style`
  /// @return the groups
  /// @throws SemblanceException if a table has no such column; the message lists what there is
  public static Groups by(AttributionIndex index, String column) throws IOException {
    var out = new Groups();
    for (int t = 0; t < index.tables().size(); t++) {
      EmbeddingTable table = index.tables().get(t);
      String source = index.manifest().tables().get(t).name();
      IntFunction<String> value = values(table, source, column);
      int[] code = new int[table.size()];
      for (int r = 0; r < code.length; r++) {
        code[r] = out.number(value.apply(r));
      }
      out.codes.add(code);
    }
    return out;
  }

  private static IntFunction<String> values(EmbeddingTable table, String source, String column)
      throws IOException {
    return switch (column) {
      case "source" -> _ -> source;
      case "category" -> r -> labels(table, r).category();
      case "style" -> r -> labels(table, r).style();
      default -> {
        try {
          TextColumn cells = table.metadata().column(column);
          yield cells::get;
        } catch (IllegalArgumentException e) {
          throw new SemblanceException(
              "Cannot group by '%s': %s; 'source', 'category' and 'style' always work."
                  .formatted(column, e.getMessage()),
              e);
        }
      }
    };
  }

  private static Labels labels(EmbeddingTable table, int row) {
    return table.rows().get(row).labels();
  }

  private int number(String name) {
    return numbers.computeIfAbsent(
        name == null ? NONE : name,
        n -> {
          names.add(n);
          return names.size() - 1;
        });
  }

  int of(int table, long row) {
    return codes.get(table)[(int) row];
  }

  int count() {
    return names.size();
  }

  String name(int number) {
    return names.get(number);
  }
}
