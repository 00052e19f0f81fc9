package io.semblance.synth.diffusion;

import io.semblance.synth.network.Hooks;
import io.semblance.synth.network.UNetInput;
import io.semblance.synth.weights.Parameters;
import io.semblance.synth.weights.Scoped;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Predicts for latents under guidance: the network is asked once with the negative prompt and once
/// with the prompt, and the difference is enlarged. Source: arXiv 2207.12598, equation 6.
///
/// The batch that the network sees is `[negative x b; prompt x b]`. Not closed: its tensors are its
/// maker's.
public final class Denoiser {

  private static final int SIZES = 6;

  private final Pipeline pipeline;
  private final Parameters parameters;
  private final Conditions conditions;
  private final Guidance guidance;
  private final int width;
  private final int height;
  private final Hooks hooks;

  /// How far a prompt is followed.
  ///
  /// @param scale of the difference that the prompt makes; 1 or less asks the network once, without
  ///   the negative prompt
  /// @param rescale share, 0 to 1, by which the result is given the spread of what the prompt alone
  ///   predicts (arXiv 2305.08891, section 3.4)
  public record Guidance(double scale, double rescale) {

    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Guidance {
      if (!Double.isFinite(scale) || scale < 0) {
        throw new IllegalArgumentException("guidance is " + scale + ": give 0 or more");
      }
      if (!(rescale >= 0 && rescale <= 1)) {
        throw new IllegalArgumentException("rescale is " + rescale + ": give 0 to 1");
      }
    }

    /// @return whether the negative prompt is asked for
    public boolean isOn() {
      return scale > 1;
    }
  }

  /// @param pipeline whose UNet is asked
  /// @param parameters of its UNet, perhaps changed ones
  /// @param negative what is led away from, b rows; not looked at without guidance
  /// @param prompt what is led to, b rows
  /// @param guidance how far
  /// @param width of the images in pixels
  /// @param height of the images in pixels
  /// @param hooks into the UNet
  public Denoiser(
      Pipeline pipeline,
      Parameters parameters,
      Conditions negative,
      Conditions prompt,
      Guidance guidance,
      int width,
      int height,
      Hooks hooks) {
    this.pipeline = pipeline;
    this.parameters = parameters;
    this.guidance = guidance;
    this.conditions = guidance.isOn() ? negative.and(prompt) : prompt;
    this.width = width;
    this.height = height;
    this.hooks = hooks;
  }

  /// @param latents `b x 4 x h x w`, float32
  /// @param t timestep
  /// @return the prediction, of the same shape, float32; the caller's
  public Tensor predict(Tensor latents, int t) {
    return Scoped.keep(
        () -> {
          Tensor asked =
              guidance.isOn() ? torch.cat(new TensorVector(latents, latents), 0) : latents;
          long rows = asked.size(0);
          var input =
              new UNetInput(
                  parameters.fit(asked),
                  timesteps(rows, t),
                  conditions.text(),
                  conditions.pooled(),
                  conditions.pooled() == null ? null : sizes(rows));
          Tensor answer = pipeline.unet().forward(parameters, input, hooks).to(ScalarType.Float);
          return guidance.isOn() ? guided(answer) : answer.clone();
        });
  }

  private Tensor timesteps(long rows, int t) {
    var options = new TensorOptions(ScalarType.Float);
    return torch
        .full(new long[] {rows}, new Scalar((double) t), options)
        .to(parameters.device(), ScalarType.Float);
  }

  /// Height, width, top, left, target height and width: an image that was not cut.
  private Tensor sizes(long rows) {
    float[] one = {height, width, 0, 0, height, width};
    return Images.tensor(one, 1, SIZES)
        .expand(rows, SIZES)
        .contiguous()
        .to(parameters.device(), ScalarType.Float);
  }

  private Tensor guided(Tensor both) {
    long images = both.size(0) / 2;
    Tensor negative = both.narrow(0, 0, images);
    Tensor prompt = both.narrow(0, images, images);
    Tensor out = negative.add(prompt.sub(negative), new Scalar(guidance.scale()));
    if (guidance.rescale() == 0) {
      return out;
    }
    Tensor ratio = spread(prompt).div(spread(out));
    double share = guidance.rescale();
    return out.mul(ratio.mul(new Scalar(share)).add(new Scalar(1 - share)));
  }

  private static Tensor spread(Tensor x) {
    return x.flatten(1, -1).std(new long[] {1}, true, false).view(-1, 1, 1, 1);
  }
}
