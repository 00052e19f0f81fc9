package io.semblance.core.exchange;

import io.semblance.core.array.NumberArray;
import io.semblance.core.table.Provenance;
import java.util.List;
import java.util.Map;

/// What a file or folder is and holds, in a few lines.
///
/// @param file as it was named
/// @param format in words, e.g. `torch file`
/// @param table rows, dimension and type, where it can be converted as it stands; else null
/// @param tensors its arrays of numbers, in the order of the file
/// @param texts its lists of texts
/// @param metadata further facts by name
/// @param refused names that a pickle asks for and that are refused; nothing else is known then
public record FileSummary(
    String file,
    String format,
    Table table,
    List<Tensor> tensors,
    List<Texts> texts,
    Map<String, String> metadata,
    List<String> refused) {

  /// An array.
  ///
  /// @param name dotted path; empty for the file itself
  /// @param type torch's name of the type, or `text`
  /// @param shape sizes of the axes
  public record Tensor(String name, String type, List<Long> shape) {

    /// @return type and shape in words
    public String describe() {
      long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
      return type + " " + NumberArray.text(sizes);
    }
  }

  /// A list of texts.
  ///
  /// @param name dotted path
  /// @param count number of texts
  /// @param first the first one
  public record Texts(String name, int count, String first) {}

  /// A table of vectors.
  ///
  /// @param rows n
  /// @param dimension d
  /// @param type torch's name of the type
  /// @param firstId id of the first row
  /// @param columns names of further columns
  /// @param provenance which model, where known
  public record Table(
      long rows,
      int dimension,
      String type,
      String firstId,
      List<String> columns,
      Provenance provenance) {}
}
