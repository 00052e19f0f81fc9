package io.semblance.synth.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.image.RgbImage;
import io.semblance.extract.codec.PngTexts;
import io.semblance.synth.network.Hooks;
import io.semblance.synth.network.Tiles;
import io.semblance.synth.reference.Golden;
import io.semblance.synth.reference.TinyPipeline;
import io.semblance.synth.schedule.Sampler;
import io.semblance.synth.weights.FloatType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What must hold for any weights: guidance, batches, seeds, memory, jobs that go on.
class EngineTest {

  @TempDir private static Path folder;
  private static Pipeline sd;

  @BeforeAll
  static void open() throws IOException {
    sd = Pipeline.open(TinyPipeline.write("sd", folder.resolve("sd")), EngineOptions.defaults());
  }

  @AfterAll
  static void close() {
    sd.close();
  }

  private static Request.Settings settings(int steps, double guidance) {
    return new Request.Settings(
        32,
        48,
        steps,
        new Denoiser.Guidance(guidance, 0),
        Sampler.Kind.DDIM,
        0,
        null,
        -1,
        Tiles.NONE);
  }

  private static List<RgbImage> generate(
      List<String> prompts, String negative, List<Long> seeds, Request.Settings settings)
      throws IOException {
    var engine = new TextToImage(sd, _ -> {});
    return engine.generate(new Request(prompts, negative, seeds, settings), Progress.none());
  }

  private static float[] predicted(String prompt, String negative, double guidance) {
    var engine = new TextToImage(sd, _ -> {});
    var request = new Request(List.of(prompt), negative, List.of(1L), settings(2, guidance));
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var noise = new Noise(request.seeds())) {
      Tensor start = engine.start(noise, request.settings());
      return Golden.floats(engine.denoiser(request, Hooks.NONE).predict(start, 501));
    }
  }

  @Test
  void guidanceOfOneIsThePromptAlone() {
    assertArrayEquals(predicted("a pear", "apples", 1), predicted("a pear", "rain", 1));
    float[] alone = predicted("a pear", null, 1);
    float[] rain = predicted("rain", null, 1);
    float[] guided = predicted("a pear", "rain", 3);
    for (int i = 0; i < alone.length; i++) {
      assertEquals(rain[i] + 3 * (alone[i] - rain[i]), guided[i], 1e-4);
    }
  }

  @Test
  void equalPromptsMakeGuidanceWithoutEffect() {
    assertArrayEquals(predicted("a pear", "a pear", 2), predicted("a pear", "a pear", 9), 1e-4f);
  }

  @Test
  void anImageDoesNotDependOnItsBatch() throws IOException {
    var together =
        generate(List.of("a pear", "two apples", ""), null, List.of(5L, 6L, 7L), settings(3, 5));
    var alone = generate(List.of("two apples"), null, List.of(6L), settings(3, 5));
    assertClose(alone.getFirst(), together.get(1));
    assertEquals(32, alone.getFirst().width());
    assertEquals(48, alone.getFirst().height());
  }

  private static void assertClose(RgbImage a, RgbImage b) {
    for (int i = 0; i < a.pixels().length; i++) {
      int off = Math.abs((a.pixels()[i] & 0xFF) - (b.pixels()[i] & 0xFF));
      assertTrue(off <= 1, "value " + i + " is off by " + off);
    }
  }

  @Test
  void theSameSeedMakesTheSameBytes() throws IOException {
    var once = generate(List.of("a pear"), "", List.of(8L), settings(2, 5)).getFirst();
    var twice = generate(List.of("a pear"), "", List.of(8L), settings(2, 5)).getFirst();
    var other = generate(List.of("a pear"), "", List.of(9L), settings(2, 5)).getFirst();
    assertArrayEquals(once.pixels(), twice.pixels());
    assertFalse(java.util.Arrays.equals(once.pixels(), other.pixels()));
  }

  @Test
  void awkwardPromptsWork() throws IOException {
    var said = new ArrayList<String>();
    var engine = new TextToImage(sd, said::add);
    var prompts = List.of("word ".repeat(500), "🍎👩‍👩‍👧‍👦", "", "\u0000\n\t");
    var request = new Request(prompts, "", List.of(1L, 2L, 3L, 4L), settings(1, 2));
    assertEquals(4, engine.generate(request, Progress.none()).size());
    assertEquals(1, said.stream().filter(s -> s.contains("cut off")).count(), said::toString);
  }

  @Test
  void bf16IsNearFp32() throws IOException {
    var options = EngineOptions.defaults().withCompute(FloatType.BF16);
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var golden = new Golden("sd");
        Pipeline half = Pipeline.open(folder.resolve("sd"), options)) {
      var in =
          new io.semblance.synth.network.UNetInput(
              half.unetParameters().fit(golden.tensor("unet.in")),
              golden.tensor("unet.t"),
              half.unetParameters().fit(golden.tensor("unet.text")),
              null,
              null);
      float[] found = Golden.floats(half.unet().forward(half.unetParameters(), in, Hooks.NONE));
      assertTrue(cosine(golden.numbers("unet.out"), found) > 0.999);
    }
  }

  private static double cosine(double[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void wrongSizesAreRefused() {
    var odd =
        new Request.Settings(
            33, 48, 1, new Denoiser.Guidance(1, 0), Sampler.Kind.DDIM, 0, null, -1, Tiles.NONE);
    assertThrows(
        IllegalArgumentException.class, () -> generate(List.of("a"), null, List.of(1L), odd));
    assertThrows(
        IllegalArgumentException.class,
        () -> generate(List.of("a"), null, List.of(1L, 2L), settings(1, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> generate(List.of("a"), null, List.of(1L), settings(1000, 1)));
  }

  /// Bytes that JavaCPP counts, and that the process holds, after 200 steps and 20 images more.
  @Test
  void stepsAndImagesTakeNoMoreMemory() throws IOException {
    generate(List.of("a pear"), "", List.of(1L), settings(20, 1));
    System.gc();
    long counted = Pointer.totalBytes();
    long held = Pointer.physicalBytes();
    generate(List.of("a pear"), "", List.of(1L), settings(200, 1));
    for (long seed = 0; seed < 20; seed++) {
      generate(List.of("a pear"), "", List.of(seed), settings(1, 3));
    }
    assertTrue(
        Pointer.totalBytes() <= counted,
        () -> "grew to " + Pointer.totalBytes() + " of " + counted);
    long grown = Pointer.physicalBytes() - held;
    assertTrue(grown < 32L << 20, "the process grew by " + grown + " bytes");
  }

  private static GenerationJob job(int perPrompt, int steps, boolean overwrite) {
    return new GenerationJob(
        sd,
        List.of("a pear", "日本 🍎"),
        null,
        40,
        perPrompt,
        settings(steps, 3),
        2,
        true,
        overwrite,
        "test 1");
  }

  @Test
  void jobsGoOnWhereTheyStopped(@TempDir Path out) throws IOException {
    assertThrows(
        CancellationException.class,
        () ->
            job(3, 2, false)
                .run(
                    out,
                    (done, _) -> {
                      if (done > 6) {
                        throw new CancellationException();
                      }
                    },
                    _ -> {}));
    assertTrue(Files.exists(out.resolve("0000_40.png")));
    GenerationJob.Outcome outcome = job(3, 2, false).run(out, Progress.none(), _ -> {});
    assertEquals(6, outcome.files().size());
    assertTrue(outcome.kept() >= 2 && outcome.made() == 6 - outcome.kept());
    byte[] first = Files.readAllBytes(out.resolve("0001_41.png"));
    assertEquals(6, job(3, 2, false).run(out, Progress.none(), _ -> {}).kept());
    String message =
        assertThrows(IOException.class, () -> job(3, 1, false).run(out, Progress.none(), _ -> {}))
            .getMessage();
    assertTrue(message.contains("--overwrite"), message);
    assertEquals(6, job(3, 1, true).run(out, Progress.none(), _ -> {}).made());
    assertFalse(java.util.Arrays.equals(first, Files.readAllBytes(out.resolve("0001_41.png"))));
    String made = PngTexts.read(out.resolve("0001_41.png")).get(GenerationJob.KEYWORD);
    assertTrue(made.contains("\"prompt\" : \"日本 🍎\""), made);
    assertEquals("日本 🍎\n", Files.readString(out.resolve("0001_41.txt")));
  }
}
