package io.semblance.synth.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.synth.diffusion.EngineOptions;
import io.semblance.synth.diffusion.Pipeline;
import io.semblance.synth.diffusion.TextPart;
import io.semblance.synth.reference.Golden;
import io.semblance.synth.reference.TinyPipeline;
import io.semblance.synth.weights.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every stage of every network against diffusers and transformers, on tiny random weights.
class StagesGoldenTest {

  private static final double CLOSE = 1e-5;

  @TempDir private static Path folder;

  private static Pipeline open(String name) throws IOException {
    return Pipeline.open(TinyPipeline.write(name, folder.resolve(name)), EngineOptions.defaults());
  }

  /// Compares what passes by with the goldens of that name.
  private record Watching(Golden golden, String prefix, Set<String> seen, double tolerance)
      implements Hooks {

    @Override
    public void seen(String stage, Tensor value) {
      try {
        if (golden.has(prefix + stage)) {
          boolean first = golden.numbers(prefix + stage).length < value.numel();
          Tensor part = first ? value.narrow(0, 0, 1) : value;
          golden.check(prefix + stage, part, tolerance, tolerance);
          seen.add(stage);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void textEncoders(String name) throws IOException {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var golden = new Golden(name);
        Pipeline pipeline = open(name)) {
      for (int i = 0; i < pipeline.texts().size(); i++) {
        String encoder = i == 0 ? "text_encoder" : "text_encoder_2";
        TextPart part = pipeline.texts().get(i);
        var watching = new Watching(golden, encoder + ".", new HashSet<>(), CLOSE);
        ClipText.Encoded out =
            part.encoder().encode(part.parameters(), golden.ints(encoder + ".ids"), watching);
        assertEquals(part.encoder().config().layers() + 1, watching.seen().size());
        golden.check(encoder + ".last", out.last().narrow(0, 0, 1), CLOSE, CLOSE);
        if (i == 1) {
          golden.check(encoder + ".pooled", out.pooled(), CLOSE, CLOSE);
          int[][] turned = golden.ints(encoder + ".turned");
          golden.check(
              encoder + ".turned.pooled",
              part.encoder().encode(part.parameters(), turned, Hooks.NONE).pooled(),
              CLOSE,
              CLOSE);
        }
      }
    }
  }

  private static UNetInput input(Golden golden) throws IOException {
    boolean added = golden.has("unet.pooled");
    return new UNetInput(
        golden.tensor("unet.in"),
        golden.tensor("unet.t"),
        golden.tensor("unet.text"),
        added ? golden.tensor("unet.pooled") : null,
        added ? golden.tensor("unet.time_ids") : null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void unet(String name) throws IOException {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var golden = new Golden(name);
        Pipeline pipeline = open(name)) {
      var watching = new Watching(golden, "unet.", new HashSet<>(), CLOSE);
      Tensor out = pipeline.unet().forward(pipeline.unetParameters(), input(golden), watching);
      golden.check("unet.out", out, CLOSE, CLOSE);
      List<String> wanted =
          List.of(
              "sinusoid",
              "time_embedding",
              "conv_in",
              "down_blocks.0",
              "down_blocks.1",
              "down_blocks.2",
              "mid_block",
              "mid_block.resnets.0",
              "mid_block.attentions.0",
              "mid_block.attentions.0.transformer_blocks.0.attn1",
              "mid_block.attentions.0.transformer_blocks.0.attn2",
              "mid_block.attentions.0.transformer_blocks.0.ff",
              "up_blocks.0",
              "up_blocks.1",
              "up_blocks.2");
      assertTrue(watching.seen().containsAll(wanted), () -> "seen were " + watching.seen());
      golden.check(
          "unet.mid_block",
          pipeline.unet().middle(pipeline.unetParameters(), input(golden), Hooks.NONE),
          CLOSE,
          CLOSE);
    }
  }

  /// Queries, keys and values as the hook gets them, by heads; the golden has them joined.
  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void attentionIsHandedQueriesKeysAndValues(String name) throws IOException {
    String layer = "mid_block.attentions.0.transformer_blocks.0.attn1";
    var checked = new HashSet<String>();
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var golden = new Golden(name);
        Pipeline pipeline = open(name)) {
      Hooks hooks =
          new Hooks() {
            @Override
            public Tensor attention(AttentionLayer at, Tensor q, Tensor k, Tensor v) {
              if (at.name().equals(layer)) {
                checkJoined("to_q", q);
                checkJoined("to_k", k);
                checkJoined("to_v", v);
              }
              return naive(q, k, v);
            }

            private void checkJoined(String part, Tensor x) {
              try {
                golden.check(
                    "unet." + layer + "." + part, x.transpose(1, 2).flatten(2, 3), CLOSE, CLOSE);
                checked.add(part);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          };
      Tensor out = pipeline.unet().forward(pipeline.unetParameters(), input(golden), hooks);
      golden.check("unet.out", out, CLOSE, CLOSE);
      assertEquals(Set.of("to_q", "to_k", "to_v"), checked);
    }
  }

  /// The slow, obvious twin of fused attention.
  private static Tensor naive(Tensor q, Tensor k, Tensor v) {
    double scale = 1 / Math.sqrt((double) q.size(3));
    return q.matmul(k.transpose(-2, -1)).mul(new Scalar(scale)).softmax(-1).matmul(v);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void gradientsOfKeysAndValues(String name) throws IOException {
    try (var _ = new PointerScope();
        var golden = new Golden(name);
        Pipeline pipeline = open(name)) {
      Parameters parameters = pipeline.unetParameters();
      List<String> trained =
          parameters.train(n -> n.contains("attn2.to_k") || n.contains("attn2.to_v"));
      UNetInput in = input(golden);
      try (var _ = new AutoGradMode(true)) {
        Tensor out = pipeline.unet().forward(parameters, in, Hooks.NONE);
        Tensor loss = out.sub(in.latents()).pow(new Scalar(2)).mean();
        golden.check("unet.loss", loss.view(1), 1e-6, CLOSE);
        loss.backward();
      }
      int compared = 0;
      for (String parameter : trained) {
        assertTrue(parameters.get(parameter).grad().defined(), parameter);
        if (golden.has("unet.grad." + parameter)) {
          golden.checkToLargest("unet.grad." + parameter, parameters.get(parameter).grad(), 1e-4);
          compared++;
        }
      }
      assertTrue(compared >= 2, "gradients compared: " + compared);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void autoencoder(String name) throws IOException {
    double tolerance = 2e-5;
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var golden = new Golden(name);
        Pipeline pipeline = open(name)) {
      Autoencoder vae = pipeline.vae();
      Parameters parameters = pipeline.vaeParameters();
      var watching = new Watching(golden, "vae.", new HashSet<>(), tolerance);
      Tensor image = golden.tensor("vae.image");
      Tensor z = golden.tensor("vae.z");
      Autoencoder.Posterior posterior = vae.encode(parameters, image, Tiles.NONE, watching);
      golden.check("vae.mean", posterior.mean(), tolerance, tolerance);
      golden.check("vae.logvar", posterior.logVariance(), tolerance, tolerance);
      golden.check("vae.sample", posterior.sample(golden.tensor("vae.eps")), tolerance, tolerance);
      golden.check(
          "vae.decoded", vae.decode(parameters, z, Tiles.NONE, watching), tolerance, tolerance);
      assertEquals(Set.of("encoder", "encoder.mid_block", "decoder.mid_block"), watching.seen());
      var tiles = new Tiles(vae.config().sampleSize());
      golden.check(
          "vae.tiled.mean",
          vae.encode(parameters, image, tiles, Hooks.NONE).mean(),
          tolerance,
          tolerance);
      golden.check(
          "vae.tiled.decoded", vae.decode(parameters, z, tiles, Hooks.NONE), tolerance, tolerance);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void fusedAttentionEqualsItsTwin(String name) throws IOException {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var golden = new Golden(name)) {
      Tensor x = golden.tensor("unet.text").view(2, 77, 2, -1).transpose(1, 2);
      float[] fused = Golden.floats(Hooks.attend(x, x.neg(), x, false));
      assertArrayEquals(Golden.floats(naive(x, x.neg(), x)), fused, 1e-5f);
      assertTrue(torch.isfinite(x).all().item_bool());
    }
  }
}
