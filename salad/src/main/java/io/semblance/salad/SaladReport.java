package io.semblance.salad;

import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import io.semblance.salad.figure.Drawing;
import io.semblance.salad.figure.Png;
import io.semblance.salad.figure.Svg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes a result to a folder: `report.html`, `results.json`, `csv/*.csv` and every figure as
/// `figures/*.svg` and `figures/*.png`. The same result writes the same bytes.
public final class SaladReport {

  private static final double PNG_SCALE = 2;

  private final SaladResult result;
  private final Path out;
  private final Map<String, byte[]> heatmaps = new LinkedHashMap<>();
  private final Map<String, String> scatters = new LinkedHashMap<>();
  private String comparison;
  private String balance;

  private SaladReport(SaladResult result, Path out) {
    this.result = result;
    this.out = out;
  }

  /// Writes everything. Files of an earlier report in the folder are replaced.
  ///
  /// @param result to write
  /// @param out folder, made if it does not exist
  /// @param version of the program, named in the report
  /// @return the page to open
  /// @throws io.semblance.core.SemblanceException if a file cannot be written
  public static Path write(SaladResult result, Path out, String version) throws IOException {
    return write(result, out, version, Map.of());
  }

  /// Writes everything, with images to look at.
  ///
  /// @param result to write
  /// @param out folder, made if it does not exist
  /// @param version of the program, named in the report
  /// @param thumbnails for cells by number an image as a `data:` address, shown over the heatmaps
  /// @return the page to open
  /// @throws io.semblance.core.SemblanceException if a file cannot be written
  public static Path write(
      SaladResult result, Path out, String version, Map<Integer, String> thumbnails)
      throws IOException {
    var report = new SaladReport(result, out);
    if (Files.exists(out.resolve("results.json"))) {
      removeOlder(out.resolve("csv"));
      removeOlder(out.resolve("parquet"));
      removeOlder(out.resolve("figures"));
    }
    Json.write(ResultJson.of(result, version), out.resolve("results.json"));
    report.csv("models", ResultTables.models(result));
    report.csv("paper", ResultTables.paper(PaperComparison.of(result)));
    if (!result.tests().isEmpty()) {
      report.csv("paired-tests", ResultTables.tests(result));
    }
    Map<String, String> files =
        FileNames.of(result.models().stream().map(ModelResult::name).toList());
    for (ModelResult model : result.models()) {
      report.model(model, files.get(model.name()));
    }
    if (result.verdict().defined()) {
      report.csv("self-recognition-max", ResultTables.best(result.verdict()));
    }
    report.balance();
    if (result.comparison().defined()) {
      report.comparison();
    }
    Path page = out.resolve("report.html");
    var figures =
        new ReportPage.Figures(
            report.heatmaps, report.scatters, report.comparison, report.balance, thumbnails);
    AtomicFile.write(page, ReportPage.of(result, figures, version));
    return page;
  }

  private void model(ModelResult model, String file) throws IOException {
    if (model.recognition().defined()) {
      csv("self-recognition-" + file, ResultTables.selfRecognition(model.recognition()));
    }
    csv("heatmap-" + file, ResultTables.heatmap(model.heatmap()));
    Drawing heatmap = HeatmapFigure.of(model.name(), model.heatmap());
    heatmaps.put(model.name(), figure("heatmap-" + file, heatmap));
    if (model.scatter() != null) {
      csv("scatter-" + file, ResultTables.scatter(result.axes(), model.scatter()));
      Drawing scatter = ScatterFigure.of(model.name(), result.axes(), model.scatter());
      figure("scatter-" + file, scatter);
      scatters.put(model.name(), Svg.of(scatter));
    }
  }

  private void balance() throws IOException {
    Drawing drawing = BalanceFigure.of(result.models());
    if (drawing != null) {
      figure("category-or-style", drawing);
      balance = Svg.of(drawing);
    }
  }

  private void comparison() throws IOException {
    csv("model-components", ResultTables.components(result.comparison()));
    csv("model-correlation", ResultTables.correlation(result.comparison()));
    Drawing drawing = ComparisonFigure.of(result.comparison(), conceptual());
    figure("model-comparison", drawing);
    comparison = Svg.of(drawing);
  }

  private Set<String> conceptual() {
    List<ModelResult> models = result.models();
    return models.stream()
        .filter(m -> !m.provenance().computational())
        .map(ModelResult::name)
        .collect(Collectors.toSet());
  }

  private void csv(String name, String text) throws IOException {
    AtomicFile.write(out.resolve("csv").resolve(name + ".csv"), text);
  }

  private byte[] figure(String name, Drawing drawing) throws IOException {
    byte[] png = Png.of(drawing, PNG_SCALE);
    AtomicFile.write(out.resolve("figures").resolve(name + ".png"), stream -> stream.write(png));
    AtomicFile.write(out.resolve("figures").resolve(name + ".svg"), Svg.of(drawing));
    return png;
  }

  /// Removes the tables and figures of an earlier report, whose models may not be in this one.
  private static void removeOlder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*\\.(csv|parquet|svg|png)")).toList()) {
        Files.delete(file);
      }
    }
  }
}
