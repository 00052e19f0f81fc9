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
import io.semblance.attribution.influence.Influence;
import io.semblance.attribution.influence.Influence.GroupShare;
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
import java.util.Locale;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private Threads threads;

  /// One picture that no model has been shown.
  private record Unseen(Fruit fruit, Style style) {
    String file() {
      return fruit.label() + "_" + style.label() + "_new.png";
    }
  }

  /// Nothing like it is in the collection: of its influences there is no evidence.
  private static final Unseen WITHOUT_SOURCE = new Unseen(Fruit.KIWI, Style.LOMO);

  /// The calibrator has seen no painting of these fruits in these styles.
  private static final List<Unseen> QUERIES =
      List.of(
          new Unseen(Fruit.APPLE, Style.CRAYON),
          new Unseen(Fruit.PINEAPPLE, Style.COMIC),
          WITHOUT_SOURCE);

  @Override
  int run(Console console) throws IOException {
    long start = System.nanoTime();
    Threads.use(threads.count());
    Path images = out.resolve("images");
    PaintVerb.paint(PAINTING, images, threads.count(), console);
    Path overview = PaintVerb.overview(PAINTING, images);
    Path tables = out.resolve("tables");
    var labels = FileNamePattern.parse(PATTERN);
    EmbedVerb.embed(images, labels, MODELS, tables, threads.count(), console);
    SaladResult seen =
        SaladVerb.report(
            List.of(tables),
            PATTERN,
            BENCHMARK,
            images,
            out.resolve("report"),
            threads.count(),
            console);
    Path table = tables.resolve("efficientnet-lite0");
    Path collection =
        DemoCollection.without(
            table,
            WITHOUT_SOURCE.fruit(),
            WITHOUT_SOURCE.style(),
            out.resolve("collection").resolve("efficientnet-lite0"));
    Calibrator calibrator = DemoCalibration.fit(collection, out.resolve("calibrator"));
    console.say(
        "calibrated on %d painted variants of %d exemplar sets"
            .formatted(calibrator.fit().queries(), calibrator.fit().models()));
    Attribution found = attribute(collection, calibrator, console);
    AttributionReport.write(found, AttributeVerb.program(), out.resolve("attribution"));

    var text = new ArrayList<String>();
    text.add(SaladVerb.text(seen));
    text.add("");
    text.addAll(answers(found));
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

  /// A line for each new picture, and what the shares rest on.
  static List<String> answers(Attribution found) {
    var text = new ArrayList<String>();
    text.add(
        "Influence on three new paintings, shared out over %d painted ones, %s in %s left out:"
            .formatted(
                found.index().rows(),
                WITHOUT_SOURCE.fruit().label(),
                WITHOUT_SOURCE.style().label()));
    for (int q = 0; q < found.rankings().size(); q++) {
      Ranking ranking = found.rankings().get(q);
      Ranking.Hit first = ranking.hits().getFirst();
      text.add(
          String.format(
              Locale.ROOT,
              "  %-24s -> %-24s cosine %.3f   %s",
              Path.of(ranking.query().id()).getFileName(),
              first.image().id(),
              first.score(),
              told(found.influences().get(q))));
    }
    text.add(
        "The calibrator was fitted to painted variants, new paintings of a fruit in its exemplars'"
            + " style: it holds for these paintings only.");
    return text;
  }

  private static String told(Influence influence) {
    if (!Boolean.TRUE.equals(influence.enough())) {
      return "not enough evidence";
    }
    GroupShare most = influence.groups().getFirst();
    return String.format(
        Locale.ROOT,
        "influence %.1f %% (%.1f to %.1f), %.0f %% on all of %s",
        100 * influence.shares().getFirst(),
        100 * influence.intervals().getFirst().low(),
        100 * influence.intervals().getFirst().high(),
        100 * most.share(),
        most.group());
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
                  files,
                  manifest.provenance(),
                  null,
                  threads.count(),
                  ModelCache.standard(),
                  console)
              .queries();
      return new InfluenceAttributor(opened, null, calibrator, Groups.by(opened, "category"))
          .attribute(
              queries,
              AttributionOptions.defaults().withTop(TOP),
              console.progress("searching", "images"));
    }
  }
}
