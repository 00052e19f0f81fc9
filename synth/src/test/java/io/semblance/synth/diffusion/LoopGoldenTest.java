package io.semblance.synth.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.image.RgbImage;
import io.semblance.extract.text.ClipTokenizer;
import io.semblance.extract.text.SavedTokenizer;
import io.semblance.synth.network.Hooks;
import io.semblance.synth.network.Tiles;
import io.semblance.synth.reference.Golden;
import io.semblance.synth.reference.TinyPipeline;
import io.semblance.synth.schedule.Sampler;
import io.semblance.synth.schedule.Sampler.Kind;
import io.semblance.synth.schedule.ScheduleConfig;
import io.semblance.synth.schedule.ScheduleConfig.Spacing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Token ids, whole runs of the loop, images and inversion against the pipelines of diffusers.
class LoopGoldenTest {

  private static final List<String> PROMPTS =
      List.of("a painting of a red apple, in the style of <new1>", "two pears!");
  private static final String NEGATIVE = "blurry, ugly";

  @TempDir private static Path folder;

  private static Pipeline open(String name) throws IOException {
    return Pipeline.open(TinyPipeline.write(name, folder.resolve(name)), EngineOptions.defaults());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void tokens(String name) throws IOException {
    Path pipeline = TinyPipeline.write(name, folder.resolve(name));
    JsonNode golden = TinyPipeline.json(name + "/tokens.json");
    int compared = 0;
    for (Map.Entry<String, JsonNode> one : golden.properties()) {
      String[] parts = one.getKey().split("\\+");
      Map<String, Integer> added = parts.length > 1 ? Map.of(parts[1], 814) : Map.of();
      ClipTokenizer tokenizer = SavedTokenizer.read(pipeline.resolve(parts[0]), 77, added);
      for (JsonNode row : one.getValue()) {
        int[] ids = new int[77];
        for (int i = 0; i < 77; i++) {
          ids[i] = row.path("ids").get(i).asInt();
        }
        String text = row.path("text").stringValue();
        assertArrayEquals(ids, tokenizer.encode(text).ids(), one.getKey() + ": " + text);
        compared++;
      }
    }
    assertTrue(compared >= 80, "texts compared: " + compared);
  }

  /// A run as the script made it.
  private record Case(
      String name,
      int steps,
      double guidance,
      String negative,
      double eta,
      double rescale,
      Kind kind,
      boolean velocity) {

    Request request(Golden golden) throws IOException {
      int height = (int) golden.tensor("loop.start").size(2) * 4;
      int width = (int) golden.tensor("loop.start").size(3) * 4;
      return new Request(
          PROMPTS,
          negative,
          List.of(3L, 4L),
          new Request.Settings(
              width,
              height,
              steps,
              new Denoiser.Guidance(guidance, rescale),
              kind,
              eta,
              velocity ? Spacing.TRAILING : null,
              -1,
              Tiles.NONE));
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("plain", 4, 7.5, null, 0, 0, Kind.DDIM, false),
          new Case("empty", 2, 5, "", 0, 0, Kind.DDIM, false),
          new Case("negative", 3, 6, NEGATIVE, 0, 0.7, Kind.DDIM, false),
          new Case("unguided", 2, 1, null, 0, 0, Kind.DDIM, false),
          new Case("eta", 3, 4, NEGATIVE, 1, 0, Kind.DDIM, false),
          new Case("v", 3, 3, NEGATIVE, 0, 0, Kind.DDIM, true),
          new Case("dpm", 5, 5, NEGATIVE, 0, 0, Kind.DPM, false),
          new Case("dpm20", 20, 5, NEGATIVE, 0, 0, Kind.DPM, false));

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void loops(String name) throws IOException {
    try (var golden = new Golden(name);
        Pipeline pipeline = open(name)) {
      for (Case one : CASES) {
        loop(golden, pipeline, one);
      }
    }
  }

  private static void loop(Golden golden, Pipeline pipeline, Case one) throws IOException {
    Request request = one.request(golden);
    var engine = new TextToImage(pipeline, _ -> {});
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var noise = new Noise(request.seeds())) {
      Tensor start = engine.start(noise, request.settings());
      golden.check("loop.start", start, 1e-6, 0);
      var seen = new ArrayList<Tensor>();
      engine.denoise(
          engine.denoiser(request, Hooks.NONE),
          one.velocity() ? velocity(pipeline, one.steps()) : engine.sampler(request.settings()),
          start,
          noise,
          (_, latents) -> {
            Tensor copy = latents.clone();
            copy.retainReference();
            seen.add(copy);
            return latents;
          },
          Progress.none());
      List<Tensor> wanted = one.steps() < 6 ? seen : List.of(seen.getLast());
      Tensor all = torch.stack(new TensorVector(wanted.toArray(Tensor[]::new)), 0);
      golden.checkToLargest("loop." + one.name() + ".latents", all, 1e-4);
      seen.forEach(Tensor::close);
    }
  }

  private static Sampler velocity(Pipeline pipeline, int steps) {
    ScheduleConfig plain = pipeline.schedule();
    var config =
        new ScheduleConfig(
            1000,
            plain.betaStart(),
            plain.betaEnd(),
            true,
            0,
            false,
            plain.offset(),
            true,
            Spacing.TRAILING,
            true,
            true,
            false);
    return Sampler.of(Kind.DDIM, config, steps, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void images(String name) throws IOException {
    try (var golden = new Golden(name);
        Pipeline pipeline = open(name)) {
      Request request = CASES.getFirst().request(golden);
      List<RgbImage> images = new TextToImage(pipeline, _ -> {}).generate(request, Progress.none());
      double[] wanted = golden.numbers("loop.plain.image");
      int at = 0;
      int off = 0;
      for (RgbImage image : images) {
        for (byte value : image.pixels()) {
          double difference = Math.abs(wanted[at++] - (value & 0xFF));
          assertTrue(difference <= 1, "pixel " + at + " is off by " + difference);
          off += difference > 0 ? 1 : 0;
        }
      }
      assertEquals(wanted.length, at);
      assertTrue(off < at / 100, off + " of " + at + " values are off by one");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void prompts(String name) throws IOException {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var golden = new Golden(name);
        Pipeline pipeline = open(name)) {
      var encoder = new PromptEncoder(pipeline, _ -> {});
      Conditions prompt = encoder.encode(PROMPTS);
      golden.check("prompt.text", prompt.text(), 1e-5, 1e-5);
      golden.check("prompt.uncond", encoder.unconditional(null, 2, prompt).text(), 1e-5, 1e-5);
      if (pipeline.xl()) {
        golden.check("prompt.pooled", prompt.pooled(), 1e-5, 1e-5);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void inversion(String name) throws IOException {
    try (var _ = new PointerScope();
        var golden = new Golden(name);
        Pipeline pipeline = open(name)) {
      var inversion = new Inversion(pipeline);
      Tensor z0 = inversion.encode(golden.tensor("vae.image"));
      var options = new Inversion.Options(5, new Denoiser.Guidance(2, 0));
      Tensor all = inversion.invert(z0, PROMPTS.getFirst(), options, Progress.none());
      golden.checkToLargest("inversion.zts", all, 1e-4);
    }
  }
}
