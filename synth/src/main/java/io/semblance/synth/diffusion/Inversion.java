package io.semblance.synth.diffusion;

import io.semblance.core.Progress;
import io.semblance.core.image.Resampler;
import io.semblance.core.image.RgbImage;
import io.semblance.synth.network.Hooks;
import io.semblance.synth.network.Tiles;
import io.semblance.synth.schedule.Ddim;
import io.semblance.synth.schedule.NoiseLevels;
import io.semblance.synth.weights.Scoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// DDIM backwards: from an image to the noise that it would be made from. Source: the inversion of
/// Google's StyleAligned, which predicts for each step at the noisier timestep, and so is near but
/// not exact.
public final class Inversion {

  private final Pipeline pipeline;

  /// How an image is inverted.
  ///
  /// @param steps n, from 1
  /// @param guidance how far the prompt is followed on the way
  public record Options(int steps, Denoiser.Guidance guidance) {

    /// @return 50 steps, guidance 2, as the reference has it
    public static Options defaults() {
      return new Options(50, new Denoiser.Guidance(2, 0));
    }
  }

  /// @param pipeline what computes; stays open
  public Inversion(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /// Encodes an image: the mean of its latents' distribution, no draw.
  ///
  /// @param image any; resized to the native size by bicubic resampling, whatever its shape
  /// @return latents as the UNet reads them, `1 x 4 x h x w`, float32; the caller's scope's
  public Tensor encode(RgbImage image) {
    int side = pipeline.nativeSize();
    return encode(Images.tensor(Resampler.resize(image, side, side, Resampler.Filter.BICUBIC)));
  }

  /// Encodes pixels as they are.
  ///
  /// @param pixels `b x 3 x h x w`, -1 to 1
  /// @return latents as the UNet reads them, float32; the caller's scope's
  public Tensor encode(Tensor pixels) {
    try (var _ = new NoGradGuard()) {
      Tensor mean =
          pipeline.vae().encode(pipeline.vaeParameters(), pixels, Tiles.NONE, Hooks.NONE).mean();
      return mean.to(ScalarType.Float).mul(new Scalar(pipeline.vae().config().scaling()));
    }
  }

  /// Inverts latents.
  ///
  /// @param latents of one image, `1 x 4 x h x w`, float32
  /// @param prompt what it shows
  /// @param options how
  /// @param progress hears of every step
  /// @return `(n + 1) x 4 x h x w`, the noisiest first, `latents` last; the caller's
  public Tensor invert(Tensor latents, String prompt, Options options, Progress progress) {
    PointerScope outer = PointerScope.getInnerScope();
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      var ddim =
          new Ddim(pipeline.schedule(), NoiseLevels.of(pipeline.schedule()), options.steps(), 0);
      Denoiser denoiser = denoiser(latents, prompt, options);
      int[] timesteps = ddim.timesteps();
      List<Tensor> kept = new ArrayList<>(List.of(latents));
      progress.at(0, timesteps.length);
      for (int i = timesteps.length - 1; i >= 0; i--) {
        Tensor z = kept.getLast();
        int t = timesteps[i];
        kept.add(Scoped.keep(() -> ddim.back(t, denoiser.predict(z, t), z)));
        progress.at(timesteps.length - (long) i, timesteps.length);
      }
      Collections.reverse(kept);
      return Scoped.handed(torch.cat(new TensorVector(kept.toArray(Tensor[]::new)), 0), outer);
    }
  }

  private Denoiser denoiser(Tensor latents, String prompt, Options options) {
    var encoder = new PromptEncoder(pipeline, _ -> {});
    Conditions conditions = encoder.encode(List.of(prompt));
    Conditions negative =
        pipeline.xl() ? conditions.zeros() : encoder.unconditional(null, 1, conditions);
    int factor = pipeline.vae().config().factor();
    return new Denoiser(
        pipeline,
        pipeline.unetParameters(),
        negative,
        conditions,
        options.guidance(),
        (int) latents.size(3) * factor,
        (int) latents.size(2) * factor,
        Hooks.NONE);
  }
}
