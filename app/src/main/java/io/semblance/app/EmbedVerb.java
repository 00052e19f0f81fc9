package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.table.Compute;
import io.semblance.core.table.Precision;
import io.semblance.core.table.View;
import io.semblance.core.torch.Bfloat16;
import io.semblance.extract.Device;
import io.semblance.extract.EmbeddingRun;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Models;
import io.semblance.extract.registry.ModelCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `semblance embed`: images to embedding tables.
@Command(
    name = "embed",
    description = {
      "Embed images, or their captions and other texts: one table folder per model,"
          + " OUT/<model-id>/.",
      "",
      ImageInput.KINDS,
      "",
      TextInput.KINDS,
      "",
      "Killed or interrupted, the same command goes on where it stopped. Onto a finished table it"
          + " embeds what is new or changed, keeps the other vectors, and lists images that are"
          + " gone in removed.csv. A broken image is listed in failures.csv and skipped."
    },
    footer = {
      "  semblance embed photos --model efficientnet-lite0 --out tables",
      "  semblance embed salad --pattern '{category}_{style}_{instance}' --model"
          + " efficientnet-lite0,gif-compression,style-blind --out tables",
      "  semblance embed photos --model mine/network.onnx --precision float16 --out tables",
      "  semblance embed photos --model mine/network.pt --compute bf16 --out tables",
      "  semblance embed laion --model sd-v1-4 --out tables",
      "  semblance embed photos --model mine/network.onnx --device cuda --out tables",
      "  semblance embed laion/00000.tar laion/00001.tar --model efficientnet-lite0 --out tables",
      "  semblance embed works.csv --image-column scan --model efficientnet-lite0 --out tables",
      "  semblance embed photos --model efficientnet-lite0 --exif-orientation apply --out tables",
      "  semblance embed photos --model efficientnet-lite0 --shard 2/4 --out tables",
      "  semblance embed laion --model clip-b-32-l2b,clip-b-32-l2b-text --out tables",
      "  semblance embed works --model efficientnet-lite0 --views 4 --augment mild --out views",
      "  semblance embed prompts.txt --texts --model clip-b-32-l2b-text --out tables",
      "  semblance embed --prompt 'a photo of a dog' --prompt 'a cat' --model mine/text.onnx --out"
          + " tables",
    })
final class EmbedVerb extends Verb {

  @Mixin private ImageInput images;

  @Mixin private TextInput texts;

  @Mixin private ImageReading reading;

  @Mixin private ModelFolder folder;

  @Option(
      names = "--model",
      required = true,
      split = ",",
      paramLabel = "ID",
      description =
          "One or more of 'semblance models list', or the path of an .onnx or .pt file with its"
              + " card, or the folder of a Stable Diffusion pipeline: its features of images and"
              + " their captions.")
  private List<String> models;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the tables.")
  private Path out;

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "float32",
      description = "How vectors are stored: float32 or float16.")
  private Precision precision;

  @Option(
      names = "--compute",
      paramLabel = "C",
      defaultValue = "fp32",
      description =
          "What networks compute in: fp32, bf16 (needs the TorchScript form, NAME.pt) or int8"
              + " (needs a quantised one, NAME.int8.onnx). Such tables go to OUT/<model-id>.bf16/"
              + " or .int8/.")
  private Compute compute;

  @Option(
      names = "--check",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "With bf16 or int8, embed up to N of the images in fp32, too, and say how far the vectors"
              + " agree (precision.json in the table's folder); 0 for none.")
  private int check;

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "cpu",
      description = "Where networks run: cpu, cuda or cuda:N.")
  private String device;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Images computed together.")
  private int batch;

  @Mixin private Threads threads;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "Embed part I of N only, to OUT/<model-id>.shard-I-of-N/; join the parts with 'semblance"
              + " merge'.")
  private String shard;

  @Option(
      names = "--views",
      paramLabel = "V",
      defaultValue = "0",
      description =
          "Embed V augmented views of each image instead, to OUT/<model-id>.view-1/ and on, for"
              + " 'train mapper --view'.")
  private int views;

  @Option(
      names = "--augment",
      paramLabel = "A",
      defaultValue = "mild",
      description =
          "With --views: mild (flip, resize, crop) or strong (colour jitter, blur and solarisation,"
              + " too).")
  private View.Strength augment;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "With --views: of the draws; the same seed gives the same views.")
  private long seed;

  @Option(
      names = "--prune",
      showDefaultValue = Visibility.NEVER,
      description = "Drop the rows of images that are gone from a finished table.")
  private boolean prune;

  @Option(
      names = "--overwrite",
      showDefaultValue = Visibility.NEVER,
      description = "Begin again where a table is there already.")
  private boolean overwrite;

  @Override
  int run(Console console) throws IOException {
    CollectionPart part = CollectionPart.parse(shard, this);
    ExtractOptions options = options();
    requireKnown();
    if (views < 0) {
      throw usage("--views is " + views + ": give 0 for the images as they are, or more");
    }
    if (compute == Compute.BF16 && !options.device().cuda() && Bfloat16.isSlow()) {
      console.say(
          "This processor has no instructions for bf16, so it is slower here than fp32: use it to"
              + " match tables made elsewhere.");
    }
    try (ImageCollection collection = texts.open(images, console)) {
      List<View> asked =
          IntStream.rangeClosed(1, views).mapToObj(v -> new View(augment, v, seed)).toList();
      var job =
          new EmbedJob(
              collection, texts, part, options, folder.cache(), out, check, asked, console);
      return report(job.embed(models), console);
    }
  }

  private ExtractOptions options() {
    try {
      return ExtractOptions.defaults()
          .withThreads(threads.count())
          .withBatchSize(batch)
          .withPrecision(precision)
          .withPrune(prune)
          .withFresh(overwrite)
          .withReading(reading.options())
          .withCompute(compute)
          .withDevice(Device.parse(device));
    } catch (IllegalArgumentException e) {
      throw usage(
          e.getMessage().replaceFirst("^batchSize", "--batch").replaceFirst("^(device)", "--$1"));
    }
  }

  private int report(EmbedJob.Outcome outcome, Console console) {
    var lines = new ArrayList<String>();
    for (EmbedJob.Made made : outcome.tables()) {
      lines.add(made.result().folder() + ": " + story(made.result(), made.texts()));
      if (made.agreement() != null) {
        lines.add("  against fp32 " + made.agreement().text());
      }
    }
    result(
        console,
        document(
            "tables",
            outcome.tables().stream().map(EmbedVerb::described).toList(),
            "refused",
            outcome.refused()),
        String.join("\n", lines));
    return outcome.refused().isEmpty() ? Semblance.DONE : Semblance.FAILED;
  }

  private static String story(EmbeddingRun.Result table, boolean texts) {
    String units = texts ? "texts" : "images";
    var parts = new ArrayList<String>();
    parts.add("%d of %d %s".formatted(table.rows() - table.kept(), table.images(), units));
    int changed = table.changes().added() + table.changes().removed();
    if (table.reused() > 0 || (changed > 0 && table.embedded() > 0)) {
      parts.add("%d embedded now, %d kept from before".formatted(table.embedded(), table.reused()));
    }
    if (table.kept() > 0) {
      parts.add(
          "%d more rows of %s that are gone, listed in %s (drop them with --prune)"
              .formatted(table.kept(), units, table.folder().resolve("removed.csv")));
    }
    if (table.failed() > 0) {
      parts.add(
          "%d listed in %s".formatted(table.failed(), table.folder().resolve("failures.csv")));
    }
    if (table.duplicates() > 0) {
      parts.add(
          "%d are copies of others, listed in %s"
              .formatted(table.duplicates(), table.folder().resolve("duplicates.csv")));
    }
    return String.join("; ", parts);
  }

  private static Map<String, Object> described(EmbedJob.Made made) {
    EmbeddingRun.Result table = made.result();
    var out = new LinkedHashMap<String, Object>();
    out.put("folder", table.folder().toString());
    out.put("reads", made.texts() ? "texts" : "images");
    out.put("images", table.images()); // of texts, too: the name of the number stays
    out.put("rows", table.rows());
    out.put("failed", table.failed());
    out.put("resumedAt", table.resumedAt());
    out.put("embedded", table.embedded());
    out.put("reused", table.reused());
    out.put("added", table.changes().added());
    out.put("removed", table.changes().removed());
    out.put("kept", table.kept());
    out.put("duplicates", table.duplicates());
    if (made.agreement() != null) {
      out.put("againstFp32", made.agreement().document());
    }
    return out;
  }

  /// A wrong name, or weights that are not there, stop the job before it has run for an hour.
  private void requireKnown() throws SemblanceException {
    List<String> named = models.stream().filter(m -> !DiffusionModel.isPath(m)).toList();
    for (String model : named) {
      try {
        Models.card(model);
      } catch (SemblanceException e) {
        throw usage(e.getMessage());
      }
    }
    for (String model : named) {
      Models.requireAtHand(model, compute, folder.cache());
    }
  }

  /// Embeds with default options; every model must succeed.
  static void embed(
      Path images,
      FileNamePattern labels,
      List<String> models,
      Path out,
      int threads,
      Console console)
      throws IOException {
    var job =
        new EmbedJob(
            ImageCollection.ofFolder(images, labels),
            new TextInput(),
            null,
            ExtractOptions.defaults().withThreads(threads),
            ModelCache.standard(),
            out,
            0,
            List.of(),
            console);
    EmbedJob.Outcome outcome = job.embed(models);
    if (!outcome.refused().isEmpty()) {
      throw new SemblanceException(outcome.refused().values().iterator().next());
    }
  }
}
