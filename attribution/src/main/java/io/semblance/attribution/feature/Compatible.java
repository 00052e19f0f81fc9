package io.semblance.attribution.feature;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.Provenance;
import java.util.Objects;

/// Whether two sets of vectors can be compared: same model, weights, preprocessing, dimension. What
/// came from a file that names no model can be compared with anything of its dimension.
public final class Compatible {

  private Compatible() {}

  /// @param what names the one side
  /// @param a its model
  /// @param dimensionA its d
  /// @param whatElse names the other side
  /// @param b its model
  /// @param dimensionB its d
  /// @throws SemblanceException if they differ; the message names both sides
  public static void require(
      String what, Provenance a, int dimensionA, String whatElse, Provenance b, int dimensionB)
      throws SemblanceException {
    boolean same = dimensionA == dimensionB && (nameless(a) || nameless(b) || sameModel(a, b));
    if (!same) {
      throw new SemblanceException(
          "%s holds vectors of %s, but %s of %s: only vectors of one model can be compared; embed both with the same one."
              .formatted(what, text(a, dimensionA), whatElse, text(b, dimensionB)));
    }
  }

  /// @param a one
  /// @param b another
  /// @return whether model, weights and preprocessing are the same
  public static boolean sameModel(Provenance a, Provenance b) {
    return Objects.equals(a.modelId(), b.modelId())
        && Objects.equals(a.weightsSha256(), b.weightsSha256())
        && Objects.equals(a.preprocessing(), b.preprocessing());
  }

  /// @param provenance of vectors
  /// @return whether they came from a file that names no model
  public static boolean nameless(Provenance provenance) {
    return provenance.kind() == Provenance.Kind.UNKNOWN
        && Published.UNKNOWN.equals(provenance.modelId());
  }

  private static String text(Provenance p, int dimension) {
    String weights = p.weightsSha256();
    return "%s (%d dimensions, weights %s, preprocessing '%s')"
        .formatted(
            p.modelId(),
            dimension,
            weights == null ? "unknown" : weights.substring(0, Math.min(12, weights.length())),
            p.preprocessing());
  }
}
