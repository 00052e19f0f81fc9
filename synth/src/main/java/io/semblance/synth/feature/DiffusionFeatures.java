package io.semblance.synth.feature;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.Resampler;
import io.semblance.core.image.RgbImage;
import io.semblance.core.table.Compute;
import io.semblance.core.table.Provenance;
import io.semblance.extract.Extractor;
import io.semblance.extract.ModelCard;
import io.semblance.extract.SourceImage;
import io.semblance.synth.diffusion.Conditions;
import io.semblance.synth.diffusion.EngineOptions;
import io.semblance.synth.diffusion.Images;
import io.semblance.synth.diffusion.Inversion;
import io.semblance.synth.diffusion.Noise;
import io.semblance.synth.diffusion.Pipeline;
import io.semblance.synth.diffusion.PromptEncoder;
import io.semblance.synth.network.Hooks;
import io.semblance.synth.network.UNetInput;
import io.semblance.synth.schedule.NoiseLevels;
import io.semblance.synth.weights.FloatType;
import io.semblance.synth.weights.Scoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Features of Stable Diffusion: the image's latents with a little noise, through the first half of
/// the UNet with the image's caption, averaged over places, of length 1. Source: AbC (arXiv
/// 2306.09345), appendix B.5.
///
/// Latents are the mean of the encoder's distribution. The noise of an image depends on its id
/// alone, so a vector depends on neither batch nor order.
public final class DiffusionFeatures implements Extractor {

  /// Begins the id of every such model.
  public static final String PREFIX = "sd-features-";

  private final Pipeline pipeline;
  private final FeatureOptions options;
  private final Captions captions;
  private final ModelCard card;
  private final NoiseLevels levels;
  private final int side;

  private DiffusionFeatures(
      Pipeline pipeline, FeatureOptions options, Captions captions, ModelCard card) {
    this.pipeline = pipeline;
    this.options = options;
    this.captions = captions;
    this.card = card;
    this.levels = NoiseLevels.of(pipeline.schedule());
    this.side = pipeline.nativeSize();
  }

  /// Opens the extractor of a pipeline.
  ///
  /// @param folder of the pipeline, of SD 1.x or 2.x
  /// @param engine where and in what to compute
  /// @param options how images become features
  /// @param captions of the images
  /// @return the extractor; close it
  /// @throws SemblanceException if the pipeline cannot be loaded, or is SDXL
  public static DiffusionFeatures open(
      Path folder, EngineOptions engine, FeatureOptions options, Captions captions)
      throws IOException {
    Pipeline pipeline = Pipeline.open(folder, engine);
    try {
      if (pipeline.xl()) {
        throw new SemblanceException(
            folder + " is Stable Diffusion XL, and features are those of 1.x: use such a model.");
      }
      return new DiffusionFeatures(
          pipeline, options, captions, card(folder, pipeline, engine, options));
    } catch (IOException | RuntimeException e) {
      pipeline.close();
      throw e;
    }
  }

  private static ModelCard card(
      Path folder, Pipeline pipeline, EngineOptions engine, FeatureOptions options)
      throws IOException {
    int side = pipeline.nativeSize();
    var card =
        new ModelCard(
            PREFIX + folder.toAbsolutePath().normalize().getFileName(),
            List.of(),
            Provenance.Kind.NEURAL,
            "Stable Diffusion, middle of the UNet",
            "What the network that takes noise from images holds of an image and its caption.",
            pipeline.unet().config().blocks().getLast().channels(),
            pipeline.sha256(),
            "that of the model",
            "AbC (Wang et al.), appendix B.5",
            "shorter side %d bilinear, centre crop %d, v / 127.5 - 1; mean latents, %s; middle block, mean over places"
                .formatted(side, side, options.describe()),
            true);
    return engine.compute() == FloatType.BF16 ? card.computedIn(Compute.BF16) : card;
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public int dimension() {
    return card.dimension();
  }

  /// @return pixels, then the ids of the caption, then the noise's seed: `3 x side x side + 77 + 1`
  @Override
  public float[] prepare(SourceImage image) throws SemblanceException {
    RgbImage resized = Resampler.resizeShorterSide(image.pixels(), side, Resampler.Filter.BILINEAR);
    float[] pixels = Images.floats(Resampler.centerCrop(resized, side));
    String caption = options.captioned() ? captions.of(image.id()) : "";
    int[] ids = pipeline.texts().getFirst().tokenizer().encode(caption).ids();
    float[] out = Arrays.copyOf(pixels, pixels.length + ids.length + 1);
    for (int i = 0; i < ids.length; i++) {
      out[pixels.length + i] = ids[i];
    }
    out[out.length - 1] = Float.intBitsToFloat(seed(image.id()));
    return out;
  }

  private static int seed(String id) {
    var crc = new CRC32();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue() & 0x3FFFFFFF; // the bits of an ordinary float
  }

  @Override
  public void embed(List<float[]> prepared, float[] vectors) throws SemblanceException {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      for (int i = 0; i < prepared.size(); i++) {
        float[] one = prepared.get(i);
        Tensor vector = Scoped.keep(() -> vector(one));
        float[] values = new float[dimension()];
        new FloatPointer(vector.data_ptr_float()).get(values);
        System.arraycopy(values, 0, vectors, i * dimension(), dimension());
        vector.close();
      }
    } catch (RuntimeException e) {
      throw new SemblanceException(
          "%s fails (%s): use a smaller --threads, or a machine with more memory."
              .formatted(card.id(), String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private Tensor vector(float[] prepared) {
    int pixels = 3 * side * side;
    Tensor image = Images.tensor(Arrays.copyOf(prepared, pixels), 1, 3, side, side);
    Tensor latents = new Inversion(pipeline).encode(image);
    int seed = Float.floatToRawIntBits(prepared[prepared.length - 1]);
    Tensor pooled = pooled(middle(noised(latents, seed), text(prepared, pixels)));
    return pooled.div(pooled.norm()).cpu().contiguous();
  }

  private Conditions text(float[] prepared, int from) {
    int[] ids = new int[prepared.length - 1 - from];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) prepared[from + i];
    }
    return new PromptEncoder(pipeline, _ -> {}).encode(new int[][] {ids});
  }

  private Tensor noised(Tensor latents, int seed) {
    if (!options.noisy()) {
      return latents.mul(new Scalar(Math.sqrt(levels.at(options.timestep()))));
    }
    try (var noise = new Noise(List.of((long) seed))) {
      Tensor drawn = noise.draw(latents.size(1), latents.size(2), latents.size(3));
      return noised(latents, drawn.to(latents.device(), ScalarType.Float));
    }
  }

  Tensor noised(Tensor latents, Tensor noise) {
    return levels.noised(latents, noise, options.timestep());
  }

  /// @param z latents with noise, `b x 4 x h x w`
  /// @return what the middle of the network holds, `b x c x h' x w'`
  Tensor middle(Tensor z, Conditions text) {
    var floats = new TensorOptions(ScalarType.Float);
    var input =
        new UNetInput(
            pipeline.unetParameters().fit(z),
            torch
                .full(new long[] {z.size(0)}, new Scalar((double) options.timestep()), floats)
                .to(pipeline.unetParameters().device(), ScalarType.Float),
            text.text(),
            null,
            null);
    return pipeline.unet().middle(pipeline.unetParameters(), input, Hooks.NONE);
  }

  static Tensor pooled(Tensor middle) {
    return middle.to(ScalarType.Float).mean(2, 3);
  }

  Pipeline pipeline() {
    return pipeline;
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
