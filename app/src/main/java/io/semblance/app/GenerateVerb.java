package io.semblance.app;

import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Texts;
import io.semblance.core.torch.Bfloat16;
import io.semblance.extract.Device;
import io.semblance.synth.diffusion.Denoiser;
import io.semblance.synth.diffusion.EngineOptions;
import io.semblance.synth.diffusion.GenerationJob;
import io.semblance.synth.diffusion.Pipeline;
import io.semblance.synth.diffusion.Request;
import io.semblance.synth.network.Tiles;
import io.semblance.synth.schedule.Sampler;
import io.semblance.synth.schedule.ScheduleConfig.Spacing;
import io.semblance.synth.weights.FloatType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `semblance generate`: images from prompts by Stable Diffusion.
@Command(
    name = "generate",
    description = {
      "Make images from prompts with Stable Diffusion 1.x, 2.x or XL, from a folder in the layout"
          + " of diffusers.",
      "",
      "Files are called <prompt>_<seed>.png, and hold the prompt and all settings. The same"
          + " command goes on where it was stopped. See docs/generate.md."
    },
    footer = {
      "  semblance generate --model sd-v1-4 --prompt 'a photo of a pear' --out pears --images 4",
      "  semblance generate --model sdxl --prompts prompts.txt --negative 'blurry' --out grid"
          + " --size 1024 --compute bf16 --captions",
      "  semblance generate --model sd-v1-4 --prompt 'a red apple' --sampler dpm --steps 20"
          + " --seed 7 --out apples",
      "  semblance embed pears --model efficientnet-lite0 --out tables",
    })
final class GenerateVerb extends Verb {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})(?:[xX]([0-9]{1,5}))?");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the pipeline, with model_index.json.")
  private Path model;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "What the images show; may come several times.")
  private List<String> prompts = List.of();

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description = "A .txt with one prompt a line, or a .csv, .tsv or .parquet with a column.")
  private Path file;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description = "Column with the prompts (caption, text, prompt ...).")
  private String column;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the images; made if missing.")
  private Path out;

  @Option(
      names = "--negative",
      paramLabel = "TEXT",
      description = "What images shall not show. '' is not the same as none with SDXL.")
  private String negative;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images of each prompt.")
  private int images;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the first image of each prompt; the next has S + 1.")
  private long seed;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "Width and height in pixels, or one number for both (the model's own).")
  private String size;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "50",
      description = "Steps from noise to image.")
  private int steps;

  @Option(
      names = "--guidance",
      paramLabel = "G",
      description = "How far prompts are followed (7.5, with SDXL 5); 1 for not at all.")
  private Double guidance;

  @Option(
      names = "--rescale",
      paramLabel = "R",
      defaultValue = "0",
      description = "Share, 0 to 1, by which guidance keeps the spread of the prediction.")
  private double rescale;

  @Option(
      names = "--sampler",
      paramLabel = "S",
      defaultValue = "ddim",
      description = "ddim, or dpm (DPM-Solver++ 2M).")
  private Sampler.Kind sampler;

  @Option(
      names = "--eta",
      paramLabel = "E",
      defaultValue = "0",
      description = "Share of noise, 0 to 1, that ddim draws anew at each step.")
  private double eta;

  @Option(
      names = "--spacing",
      paramLabel = "S",
      description = "Timesteps: leading, trailing or linspace (as the model says).")
  private Spacing spacing;

  @Option(
      names = "--offset",
      paramLabel = "N",
      description = "Added to leading timesteps (1 for SD 1.x, else as the model says).")
  private Integer offset;

  @Option(
      names = "--tile",
      paramLabel = "PX",
      description =
          "Decode images in squares of that side, 0 for whole (512 above 1024 x 1024 pixels).")
  private Integer tile;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images computed together.")
  private int batch;

  @Option(
      names = "--compute",
      paramLabel = "C",
      defaultValue = "fp32",
      description = "What networks compute in: fp32, bf16, or fp16 on a GPU.")
  private FloatType compute;

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "cpu",
      description = "Where networks run: cpu, cuda or cuda:N.")
  private String device;

  @Mixin private Threads threads;

  @Option(
      names = "--captions",
      showDefaultValue = Visibility.NEVER,
      description = "Write each prompt beside its image, as NAME.txt.")
  private boolean captions;

  @Option(
      names = "--overwrite",
      showDefaultValue = Visibility.NEVER,
      description = "Replace images that were made in another way.")
  private boolean overwrite;

  @Override
  int run(Console console) throws IOException {
    EngineOptions options = options();
    checkNumbers();
    List<String> all = prompts();
    if (compute == FloatType.BF16 && !options.device().cuda() && Bfloat16.isSlow()) {
      console.say(
          "This processor has no instructions for bf16: it takes half the memory of fp32 here, but"
              + " more time.");
    }
    Threads.use(threads.count());
    try (Pipeline pipeline = Pipeline.open(model, options)) {
      GenerationJob job = job(pipeline, all);
      GenerationJob.Outcome made =
          job.run(out, console.progress("generating", "steps"), console::say);
      result(
          console,
          document(
              "out",
              out.toString(),
              "made",
              made.made(),
              "kept",
              made.kept(),
              "files",
              made.files().stream().map(f -> f.getFileName().toString()).toList()),
          "%d images in %s%s"
              .formatted(
                  made.made() + made.kept(),
                  out,
                  made.kept() > 0 ? ", %d of them from before".formatted(made.kept()) : ""));
    }
    return Semblance.DONE;
  }

  private GenerationJob job(Pipeline pipeline, List<String> all) {
    try {
      return new GenerationJob(
          pipeline,
          all,
          negative,
          seed,
          images,
          settings(pipeline),
          batch,
          captions,
          overwrite,
          "Semblance " + Version.number());
    } catch (IllegalArgumentException e) {
      throw usage("--" + e.getMessage());
    }
  }

  private EngineOptions options() {
    try {
      return new EngineOptions(compute, Device.parse(device));
    } catch (IllegalArgumentException e) {
      throw usage("--" + e.getMessage());
    }
  }

  private void checkNumbers() {
    if (images < 1 || batch < 1) {
      throw usage("--images is %d and --batch %d: give 1 or more of each".formatted(images, batch));
    }
    if (offset != null && offset < 0 || tile != null && tile < 0) {
      throw usage("--offset and --tile take 0 or more");
    }
    if (size != null && !SIZE.matcher(size).matches()) {
      throw usage("--size is '" + size + "': give WIDTHxHEIGHT, such as 512x768, or one number");
    }
  }

  private Request.Settings settings(Pipeline pipeline) {
    Request.Settings usual = Request.Settings.defaults(pipeline);
    int width = usual.width();
    int height = usual.height();
    Matcher sides = SIZE.matcher(size == null ? "" : size);
    if (sides.matches()) {
      width = Integer.parseInt(sides.group(1));
      height = sides.group(2) == null ? width : Integer.parseInt(sides.group(2));
    }
    int factor = pipeline.vae().config().factor();
    if (width % factor != 0 || height % factor != 0) {
      throw usage("--size is %d x %d: give multiples of %d".formatted(width, height, factor));
    }
    if (tile != null && !new Tiles(tile).fits(factor)) {
      throw usage("--tile is %d: give a multiple of %d".formatted(tile, 4 * factor));
    }
    double scale = guidance == null ? usual.guidance().scale() : guidance;
    return new Request.Settings(
        width,
        height,
        steps,
        new Denoiser.Guidance(scale, rescale),
        sampler,
        eta,
        spacing,
        offset == null ? -1 : offset,
        tile == null ? Tiles.forImage(width, height) : new Tiles(tile));
  }

  private List<String> prompts() throws IOException {
    if ((file == null) == prompts.isEmpty()) {
      throw usage("Give either --prompt or --prompts");
    }
    if (file == null) {
      return prompts;
    }
    try (ImageCollection texts = Texts.ofFile(file, column, null)) {
      var read = new ArrayList<String>();
      for (int i = 0; i < texts.size(); i++) {
        read.add(new String(texts.image(i).read(), StandardCharsets.UTF_8));
      }
      return read;
    }
  }
}
