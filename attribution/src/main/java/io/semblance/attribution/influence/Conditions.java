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

  /// @return sentences to be told beside an answer
  /// @throws SemblanceException if the calibrator was fitted with another model or mapper
  static List<String> check(Calibrator calibrator, Mapper mapper, IndexManifest index)
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
