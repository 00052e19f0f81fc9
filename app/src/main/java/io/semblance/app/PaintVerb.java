package io.semblance.app;

import io.semblance.core.Progress;
import io.semblance.core.file.AtomicFile;
import io.semblance.synth.paint.Fruit;
import io.semblance.synth.paint.GridOverview;
import io.semblance.synth.paint.PaintOptions;
import io.semblance.synth.paint.SaladPainter;
import io.semblance.synth.paint.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `semblance paint`: a SALAD drawn by code.
@Command(
    name = "paint",
    description = {
      "Paint a SALAD: 10 fruits x 10 styles x N instances, as <fruit>_<style>_<instance>.png.",
      "",
      "The same seed paints the same bytes. An interrupted run goes on where it stopped."
    },
    footer = {
      "  semblance paint --out salad --instances 10",
      "  semblance paint --out salad-1024 --instances 100 --size 1024 --seed 7",
      "  semblance embed salad --pattern '{category}_{style}_{instance}' --model efficientnet-lite0"
          + " --out tables",
    })
final class PaintVerb extends Verb {

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the images; made if missing.")
  private Path out;

  @Option(
      names = "--instances",
      required = true,
      paramLabel = "N",
      description = "Images per fruit and style.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private int instances;

  @Option(
      names = "--size",
      paramLabel = "PX",
      defaultValue = "256",
      description = "Side of an image, in pixels.")
  private int size;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "Any whole number.")
  private long seed;

  @Mixin private Threads threads;

  @Override
  int run(Console console) throws IOException {
    var options = new PaintOptions(instances, size, seed);
    int images = paint(options, out, threads.count(), console);
    Path overview = overview(options, out);
    result(
        console,
        document(
            "images",
            images,
            "size",
            size,
            "seed",
            seed,
            "out",
            out.toString(),
            "overview",
            overview.toString()),
        images + " images of " + size + " px in " + out + "; one of each in " + overview);
    return Semblance.DONE;
  }

  /// Paints, with progress; returns the number of images.
  static int paint(PaintOptions options, Path out, int threads, Console console)
      throws IOException {
    int images = Fruit.values().length * Style.values().length * options.instances();
    Progress progress = console.progress("painting", "images");
    new SaladPainter(options).paintAll(out, done -> progress.at(done, images), threads);
    return images;
  }

  /// Writes the first image of every cell as one picture, outside the collection's folder; returns
  /// its place.
  static Path overview(PaintOptions options, Path out) throws IOException {
    Path folder = out.getFileName() == null ? out.toAbsolutePath().normalize() : out;
    Path file = folder.resolveSibling(folder.getFileName() + "-overview.png");
    if (!Files.exists(file)) {
      AtomicFile.write(
          file,
          stream ->
              ImageIO.write(
                  new GridOverview(new SaladPainter(options), 128, true).paint(0), "png", stream));
    }
    return file;
  }
}
