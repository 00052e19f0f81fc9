package io.semblance.core.exchange;

import io.semblance.core.table.Provenance;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which model made the vectors, as texts that safetensors and Parquet keep beside the numbers.
final class SavedProvenance {

  private static final String MODEL = "semblance.model";
  private static final String KIND = "semblance.kind";
  private static final String WEIGHTS = "semblance.weights_sha256";
  private static final String PREPROCESSING = "semblance.preprocessing";
  private static final String NORMALIZED = "semblance.normalized";

  private SavedProvenance() {}

  static Map<String, String> texts(Provenance provenance) {
    var out = new LinkedHashMap<String, String>();
    out.put(MODEL, provenance.modelId());
    out.put(KIND, provenance.kind().name());
    if (provenance.weightsSha256() != null) {
      out.put(WEIGHTS, provenance.weightsSha256());
    }
    out.put(PREPROCESSING, provenance.preprocessing());
    out.put(NORMALIZED, Boolean.toString(provenance.normalized()));
    return out;
  }

  /// @param unknown what to say where the texts say nothing
  /// @param model the name the user gave, or null: it wins
  static Provenance of(Map<String, String> texts, Provenance unknown, String model) {
    if (model != null || !texts.containsKey(MODEL)) {
      return unknown;
    }
    Provenance.Kind kind =
        Arrays.stream(Provenance.Kind.values())
            .filter(k -> k.name().equals(texts.get(KIND)))
            .findFirst()
            .orElse(Provenance.Kind.UNKNOWN);
    return new Provenance(
        texts.get(MODEL),
        kind,
        texts.get(WEIGHTS),
        texts.getOrDefault(PREPROCESSING, "unknown"),
        Boolean.parseBoolean(texts.get(NORMALIZED)));
  }
}
