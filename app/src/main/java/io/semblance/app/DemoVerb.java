package io.semblance.app;

import io.semblance.attribution.Attribution;
import io.semblance.attribution.AttributionIndex;
import io.semblance.attribution.AttributionOptions;
import io.semblance.attribution.IndexBuilder;
import io.semblance.attribution.IndexManifest;
import io.semblance.attribution.Queries;
import io.semblance.attribution.Ranking;
import io.semblance.attribution.calibrate.Calibrator;
import io.semblance.attribution.influence.Groups;
import io.semblance.attribution.influence.InfluenceAttributor;
import io.semblance.attribution.report.AttributionReport;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.file.AtomicFile;
import io.semblance.extract.registry.ModelCache;
import io.semblance.salad.CovarianceChoice;
import io.semblance.salad.SaladOptions;
import io.semblance.salad.SaladResult;
import io.semblance.synth.paint.Fruit;
import io.semblance.synth.paint.PaintOptions;
import io.semblance.synth.paint.SaladPainter;
import io.semblance.synth.paint.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `semblance demo`: the main job once, on painted data.
@Command(
    name = "demo",
    description = {
      "Paint a SALAD of 1,000 images, measure what each built-in model sees in it, and attribute"
          + " three new pictures, in shares of influence.",
      "",
      "Takes under two minutes on two cores. Started again, it goes on where it stopped."
    },
    footer = {"  semblance demo", "  semblance demo --out /tmp/demo"})
final class DemoVerb extends Verb {

  /// Every model that ships but the compression ensembles, which take minutes.
  static final List<String> MODELS =
      List.of(
          "efficientnet-lite0",
          "gif-compression",
          "png-filesize",
          "style-blind",
          "category-blind",
          "balanced");

  private static final String PATTERN = "{category}_{style}_{instance}";
  private static final PaintOptions PAINTING = new PaintOptions(10, 256, 42);
  private static final PaintOptions UNSEEN = new PaintOptions(1, 256, 2026);
  private static final int TOP = 5;

  /// A thousand images are too few to whiten 1,280 dimensions: the 50 directions of largest
  /// variance say more.
  private static final SaladOptions BENCHMARK =
      SaladOptions.defaults().withCovariance(new CovarianceChoice.Pca(50));

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "semblance-demo",
      description = "Folder for everything.")
  private Path out;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Processor threads (all cores if not given).")
  private int threads = Runtime.getRuntime().availableProcessors();

  /// One picture that no model has been shown.
  private record Unseen(Fruit fruit, Style style) {
    String file() {
      return fruit.label() + "_" + style.label() + "_new.png";
    }
  }

  private static final List<Unseen> QUERIES =
      List.of(
          new Unseen(Fruit.APPLE, Style.COMIC),
          new Unseen(Fruit.PINEAPPLE, Style.WATERCOLOR),
          new Unseen(Fruit.KIWI, Style.LOMO));

  @Override
  int run(Console console) throws IOException {
    long start = System.nanoTime();
    Threads.use(threads);
    Path images = out.resolve("images");
    PaintVerb.paint(PAINTING, images, threads, console);
    Path overview = PaintVerb.overview(PAINTING, images);
    Path tables = out.resolve("tables");
    var labels = FileNamePattern.parse(PATTERN);
    EmbedVerb.embed(images, labels, MODELS, tables, threads, console);
    SaladResult seen =
        SaladVerb.report(
            List.of(tables), PATTERN, BENCHMARK, images, out.resolve("report"), console);
    Path table = tables.resolve("efficientnet-lite0");
    Calibrator calibrator =
        DemoCalibration.fit(table, out.resolve("calibrator"), PAINTING.instances());
    console.say("calibrated on " + calibrator.fit().queries() + " painted style variants");
    Attribution found = attribute(table, calibrator, console);
    AttributionReport.write(found, AttributeVerb.program(), out.resolve("attribution"));

    var text = new ArrayList<String>();
    text.add(SaladVerb.text(seen));
    text.add("");
    text.add("Nearest of 1,000 painted images to three new ones (cosine, efficientnet-lite0):");
    for (int q = 0; q < found.rankings().size(); q++) {
      Ranking ranking = found.rankings().get(q);
      Ranking.Hit first = ranking.hits().getFirst();
      Path asked = Path.of(ranking.query().id()).getFileName();
      text.add(
          "  %-28s -> %-28s %.3f   influence %.1f %%"
              .formatted(
                  asked,
                  first.image().id(),
                  first.score(),
                  100 * found.influences().get(q).shares().getFirst()));
    }
    text.add(
        "Influence here is by a calibrator fitted to painted style variants: it shows how, no"
            + " more.");
    text.add("");
    text.add("Look at   " + overview);
    text.add("          " + out.resolve("report").resolve("report.html"));
    text.add("          " + out.resolve("attribution").resolve("report.html"));
    text.add("Done in   " + Console.duration((System.nanoTime() - start) / 1e9));
    result(
        console,
        document(
            "out",
            out.toString(),
            "report",
            out.resolve("report/report.html").toString(),
            "attribution",
            out.resolve("attribution/report.html").toString()),
        String.join("\n", text));
    return Semblance.DONE;
  }

  private Attribution attribute(Path table, Calibrator calibrator, Console console)
      throws IOException {
    Path index = out.resolve("index");
    IndexManifest manifest = IndexBuilder.build(List.of(table), index);
    console.say("indexed " + IndexVerb.describe(manifest));
    var files = new ArrayList<Path>();
    var painter = new SaladPainter(UNSEEN);
    for (Unseen query : QUERIES) {
      Path file = out.resolve("queries").resolve(query.file());
      if (!Files.exists(file)) {
        AtomicFile.write(
            file,
            stream -> ImageIO.write(painter.paint(query.fruit(), query.style(), 0), "png", stream));
      }
      files.add(file);
    }
    try (AttributionIndex opened = AttributionIndex.open(index)) {
      Queries queries =
          QueryImages.embed(
                  files, manifest.provenance(), null, threads, ModelCache.standard(), console)
              .queries();
      return new InfluenceAttributor(opened, null, calibrator, Groups.by(opened, "category"))
          .attribute(
              queries,
              AttributionOptions.defaults().withTop(TOP),
              console.progress("searching", "images"));
    }
  }
}
