package io.semblance.app;

import io.semblance.attribution.calibrate.Calibration;
import io.semblance.attribution.calibrate.CalibrationReport;
import io.semblance.attribution.calibrate.Calibrator;
import io.semblance.attribution.calibrate.ScoreFile;
import io.semblance.attribution.feature.MemoryFeatures;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Model;
import io.semblance.attribution.feature.TestSet.Rows;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.core.Progress;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import io.semblance.synth.paint.Fruit;
import io.semblance.synth.paint.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Fits a calibrator to painted variants: a customised model is one fruit in one style, the first
/// half of its paintings are the exemplars, and the others, which vary them, are the queries. The
/// paintings of every second fruit and style are distractors. Shows how a calibrator is made; what
/// it says of painted fruit holds for painted fruit.
final class DemoCalibration {

  private DemoCalibration() {}

  static Calibrator fit(Path folder, Path out) throws IOException {
    try (EmbeddingTable table = TableFolder.open(folder)) {
      var exemplars = new LinkedHashMap<String, List<Integer>>();
      var distractors = new ArrayList<Integer>();
      for (int r = 0; r < table.size(); r++) {
        Labels labels = table.rows().get(r).labels();
        if (isModel(labels)) {
          String model = labels.category() + " " + labels.style();
          exemplars.computeIfAbsent(model, _ -> new ArrayList<>()).add(r);
        } else {
          distractors.add(r);
        }
      }
      Rows others = rows(table, distractors);
      var conditions =
          new Calibrator.Conditions(
              table.provenance(),
              null,
              others.size(),
              List.of(Sha256.of(folder.resolve(TableManifest.FILE))),
              AttributeVerb.program());
      FeatureMap same = FeatureMap.identity(table.dimension());
      var pool =
          Pool.of(
              new MemoryFeatures(
                  table.provenance(), others.vectors(), table.dimension(), others.ids()));
      try (pool;
          ScoreFile scores =
              ScoreFile.collect(
                  List.of(set(table, exemplars)),
                  pool,
                  same,
                  same,
                  table.size(),
                  out.resolve("scores.tmp"),
                  Progress.none())) {
        Calibrator found =
            new Calibration(scores.scores())
                .fit(Calibration.Schedule.EXACT, 0, conditions, Progress.none());
        CalibrationReport.write(found, scores.scores(), out);
        return found;
      }
    }
  }

  /// Every second place of the grid of fruits and styles, like the squares of a chess board: each
  /// fruit and each style is among the distractors, too.
  static boolean isModel(Labels labels) {
    int fruit = Fruit.valueOf(labels.category().toUpperCase(Locale.ROOT)).ordinal();
    int style = Style.valueOf(labels.style().toUpperCase(Locale.ROOT)).ordinal();
    return (fruit + style) % 2 == 0;
  }

  private static TestSet set(EmbeddingTable table, Map<String, List<Integer>> groups) {
    var own = new ArrayList<Integer>();
    var queries = new ArrayList<Integer>();
    var makers = new ArrayList<Integer>();
    var models = new ArrayList<Model>();
    groups.forEach(
        (name, rows) -> {
          List<Integer> first = rows.subList(0, rows.size() / 2);
          for (int r : rows.subList(first.size(), rows.size())) {
            queries.add(r);
            makers.add(models.size());
          }
          models.add(new Model(own.size(), own.size() + first.size(), null, name));
          own.addAll(first);
        });
    int[] maker = makers.stream().mapToInt(Integer::intValue).toArray();
    return new TestSet(
        "painted variants",
        table.provenance(),
        table.dimension(),
        rows(table, own),
        models,
        List.of(new Scheme("variants", rows(table, queries), maker)));
  }

  private static Rows rows(EmbeddingTable table, List<Integer> chosen) {
    int d = table.dimension();
    float[] vectors = new float[chosen.size() * d];
    var ids = new ArrayList<String>();
    for (int i = 0; i < chosen.size(); i++) {
      table.copyRows(chosen.get(i), 1, vectors, i * d);
      ids.add(table.rows().ids().get(chosen.get(i)));
    }
    return new Rows(ids, vectors);
  }
}
