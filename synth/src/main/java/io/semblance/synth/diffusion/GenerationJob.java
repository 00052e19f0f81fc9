package io.semblance.synth.diffusion;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import io.semblance.core.image.RgbImage;
import io.semblance.extract.codec.PngEncoder;
import io.semblance.extract.codec.PngTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/// Images of several prompts and seeds as PNG files, each with what made it embedded. An
/// interrupted job goes on where it stopped: files that were made the same way are kept.
///
/// @param pipeline what computes; stays open
/// @param prompts in order
/// @param negative what images shall not be, or null for none
/// @param seed of the first image of every prompt
/// @param perPrompt images of a prompt, whose seeds follow each other
/// @param settings how they are made
/// @param batch images computed together
/// @param captions whether each prompt is written beside its image, as `x.txt` beside `x.png`
/// @param overwrite whether files that were made another way are replaced, else refused
/// @param program name and version of what makes the images
public record GenerationJob(
    Pipeline pipeline,
    List<String> prompts,
    String negative,
    long seed,
    int perPrompt,
    Request.Settings settings,
    int batch,
    boolean captions,
    boolean overwrite,
    String program) {

  /// Keyword of the embedded parameters, a JSON object.
  public static final String KEYWORD = "semblance";

  /// Copies the prompts.
  ///
  /// @throws IllegalArgumentException if there is none, or a number is below 1
  public GenerationJob {
    prompts = List.copyOf(prompts);
    if (prompts.isEmpty() || perPrompt < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "%d prompts, %d images each, %d together: give 1 or more of each"
              .formatted(prompts.size(), perPrompt, batch));
    }
  }

  /// An image of the job.
  ///
  /// @param prompt what it shows
  /// @param seed of its noise
  /// @param file where it is written
  /// @param made what made it, as JSON on one line
  private record Planned(String prompt, long seed, Path file, String made) {}

  /// What a job left.
  ///
  /// @param made images computed now
  /// @param kept images that were there
  /// @param files all of them, prompt by prompt
  public record Outcome(int made, int kept, List<Path> files) {}

  /// Makes the images.
  ///
  /// @param out folder; made if missing
  /// @param progress hears of every step of every image; may stop the job by a
  ///   `CancellationException`
  /// @param say hears what the user should know, in sentences
  /// @return what is there now
  /// @throws SemblanceException if a file is in the way, cannot be written, or an image fails
  public Outcome run(Path out, Progress progress, Consumer<String> say) throws IOException {
    List<Planned> all = plan(out);
    List<Planned> open = new ArrayList<>();
    for (Planned one : all) {
      if (!isThere(one)) {
        open.add(one);
      }
    }
    var said = new HashSet<String>();
    var engine =
        new TextToImage(
            pipeline,
            sentence -> {
              if (said.add(sentence)) {
                say.accept(sentence);
              }
            });
    int kept = all.size() - open.size();
    long steps = settings.steps();
    progress.at(kept * steps, all.size() * steps);
    for (int from = 0; from < open.size(); from += batch) {
      List<Planned> part = open.subList(from, Math.min(open.size(), from + batch));
      long before = (kept + (long) from) * steps;
      Progress inside = (done, _) -> progress.at(before + done * part.size(), all.size() * steps);
      write(part, engine.generate(request(part), inside));
    }
    return new Outcome(open.size(), kept, all.stream().map(Planned::file).toList());
  }

  private Request request(List<Planned> part) {
    return new Request(
        part.stream().map(Planned::prompt).toList(),
        negative,
        part.stream().map(Planned::seed).toList(),
        settings);
  }

  private List<Planned> plan(Path out) throws IOException {
    String weights = pipeline.sha256();
    int digits = Math.max(4, String.valueOf(prompts.size() - 1).length());
    var all = new ArrayList<Planned>();
    for (int p = 0; p < prompts.size(); p++) {
      for (int i = 0; i < perPrompt; i++) {
        String name = ("%0" + digits + "d_%d.png").formatted(p, seed + i);
        String made = made(prompts.get(p), seed + i, weights);
        all.add(new Planned(prompts.get(p), seed + i, out.resolve(name), made));
      }
    }
    return all;
  }

  private String made(String prompt, long imageSeed, String weights) {
    var out = new LinkedHashMap<String, Object>();
    out.put("schema", 1);
    out.put("model", String.valueOf(pipeline.folder().getFileName()));
    out.put("modelSha256", weights);
    out.put("prompt", prompt);
    out.put("negative", negative);
    out.put("seed", imageSeed);
    out.put("width", settings.width());
    out.put("height", settings.height());
    out.put("steps", settings.steps());
    out.put("guidance", settings.guidance().scale());
    out.put("rescale", settings.guidance().rescale());
    out.put("sampler", settings.sampler().toString());
    out.put("eta", settings.eta());
    out.put("spacing", settings.spacing() == null ? null : settings.spacing().toString());
    out.put("offset", settings.offset() < 0 ? null : settings.offset());
    out.put("tile", settings.tiles().side());
    out.put("compute", pipeline.unetParameters().type().toString());
    return Json.of(out).strip();
  }

  private boolean isThere(Planned one) throws SemblanceException {
    if (overwrite || !Files.exists(one.file())) {
      return false;
    }
    if (one.made().equals(PngTexts.read(one.file()).get(KEYWORD))) {
      return true;
    }
    throw new SemblanceException(
        "%s exists and was made in another way: choose another folder, or add --overwrite."
            .formatted(one.file()));
  }

  private void write(List<Planned> part, List<RgbImage> images) throws IOException {
    for (int i = 0; i < part.size(); i++) {
      Planned one = part.get(i);
      var texts = new LinkedHashMap<String, String>();
      texts.put("Software", program);
      texts.put("Description", one.prompt());
      texts.put(KEYWORD, one.made());
      if (captions) {
        String name = one.file().getFileName().toString().replaceFirst("\\.png$", ".txt");
        AtomicFile.write(one.file().resolveSibling(name), one.prompt() + "\n");
      }
      byte[] png = PngEncoder.encode(images.get(i), texts);
      AtomicFile.write(one.file(), out -> out.write(png));
    }
  }
}
