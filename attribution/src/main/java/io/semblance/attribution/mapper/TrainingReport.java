package io.semblance.attribution.mapper;

import io.semblance.attribution.figure.Plot;
import io.semblance.attribution.figure.Plot.Point;
import io.semblance.attribution.figure.Plot.Series;
import io.semblance.attribution.mapper.MapperTraining.Line;
import io.semblance.attribution.mapper.MapperTraining.Outcome;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes beside a mapper how it was trained: `training.json`, `loss.csv`, `loss.svg`.
public final class TrainingReport {

  private TrainingReport() {}

  /// @param outcome of the training
  /// @param options as asked
  /// @param about hashes of the inputs
  /// @param out the mapper's folder
  /// @throws IOException if a file cannot be written
  public static void write(
      Outcome outcome, TrainingOptions options, Map<String, String> about, Path out)
      throws IOException {
    var document = new LinkedHashMap<String, Object>();
    document.put("schema", 1);
    document.put("options", options);
    document.put("about", about);
    document.put("outcome", outcome);
    Json.write(document, out.resolve("training.json"));
    var csv = new StringBuilder("epoch,rate,loss,validation_recall_10\n");
    for (Line l : outcome.epochs()) {
      csv.append("%d,%s,%s,%s\n".formatted(l.epoch(), l.rate(), l.loss(), l.recall()));
    }
    AtomicFile.write(out.resolve("loss.csv"), csv.toString());
    List<Point> points =
        outcome.epochs().stream().map(l -> new Point(l.epoch(), l.loss(), "")).toList();
    Plot plot =
        new Plot(
            "Training of a mapper",
            "epoch",
            "loss",
            List.of(new Series("loss", points, true)),
            false);
    AtomicFile.write(out.resolve("loss.svg"), plot.svg());
  }
}
