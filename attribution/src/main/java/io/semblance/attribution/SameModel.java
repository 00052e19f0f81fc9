package io.semblance.attribution;

import io.semblance.core.SemblanceException;
import io.semblance.core.table.Provenance;
import java.util.Objects;

/// Whether vectors can be compared at all: same model, same weights, same preprocessing, same
/// dimension. Equal dimension alone says nothing (CLIP ViT-B/16 and B/32 both have 512).
final class SameModel {

  private SameModel() {}

  /// @throws SemblanceException if they differ; the message names both sides
  static void require(String what, Features one, String whatElse, Features other)
      throws SemblanceException {
    Provenance a = one.provenance();
    Provenance b = other.provenance();
    boolean same =
        one.dimension() == other.dimension()
            && Objects.equals(a.modelId(), b.modelId())
            && Objects.equals(a.weightsSha256(), b.weightsSha256())
            && Objects.equals(a.preprocessing(), b.preprocessing());
    if (!same) {
      throw new SemblanceException(
          "%s holds vectors of %s, but %s of %s: only vectors of one model can be compared; embed both with the same one."
              .formatted(what, one, whatElse, other));
    }
  }

  /// What vectors are, as far as comparing them goes.
  record Features(Provenance provenance, int dimension) {

    @Override
    public String toString() {
      String weights = provenance.weightsSha256();
      return "%s (%d dimensions, weights %s, preprocessing '%s')"
          .formatted(
              provenance.modelId(),
              dimension,
              weights == null ? "unknown" : weights.substring(0, Math.min(12, weights.length())),
              provenance.preprocessing());
    }
  }
}
