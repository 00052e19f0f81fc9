package io.semblance.core.table;

/// Which model made a table's vectors, and how.
///
/// @param modelId stable name, e.g. `efficientnet-lite0`
/// @param kind neural, algorithmic or conceptual; conceptual models are left out of verdicts on
///   computational ones
/// @param weightsSha256 hash of the weights, or null where the extractor has none
/// @param preprocessing from file to model input, in one line
/// @param normalized whether every row has Euclidean norm 1
public record Provenance(
    String modelId, Kind kind, String weightsSha256, String preprocessing, boolean normalized) {

  /// What an extractor computes from.
  public enum Kind {
    /// A trained network.
    NEURAL,
    /// A fixed algorithm on pixels or files.
    ALGORITHMIC,
    /// A statement of what similarity should be, made from labels alone.
    CONCEPTUAL,
    /// Not said by the file the table came from.
    UNKNOWN
  }

  /// Provenance of vectors that came without any.
  ///
  /// @param modelId what to call the model, usually the file's name
  /// @return kind unknown, nothing else known
  public static Provenance unknown(String modelId) {
    return new Provenance(modelId, Kind.UNKNOWN, null, "unknown", false);
  }

  /// @return whether the vectors are computed from images rather than from labels
  public boolean computational() {
    return kind != Kind.CONCEPTUAL;
  }
}
