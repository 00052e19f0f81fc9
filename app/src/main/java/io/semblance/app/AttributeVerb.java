package io.semblance.app;

import io.semblance.attribution.Attribution;
import io.semblance.attribution.AttributionDocument;
import io.semblance.attribution.AttributionIndex;
import io.semblance.attribution.AttributionOptions;
import io.semblance.attribution.Attributor;
import io.semblance.attribution.GroupRecall;
import io.semblance.attribution.Grouping;
import io.semblance.attribution.NeighbourRecall;
import io.semblance.attribution.Queries;
import io.semblance.attribution.Ranking;
import io.semblance.attribution.calibrate.CalibratorFile;
import io.semblance.attribution.influence.Groups;
import io.semblance.attribution.influence.Influence;
import io.semblance.attribution.influence.InfluenceAttributor;
import io.semblance.attribution.mapper.MapperFile;
import io.semblance.attribution.report.AttributionReport;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.parquet.ResultParquet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `semblance attribute`: which images of an index lie nearest to the queries.
@Command(
    name = "attribute",
    description = {
      "Find the images of an index that are most similar to each query, exactly. A query is an"
          + " image, or a text where the index's model has a text tower.",
      "",
      "Scores are cosines in [-1, 1], higher is closer. A similarity is not an influence: shares in"
          + " percent come with a calibrator, and sum to 1 over the whole index."
    },
    footer = {
      "  semblance attribute generated.png --index index --top 10 --out answer",
      "  semblance attribute photos/*.jpg --index index --exclude-self --json",
      "  semblance attribute generated.png --index index --mapper mapper.safetensors --calibrator"
          + " calibrator.json --group-by creator --out answer",
      "  semblance attribute --prompt 'a dog on a beach' --index index --top 20",
      "  semblance attribute --leave-one-out --group '{category}/{*}' --index index --top 5",
    })
final class AttributeVerb extends Verb {

  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "Image files, or folders of them; read as the index's were.")
  private List<Path> images = List.of();

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "A text in place of IMAGE; may come several times.")
  private List<String> prompts = List.of();

  @Option(names = "--index", required = true, paramLabel = "DIR", description = "An index folder.")
  private Path index;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "10",
      description = "Images to list for each query.")
  private int top;

  @Option(
      names = "--mapper",
      paramLabel = "FILE",
      description = "Map features first: .safetensors of 'train mapper', or a published .pth.")
  private Path mapper;

  @Option(
      names = "--calibrator",
      paramLabel = "FILE",
      description = "Turn scores into influence: .json of 'calibrate', or a published .pth.")
  private Path calibrator;

  @Option(
      names = "--group-by",
      paramLabel = "COLUMN",
      description =
          "With --calibrator: influence by source, category, style or a column of the tables'"
              + " metadata.")
  private String groupBy;

  @Option(
      names = "--exclude-self",
      showDefaultValue = Visibility.NEVER,
      description = "Leave a query that is itself in the index out of its own hits.")
  private boolean excludeSelf;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Also write report.html, attributions.json and hits.csv there.")
  private Path out;

  @Option(
      names = "--parquet",
      showDefaultValue = Visibility.NEVER,
      description = "With --out: also write hits.parquet.")
  private boolean parquet;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "Your .onnx network, if the index was made with one, or your text tower, with --prompt"
              + " (found by name otherwise).")
  private String model;

  @Mixin private ModelFolder folder;

  @Option(
      names = "--leave-one-out",
      showDefaultValue = Visibility.NEVER,
      description =
          "Ask with every indexed image instead: is another one of its group among its K nearest"
              + " others?")
  private boolean leaveOneOut;

  @Option(
      names = "--group",
      paramLabel = "P",
      description =
          "With --leave-one-out: what makes a group, e.g. '{category}/{*}' (one folder if not"
              + " given).")
  private String group;

  @Mixin private Threads threads;

  @Override
  int run(Console console) throws IOException {
    boolean nothing = images.isEmpty() && prompts.isEmpty();
    if (leaveOneOut != nothing) {
      throw usage(
          leaveOneOut
              ? "--leave-one-out asks with the indexed images: give no IMAGE and no --prompt"
              : "Give at least one IMAGE, --prompt or --leave-one-out");
    }
    if (!images.isEmpty() && !prompts.isEmpty()) {
      throw usage("Ask with IMAGE or with --prompt, not both at once");
    }
    if (group != null && !leaveOneOut) {
      throw usage("--group goes with --leave-one-out");
    }
    if (top < 1) {
      throw usage("--top is " + top + ": give 1 or more");
    }
    if (parquet && out == null) {
      throw usage("--parquet goes with --out");
    }
    if (groupBy != null && calibrator == null) {
      throw usage("--group-by goes with --calibrator");
    }
    if (!prompts.isEmpty() && (mapper != null || calibrator != null)) {
      throw usage("--mapper and --calibrator are for images: a text has a similarity only");
    }
    if (leaveOneOut && (mapper != null || calibrator != null)) {
      throw usage("--mapper and --calibrator do not go with --leave-one-out");
    }
    Threads.use(threads.count());
    try (AttributionIndex opened = AttributionIndex.open(index)) {
      if (!prompts.isEmpty() && opened.manifest().corrected()) {
        throw new SemblanceException(
            "The index corrects its space (%s), which was fitted to images: ask with a text in an index without --correct."
                .formatted(opened.manifest().correction()));
      }
      if (leaveOneOut) {
        Grouping grouping =
            group == null ? Grouping.byFolder() : Grouping.byPattern(FileNamePattern.parse(group));
        GroupRecall recall =
            NeighbourRecall.measure(
                opened, grouping, top, console.progress("searching", "queries"));
        if (out != null) {
          var all = new AttributionOptions(top, true);
          Queries indexed = Queries.of(opened, grouping);
          AttributionReport.write(
              new Attributor(opened).attribute(indexed, all, Progress.none()), program(), out);
          if (parquet) {
            ResultParquet.write(out, out, AttributionDocument.SCHEMA);
          }
          console.say("Report: " + out.resolve("report.html"));
        }
        result(console, recall, text(recall));
        return Semblance.DONE;
      }
      QueryImages.Embedded asked =
          prompts.isEmpty()
              ? QueryImages.embed(
                  images,
                  opened.manifest().provenance(),
                  model,
                  threads.count(),
                  folder.cache(),
                  console)
              : new QueryImages.Embedded(
                  QueryTexts.embed(
                      prompts, opened.manifest(), model, threads.count(), folder.cache()),
                  Map.of());
      var options = new AttributionOptions(top, excludeSelf);
      Attribution answer = answer(opened, asked.queries(), options, console);
      if (out != null) {
        AttributionReport.write(answer, program(), out);
        if (parquet) {
          ResultParquet.write(out, out, AttributionDocument.SCHEMA);
        }
        console.say("Report: " + out.resolve("report.html"));
      }
      result(console, AttributionDocument.of(answer, program()), text(answer));
      return asked.failed().isEmpty() ? Semblance.DONE : Semblance.FAILED;
    }
  }

  private Attribution answer(
      AttributionIndex opened, Queries queries, AttributionOptions options, Console console)
      throws IOException {
    Progress progress = console.progress("searching", "images");
    if (mapper == null && calibrator == null) {
      return new Attributor(opened).attribute(queries, options, progress);
    }
    return new InfluenceAttributor(
            opened,
            mapper == null ? null : MapperFile.read(mapper),
            calibrator == null ? null : CalibratorFile.read(calibrator),
            groupBy == null ? null : Groups.by(opened, groupBy))
        .attribute(queries, options, progress);
  }

  static String program() {
    return "Semblance " + Version.number();
  }

  static String text(Attribution answer) {
    var lines = new ArrayList<String>();
    for (int q = 0; q < answer.rankings().size(); q++) {
      Ranking ranking = answer.rankings().get(q);
      lines.add(ranking.query().id());
      if (answer.influences() == null) {
        for (Ranking.Hit hit : ranking.hits()) {
          lines.add("%4d  %7.4f  %s".formatted(hit.rank(), hit.score(), hit.image().id()));
        }
      } else {
        lines.addAll(influence(ranking, answer.influences().get(q)));
      }
    }
    lines.addAll(answer.notes());
    return String.join("\n", lines);
  }

  private static List<String> influence(Ranking ranking, Influence influence) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < ranking.hits().size(); i++) {
      Ranking.Hit hit = ranking.hits().get(i);
      String interval =
          influence.intervals().isEmpty()
              ? ""
              : String.format(
                  Locale.ROOT,
                  "%13s",
                  "(%.1f to %.1f)"
                      .formatted(
                          100 * influence.intervals().get(i).low(),
                          100 * influence.intervals().get(i).high()));
      lines.add(
          String.format(
              Locale.ROOT,
              "%4d  %5.1f %% %s  cosine %7.4f  %s",
              hit.rank(),
              100 * influence.shares().get(i),
              interval,
              hit.score(),
              hit.image().id()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "      %5.1f %% remain with all other images",
            100 * influence.remaining()));
    influence.groups().stream()
        .limit(10)
        .forEach(
            g ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "      %5.1f %% %s (%d images)",
                        100 * g.share(),
                        g.group(),
                        g.images())));
    if (Boolean.TRUE.equals(influence.copy())) {
      lines.add(
          "      The scores fall steeply after rank %d: what stands before it is nearly the query."
              .formatted(ranking.largestDrop().orElseThrow().afterRank()));
    }
    return lines;
  }

  private static String text(GroupRecall recall) {
    var lines = new ArrayList<String>();
    int width = recall.groups().stream().mapToInt(g -> g.name().length()).max().orElse(5);
    for (GroupRecall.Group g : recall.groups()) {
      lines.add(("%-" + width + "s  %3d of %3d").formatted(g.name(), g.found(), g.images()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%d of %d queries (%.1f %%) have another image of their group among their %d nearest"
                + " others; by chance %.1f %%.",
            recall.found(),
            recall.queries(),
            100 * recall.recall(),
            recall.k(),
            100 * recall.chance()));
    return String.join("\n", lines);
  }
}
