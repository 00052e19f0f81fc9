package io.semblance.synth.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.image.RgbImage;
import io.semblance.extract.SourceImage;
import io.semblance.extract.codec.PngEncoder;
import io.semblance.synth.diffusion.Conditions;
import io.semblance.synth.diffusion.EngineOptions;
import io.semblance.synth.diffusion.Inversion;
import io.semblance.synth.diffusion.PromptEncoder;
import io.semblance.synth.network.Hooks;
import io.semblance.synth.network.UNetInput;
import io.semblance.synth.reference.Golden;
import io.semblance.synth.reference.TinyPipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Features of the middle of the UNet: against diffusers, and the laws that they keep.
class DiffusionFeaturesTest {

  @TempDir private static Path folder;
  private static DiffusionFeatures features;

  @BeforeAll
  static void open() throws IOException {
    TinyPipeline.write("sd", folder);
    features = open(FeatureOptions.defaults());
  }

  private static DiffusionFeatures open(FeatureOptions options) throws IOException {
    Captions captions =
        id -> {
          if (id.equals("none.png")) {
            throw new SemblanceException(id + " has no caption.");
          }
          return id.startsWith("pear") ? "a pear" : "an apple";
        };
    return DiffusionFeatures.open(folder, EngineOptions.defaults(), options, captions);
  }

  @AfterAll
  static void close() {
    features.close();
  }

  private static SourceImage image(String id, boolean flipped) {
    byte[] pixels = new byte[60 * 40 * 3];
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 60; x++) {
        for (int c = 0; c < 3; c++) {
          int at = flipped ? 59 - x : x;
          pixels[3 * (60 * y + x) + c] = (byte) (at * 4 + y * c * 2 + (at * y) % 17);
        }
      }
    }
    return new SourceImage(id, Labels.NONE, PngEncoder.encode(new RgbImage(60, 40, pixels)));
  }

  @Test
  void stagesAreThoseOfDiffusers() throws IOException {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var golden = new Golden("sd")) {
      Tensor latents = new Inversion(features.pipeline()).encode(golden.tensor("vae.image"));
      Tensor z = features.noised(latents, golden.tensor("feature.noise"));
      golden.check("feature.z", z, 1e-5, 1e-5);
      Conditions text =
          new PromptEncoder(features.pipeline(), _ -> {})
              .encode(List.of("a painting of a red apple, in the style of <new1>"));
      Tensor middle = features.middle(z, text);
      golden.check("feature.mid", middle, 1e-5, 1e-5);
      golden.check("feature.pooled", DiffusionFeatures.pooled(middle), 1e-5, 1e-5);
    }
  }

  @Test
  void theFirstHalfEqualsTheMiddleOfTheWhole() throws IOException {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var golden = new Golden("sd")) {
      var in =
          new UNetInput(
              golden.tensor("unet.in"),
              golden.tensor("unet.t"),
              golden.tensor("unet.text"),
              null,
              null);
      var unet = features.pipeline().unet();
      var parameters = features.pipeline().unetParameters();
      float[] half = Golden.floats(unet.middle(parameters, in, Hooks.NONE));
      float[][] hooked = new float[1][];
      unet.forward(
          parameters,
          in,
          new Hooks() {
            @Override
            public void seen(String stage, Tensor value) {
              if (stage.equals("mid_block")) {
                hooked[0] = Golden.floats(value);
              }
            }
          });
      assertArrayEquals(hooked[0], half);
    }
  }

  @Test
  void aVectorDependsOnImageIdAndCaptionOnly() throws IOException {
    float[] pear = features.vector(image("pear.png", false));
    assertEquals(32, pear.length);
    double norm = 0;
    for (float v : pear) {
      norm += (double) v * v;
    }
    assertEquals(1, norm, 1e-5);
    assertArrayEquals(pear, features.vector(image("pear.png", false)));
    float[] both = new float[64];
    features.embed(
        List.of(
            features.prepare(image("apple.png", true)), features.prepare(image("pear.png", false))),
        both);
    assertArrayEquals(pear, java.util.Arrays.copyOfRange(both, 32, 64), 1e-5f);
    assertTrue(differs(pear, features.vector(image("pear.png", true))), "flipped");
    assertTrue(differs(pear, features.vector(image("pear2.png", false))), "another id");
    try (DiffusionFeatures plain = open(FeatureOptions.defaults().withCaptioned(false))) {
      assertTrue(differs(pear, plain.vector(image("pear.png", false))), "without caption");
      assertFalse(plain.card().hash(1).equals(features.card().hash(1)));
    }
  }

  private static boolean differs(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > 1e-3) {
        return true;
      }
    }
    return false;
  }

  @Test
  void imagesWithoutCaptionAreRefusedByName() {
    assertThrows(SemblanceException.class, () -> features.prepare(image("none.png", false)));
  }
}
