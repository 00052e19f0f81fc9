package io.semblance.attribution.mapper;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Dense;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Trains a mapper: draws an epoch, steps through its batches, measures, keeps the best. Source:
/// AbC (arXiv 2306.09345), section 4.2 and Appendix C.1.
///
/// The folder holds `mapper.safetensors` (the best epoch), `loss.csv`, `training.json`, and
/// `checkpoint.safetensors`, from which the same command goes on.
public final class MapperTraining {

  private final TrainingPairs pairs;
  private final TrainingOptions options;
  private final Validation validation;
  private final Path out;
  private final Map<String, String> about;

  /// How good a mapper is, after an epoch.
  @FunctionalInterface
  public interface Validation {

    /// @param mapper as it is now
    /// @return recall at 10 on the validation split, in [0, 1], higher is better
    /// @throws IOException if the split cannot be read
    double recall(Mapper mapper) throws IOException;
  }

  /// One epoch.
  ///
  /// @param epoch from 1
  /// @param rate learning rate
  /// @param loss mean over its batches
  /// @param recall validation R@10 after it
  public record Line(int epoch, double rate, double loss, double recall) {}

  /// What training gave.
  ///
  /// @param epochs one line each
  /// @param start validation R@10 of the start
  /// @param best epoch whose mapper was kept, from 1; 0 where the start was never beaten
  /// @param recall its validation R@10
  public record Outcome(List<Line> epochs, double start, int best, double recall) {}

  /// @param pairs what it is trained on
  /// @param options how
  /// @param validation after every epoch
  /// @param out the folder
  /// @param about texts kept in the mapper's file, hashes of the inputs above all
  public MapperTraining(
      TrainingPairs pairs,
      TrainingOptions options,
      Validation validation,
      Path out,
      Map<String, String> about) {
    this.pairs = pairs;
    this.options = options;
    this.validation = validation;
    this.out = out;
    this.about = new LinkedHashMap<>(about);
    this.about.put("options", options.toString());
  }

  /// Trains, going on from the folder's checkpoint where there is one.
  ///
  /// @param progress hears the epochs done
  /// @return what it gave
  /// @throws SemblanceException if the checkpoint is of other options or inputs, or the loss is not
  ///   finite
  public Outcome run(Progress progress) throws IOException {
    var random = new Random(options.seed());
    MapperState initial = MapperState.initial(options.kind(), pairs.dimension(), random);
    MapperState other =
        options.kind() == MapperKind.MLP
            ? MapperState.initial(options.kind(), pairs.dimension(), random)
            : initial;
    var step = new TrainingStep(initial.head(), other.head(), options.regularisation());
    var lines = new ArrayList<Line>();
    Path checkpoint = out.resolve("checkpoint.safetensors");
    double start;
    if (Files.exists(checkpoint)) {
      start = Checkpoint.read(checkpoint, step, lines, about);
    } else {
      start = validation.recall(mapper(initial, other));
      write(initial, other, 0, start);
    }
    progress.at(lines.size(), options.epochs());
    for (int epoch = lines.size(); epoch < options.epochs(); epoch++) {
      double loss = epoch(step, epoch);
      if (!Double.isFinite(loss)) {
        throw new SemblanceException(
            "The loss became %s in epoch %d: look for vectors that are not finite, or give a lower --rate."
                .formatted(loss, epoch + 1));
      }
      MapperState one = MapperState.of(options.kind(), step.training());
      MapperState two = MapperState.of(options.kind(), step.synthesized());
      double recall = validation.recall(mapper(one, two));
      boolean best = recall > Math.max(start, best(lines));
      lines.add(new Line(epoch + 1, options.rate(epoch), loss, recall));
      if (best) {
        write(one, two, epoch + 1, recall);
      }
      Checkpoint.write(checkpoint, step, start, lines, about);
      progress.at(epoch + 1L, options.epochs());
    }
    return outcome(lines, start);
  }

  private static double best(List<Line> lines) {
    return lines.stream().mapToDouble(Line::recall).max().orElse(Double.NEGATIVE_INFINITY);
  }

  private static Outcome outcome(List<Line> lines, double start) {
    int best = 0;
    double recall = start;
    for (Line line : lines) {
      if (line.recall() > recall) {
        best = line.epoch();
        recall = line.recall();
      }
    }
    return new Outcome(List.copyOf(lines), start, best, recall);
  }

  private double epoch(TrainingStep step, int epoch) {
    TrainingPairs.Epoch drawn = pairs.draw(options.seed(), epoch);
    int d = pairs.dimension();
    int batch = options.batch();
    double sum = 0;
    int batches = 0;
    for (int from = 0; from + 1 < pairs.size(); from += batch) {
      int n = Math.min(batch, pairs.size() - from);
      float[] t = java.util.Arrays.copyOfRange(drawn.training(), from * d, (from + n) * d);
      float[] s = java.util.Arrays.copyOfRange(drawn.synthesized(), from * d, (from + n) * d);
      try (var _ = new Dense.Scope()) {
        sum += step.step(Dense.of(n, d, t), Dense.of(n, d, s), options.rate(epoch));
      }
      batches++;
    }
    return sum / batches;
  }

  private Mapper mapper(MapperState one, MapperState two) {
    return new Mapper(one, two, pairs.provenance(), null);
  }

  private void write(MapperState one, MapperState two, int epoch, double recall)
      throws IOException {
    var texts = new LinkedHashMap<>(about);
    texts.put(Mapper.REGULARISATION, Double.toString(options.regularisation()));
    texts.put(Mapper.AUGMENTATION, pairs.augmentation());
    texts.put("epoch", Integer.toString(epoch));
    texts.put("validation_recall_10", Double.toString(recall));
    MapperFile.write(out.resolve("mapper.safetensors"), one, two, pairs.provenance(), texts);
  }
}
