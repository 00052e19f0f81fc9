package io.semblance.app;

import io.semblance.attribution.IndexManifest;
import io.semblance.attribution.Queries;
import io.semblance.attribution.Query;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import io.semblance.extract.Execution;
import io.semblance.extract.Models;
import io.semblance.extract.registry.ModelCache;
import io.semblance.extract.text.TextExtractor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns prompts into queries to an index of images, by the text tower of the index's model.
final class QueryTexts {

  private QueryTexts() {}

  /// @param prompts the texts
  /// @param index what is asked
  /// @param name of the text tower, or null for the one the registry knows
  /// @param threads at least 1
  /// @param cache where the weights of registry models are looked for
  /// @return the queries, called by their texts
  /// @throws SemblanceException if there is no such tower, or its vectors are not in the space of
  ///   the index's
  static Queries embed(
      List<String> prompts, IndexManifest index, String name, int threads, ModelCache cache)
      throws SemblanceException {
    String model = index.provenance().modelId();
    Optional<String> known = Models.textOf(model);
    if (name == null && known.isEmpty()) {
      throw new SemblanceException(
          "The index is of %s, and no text tower of it is known: export one with tools/export/export_model.py ... --text --space %s, and give its file with --model."
              .formatted(model, model));
    }
    String tower = name == null ? known.orElseThrow() : name;
    try (TextExtractor extractor = Models.openText(tower, Execution.of(threads), cache)) {
      requireSameSpace(extractor, index);
      int d = extractor.dimension();
      float[] vectors = new float[Math.multiplyExact(prompts.size(), d)];
      var queries = new ArrayList<Query>();
      for (String prompt : prompts) {
        System.arraycopy(extractor.vector(prompt), 0, vectors, queries.size() * d, d);
        queries.add(new Query(prompt, null, Sha256.of(prompt)));
      }
      // the space is the same: the answer is one of the index's model
      return new Queries(queries, vectors, index.provenance());
    }
  }

  private static void requireSameSpace(TextExtractor tower, IndexManifest index)
      throws SemblanceException {
    String model = index.provenance().modelId();
    if (!model.equals(tower.space())) {
      throw new SemblanceException(
          "%s makes vectors in the space of %s, but the index is of %s: cosines between them say nothing; give the text tower of %s with --model, or correct \"space\" in its card if this is it."
              .formatted(
                  tower.card().id(),
                  tower.space() == null ? "no image model that its card names" : tower.space(),
                  model,
                  model));
    }
    if (tower.dimension() != index.dimension()) {
      throw new SemblanceException(
          "%s makes vectors of %d dimensions, but those of the index have %d: they are not of one space."
              .formatted(tower.card().id(), tower.dimension(), index.dimension()));
    }
  }
}
