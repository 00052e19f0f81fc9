package io.semblance.salad;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.linalg.Matrix;
import io.semblance.core.linalg.ResampledSums;
import io.semblance.core.linalg.UpperDistances;
import io.semblance.core.table.Compute;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs the benchmark: grid, distances, self-recognition, heatmaps, weights with intervals,
/// layouts, comparison.
///
/// ```java
/// SaladResult result = SaladAnalysis.of(tables, SaladOptions.defaults(), Progress.none());
/// ```
public final class SaladAnalysis {

  private final SaladAxes axes;
  private final SaladOptions options;
  private final Set<String> shown;
  private Resampling resampling;

  private SaladAnalysis(SaladAxes axes, SaladOptions options, Set<String> shown) {
    this.axes = axes;
    this.options = options;
    this.shown = shown;
  }

  /// Measures every table on the images that all of them hold. A table that cannot be measured is
  /// refused with its reason; the others go on. Needs about `3 n d` doubles of memory for the
  /// largest table and 500 MB.
  ///
  /// @param tables one for each model, at least one; stay open until this returns
  /// @param options what to compute
  /// @param progress hears images done of all tables' images
  /// @throws IllegalArgumentException if there is no table, or no image of a category or style
  ///   asked for
  /// @throws SemblanceException if the tables have no two images in common, or differ where
  ///   `options.images().strict()`
  public static SaladResult of(List<EmbeddingTable> tables, SaladOptions options, Progress progress)
      throws SemblanceException {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("there is no table: give at least one");
    }
    List<String> names = distinctNames(tables, options.images().names());
    Alignment aligned = Alignment.of(tables, names, options.images());
    SaladAxes axes = SaladAxes.ofRows(aligned.rows(), aligned.shown());
    if (options.scatterPoints() > 0) {
      options.scatter().requireIn(axes);
    }
    var analysis = new SaladAnalysis(axes, options, aligned.shown());
    return analysis.run(tables, names, aligned, progress);
  }

  private SaladResult run(
      List<EmbeddingTable> tables, List<String> names, Alignment aligned, Progress progress) {
    var models = new ArrayList<ModelResult>();
    var refusals = new ArrayList<Refusal>();
    var notes = new ArrayList<>(aligned.notes());
    long total = tables.stream().mapToLong(EmbeddingTable::size).sum();
    long before = 0;
    SaladGrid common = null;
    int measured = -1;
    for (int t = 0; t < tables.size(); t++) {
      long start = before;
      EmbeddingTable table = tables.get(t);
      String refusal = aligned.refusals().get(t);
      if (refusal != null) {
        refusals.add(new Refusal(names.get(t), refusal));
      } else {
        SaladGrid grid = SaladGrid.of(aligned.rows().get(t), axes, shown::contains);
        if (common == null) {
          common = grid;
          measured = t;
          notes.addAll(grid.irregularities());
          resampling = Resampling.of(grid, options);
        }
        try {
          Progress part = (done, _) -> progress.at(start + done, total);
          models.add(model(names.get(t), table, aligned.rows().get(t), grid, part));
        } catch (SemblanceException e) {
          refusals.add(new Refusal(names.get(t), e.getMessage()));
        }
      }
      before += table.size();
      progress.at(before, total);
    }
    return new SaladResult(
        options,
        axes,
        common == null ? List.of() : common.ids(aligned.rows().get(measured)),
        resampling == null ? 0 : resampling.replicates(),
        List.copyOf(models),
        List.copyOf(refusals),
        RecognitionVerdict.of(axes, computational(models), options.recognizedPercent()),
        ModelComparison.of(
            models.stream().map(ModelResult::name).toList(),
            models.stream().map(ModelResult::heatmap).toList()),
        PairedTest.all(models),
        List.copyOf(notes));
  }

  private ModelResult model(
      String name, EmbeddingTable table, List<TableRow> rows, SaladGrid grid, Progress progress)
      throws SemblanceException {
    Matrix x = vectors(table, grid);
    var warnings = new ArrayList<String>();
    constantColumns(x).ifPresent(warnings::add);
    // Before the distances: nothing holds x while they are computed.
    Scatter scatter = options.scatterPoints() == 0 ? null : ScatterMaker.of(x, rows, grid, options);
    Compute compute = Compute.of(table.provenance());
    FeatureSpace space = FeatureSpace.of(x, table.precision(), compute, options);
    x = null;
    warnings.addAll(space.warnings());
    Measured measured = measure(space, grid, progress);
    measured.weights.warning().ifPresent(warnings::add);
    return new ModelResult(
        name,
        table.provenance(),
        table.precision(),
        grid.size(),
        table.dimension(),
        TableHash.content(table),
        space.facts(),
        measured.recognition,
        measured.heatmap,
        measured.weights,
        measured.measures,
        scatter,
        List.copyOf(warnings));
  }

  private record Measured(
      Heatmap heatmap, Weights weights, SelfRecognition recognition, Measures measures) {}

  private Measured measure(FeatureSpace space, SaladGrid grid, Progress progress) {
    int blockRows = UpperDistances.blockRows(grid.size());
    int k = options.neighbours();
    if (resampling == null) {
      return measured(DistancePass.run(space, grid, blockRows, k, null, progress), null);
    }
    var sums = new ResampledSums(resampling.counts(), grid.starts());
    return measured(
        DistancePass.run(space, grid, blockRows, k, sums, progress),
        new ReplicateWeights(sums, resampling, grid));
  }

  private Measured measured(DistancePass pass, ReplicateWeights replicates) {
    Heatmap heatmap = pass.heatmap();
    Weights weights = Weights.of(heatmap);
    Measures measures =
        Measures.of(heatmap, weights, pass, options.neighbours(), resampling, replicates);
    return new Measured(heatmap, weights, pass.selfRecognition(), measures);
  }

  private static Matrix vectors(EmbeddingTable table, SaladGrid grid) throws SemblanceException {
    int d = table.dimension();
    if ((long) grid.size() * d > Integer.MAX_VALUE - 8) {
      throw new SemblanceException(
          grid.size()
              + " images of "
              + d
              + " dimensions are more than the 2^31 numbers that fit:"
              + " take fewer with --instances.");
    }
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

  private static Optional<String> constantColumns(Matrix x) {
    int d = x.columns();
    var constant = new ArrayList<Integer>();
    for (int j = 0; j < d; j++) {
      int i = 1;
      while (i < x.rows() && x.data()[i * d + j] == x.data()[j]) {
        i++;
      }
      if (i == x.rows()) {
        constant.add(j);
      }
    }
    return constant.isEmpty() || constant.size() == d
        ? Optional.empty()
        : Optional.of(
            constant.size()
                + " of "
                + d
                + (constant.size() == 1 ? " components is" : " components are")
                + " the same for every image (the first is component "
                + constant.getFirst()
                + ") and "
                + (constant.size() == 1 ? "tells" : "tell")
                + " nothing.");
  }

  private static List<SelfRecognition> computational(List<ModelResult> models) {
    return models.stream()
        .filter(ModelResult::computational)
        .map(ModelResult::recognition)
        .toList();
  }

  private static List<String> distinctNames(List<EmbeddingTable> tables, SaladNames names) {
    Set<String> taken = new HashSet<>();
    var out = new ArrayList<String>();
    for (EmbeddingTable table : tables) {
      Compute compute = Compute.of(table.provenance());
      String model = names.model(table.provenance().modelId());
      String id = compute == Compute.FP32 ? model : model + " in " + compute;
      String name = id;
      for (int k = 2; !taken.add(name); k++) {
        name = id + " (" + k + ")";
      }
      out.add(name);
    }
    return out;
  }
}
