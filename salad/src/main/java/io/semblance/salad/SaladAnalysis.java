package io.semblance.salad;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Distances;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.table.Compute;
import io.semblance.core.table.EmbeddingTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Runs the benchmark: grid, distances, self-recognition, heatmaps, layouts, comparison.
///
/// ```java
/// SaladResult result = SaladAnalysis.of(tables, SaladOptions.defaults(), Progress.none());
/// ```
public final class SaladAnalysis {

  private final SaladAxes axes;
  private final SaladOptions options;

  private SaladAnalysis(SaladAxes axes, SaladOptions options) {
    this.axes = axes;
    this.options = options;
  }

  /// Measures every table. A table that cannot be measured is refused with its reason; the others
  /// go on. Needs about `5 n d` doubles of memory for the largest table and 100 MB.
  ///
  /// @param tables one for each model, at least one; stay open until this returns
  /// @param options what to compute
  /// @param progress hears images done of all tables' images
  /// @throws IllegalArgumentException if there is no table
  public static SaladResult of(
      List<EmbeddingTable> tables, SaladOptions options, Progress progress) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("there is no table: give at least one");
    }
    SaladAxes axes = SaladAxes.of(tables);
    var analysis = new SaladAnalysis(axes, options);
    var models = new ArrayList<ModelResult>();
    var refusals = new ArrayList<Refusal>();
    List<String> names = distinctNames(tables);
    long total = tables.stream().mapToLong(EmbeddingTable::size).sum();
    long before = 0;
    for (int t = 0; t < tables.size(); t++) {
      long start = before;
      EmbeddingTable table = tables.get(t);
      try {
        Progress part = (done, _) -> progress.at(start + done, total);
        models.add(analysis.model(names.get(t), table, part));
      } catch (SemblanceException e) {
        refusals.add(new Refusal(names.get(t), e.getMessage()));
      }
      before += table.size();
      progress.at(before, total);
    }
    return new SaladResult(
        options,
        axes,
        List.copyOf(models),
        List.copyOf(refusals),
        RecognitionVerdict.of(axes, computational(models), options.recognizedPercent()),
        ModelComparison.of(
            models.stream().map(ModelResult::name).toList(),
            models.stream().map(ModelResult::heatmap).toList()),
        notes(tables));
  }

  private ModelResult model(String name, EmbeddingTable table, Progress progress)
      throws SemblanceException {
    SaladGrid grid = SaladGrid.of(table.rows(), axes);
    if (grid.size() < 2) {
      throw new SemblanceException(
          "Of "
              + table.size()
              + " images "
              + (grid.size() == 1 ? "one has" : "none has")
              + " both category and style, so there is no grid: embed the images again with"
              + " --pattern, as in '{category}_{style}_{instance}'.");
    }
    Matrix x = vectors(table, grid);
    var warnings = new ArrayList<>(grid.irregularities(table.size()));
    // Before the distances: nothing holds x while they are computed.
    Scatter scatter = ScatterMaker.of(x, table.rows(), grid, options);
    Compute compute = Compute.of(table.provenance());
    FeatureSpace space = FeatureSpace.of(x, table.precision(), compute, options);
    warnings.addAll(space.warnings());
    DistancePass pass = DistancePass.run(space, grid, Distances.blockRows(grid.size()), progress);
    Heatmap heatmap = pass.heatmap();
    Weights weights = Weights.of(heatmap);
    weights.warning().ifPresent(warnings::add);
    return new ModelResult(
        name,
        table.provenance(),
        table.precision(),
        grid.size(),
        table.dimension(),
        TableHash.content(table),
        space.facts(),
        pass.selfRecognition(),
        heatmap,
        weights,
        scatter,
        List.copyOf(warnings));
  }

  private static Matrix vectors(EmbeddingTable table, SaladGrid grid) throws SemblanceException {
    int d = table.dimension();
    Matrix x = Matrix.zeros(grid.size(), d);
    float[] vector = new float[d];
    for (int i = 0; i < grid.size(); i++) {
      table.copyRows(grid.rows()[i], 1, vector, 0);
      for (int j = 0; j < d; j++) {
        if (!Float.isFinite(vector[j])) {
          throw new SemblanceException(
              "Component "
                  + j
                  + " of "
                  + table.rows().get(grid.rows()[i]).id()
                  + " is "
                  + vector[j]
                  + ": embed that image again.");
        }
        x.data()[i * d + j] = vector[j];
      }
    }
    return x;
  }

  private static List<SelfRecognition> computational(List<ModelResult> models) {
    return models.stream()
        .filter(m -> m.provenance().computational())
        .map(ModelResult::recognition)
        .toList();
  }

  private static List<String> distinctNames(List<EmbeddingTable> tables) {
    Set<String> taken = new HashSet<>();
    var out = new ArrayList<String>();
    for (EmbeddingTable table : tables) {
      Compute compute = Compute.of(table.provenance());
      String model = table.provenance().modelId();
      String id = compute == Compute.FP32 ? model : model + " in " + compute;
      String name = id;
      for (int k = 2; !taken.add(name); k++) {
        name = id + " (" + k + ")";
      }
      out.add(name);
    }
    return out;
  }

  private static List<String> notes(List<EmbeddingTable> tables) {
    long listings = tables.stream().map(TableHash::images).distinct().count();
    return listings == 1
        ? List.of()
        : List.of(
            "The tables do not hold the same images and labels; models are compared by cells all"
                + " the same.");
  }
}
