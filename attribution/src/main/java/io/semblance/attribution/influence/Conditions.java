package io.semblance.attribution.influence;

import io.semblance.attribution.IndexManifest;
import io.semblance.attribution.calibrate.Calibrator;
import io.semblance.attribution.feature.Compatible;
import io.semblance.attribution.mapper.Mapper;
import io.semblance.core.SemblanceException;
import io.semblance.core.table.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Whether a calibrator may be used with an index and a mapper.
final class Conditions {

  private static final double FAR = 3;

  private Conditions() {}

  /// @param correctionSha256 of what the index's correction was fitted to, or null
  /// @return sentences to be told beside an answer
  /// @throws SemblanceException if the calibrator was fitted with another model or mapper
  static List<String> check(
      Calibrator calibrator, Mapper mapper, IndexManifest index, String correctionSha256)
      throws SemblanceException {
    Calibrator.Conditions fitted = calibrator.conditions();
    var notes = new ArrayList<String>();
    if (calibrator.schedule().equals("published")) {
      notes.add(
          "The calibrator says not for which model, mapper and pool it was fitted: its shares hold"
              + " only there.");
      return notes;
    }
    Provenance model = fitted.model();
    if (model != null && !Compatible.nameless(model)) {
      if (!Compatible.sameModel(model, index.provenance())) {
        throw new SemblanceException(
            "The calibrator was fitted on features of %s (weights %.12s, preprocessing '%s'), the index holds those of %s (weights %.12s, preprocessing '%s'): calibrate again for this model."
                .formatted(
                    model.modelId(),
                    model.weightsSha256(),
                    model.preprocessing(),
                    index.provenance().modelId(),
                    index.provenance().weightsSha256(),
                    index.provenance().preprocessing()));
      }
    } else {
      notes.add("The calibrator's features came without the name of their model.");
    }
    String used = mapper == null ? null : mapper.sha256();
    if (!Objects.equals(fitted.mapper(), used)) {
      throw new SemblanceException(
          "The calibrator was fitted with %s, and this is %s: give the mapper it was fitted with, or calibrate again."
              .formatted(named(fitted.mapper()), named(used)));
    }
    if (!fitted.correction().equals(index.correction())) {
      throw new SemblanceException(
          "The calibrator was fitted in a space with correction '%s', and the index has '%s': build the index, or calibrate, with --correct %s."
              .formatted(fitted.correction(), index.correction(), fitted.correction()));
    }
    if (!Objects.equals(fitted.correctionSha256(), correctionSha256)) {
      notes.add(
          "The correction '%s' of the index was fitted to its own images, that of the calibrator to other distractors: shares hold as far as the two pools are alike."
              .formatted(index.correction()));
    }
    double ratio = (double) index.rows() / Math.max(1, fitted.pool());
    if (ratio > FAR || ratio < 1 / FAR) {
      notes.add(
          "The calibrator was fitted against %,d images and the index holds %,d: shares of so different a pool are off; calibrate against one of its size."
              .formatted(fitted.pool(), index.rows()));
    }
    return notes;
  }

  private static String named(String mapper) {
    return mapper == null ? "no mapper" : "the mapper %.12s".formatted(mapper);
  }
}
