package io.semblance.attribution.feature;

import io.semblance.core.table.Provenance;
import java.nio.file.Path;

/// What is known of vectors in a file that says nothing of their model.
final class Published {

  /// The name of a model nobody named.
  static final String UNKNOWN = "unknown";

  private Published() {}

  static Provenance unknown(Path file) {
    return new Provenance(
        UNKNOWN, Provenance.Kind.UNKNOWN, null, "as in " + file.getFileName(), false);
  }
}
