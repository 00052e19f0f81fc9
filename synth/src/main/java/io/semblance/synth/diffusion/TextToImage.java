package io.semblance.synth.diffusion;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.image.RgbImage;
import io.semblance.synth.network.Hooks;
import io.semblance.synth.network.Tiles;
import io.semblance.synth.schedule.Sampler;
import io.semblance.synth.schedule.ScheduleConfig;
import io.semblance.synth.weights.Scoped;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Makes images from prompts: encode the prompts, draw noise, take it away step by step, decode.
public final class TextToImage {

  private final Pipeline pipeline;
  private final PromptEncoder encoder;

  /// Sees, and may replace, latents after each step.
  @FunctionalInterface
  public interface AfterStep {

    /// @param index of the step, from 0
    /// @param latents `b x 4 x h x w`, float32
    /// @return what the next step begins with: the same, or one made in this call
    Tensor after(int index, Tensor latents);
  }

  /// @param pipeline what computes; stays open
  /// @param say hears what the user should know, in sentences
  public TextToImage(Pipeline pipeline, Consumer<String> say) {
    this.pipeline = pipeline;
    this.encoder = new PromptEncoder(pipeline, say);
  }

  /// Makes images.
  ///
  /// @param request which
  /// @param progress hears of every step; may stop the run by a `CancellationException`
  /// @return an image for each prompt
  /// @throws SemblanceException if they are not finite
  /// @throws IllegalArgumentException if the size does not fit the pipeline, or there are too many
  ///   steps
  public List<RgbImage> generate(Request request, Progress progress) throws SemblanceException {
    Request.Settings settings = request.settings();
    try (var _ = new PointerScope();
        var _ = new NoGradGuard();
        var noise = new Noise(request.seeds())) {
      Denoiser denoiser = denoiser(request, Hooks.NONE);
      Sampler sampler = sampler(settings);
      Tensor start = start(noise, settings);
      Tensor latents = denoise(denoiser, sampler, start, noise, (_, x) -> x, progress);
      return decode(latents, settings.tiles());
    } catch (RuntimeException e) {
      throw failed(e, settings);
    }
  }

  /// The network under a request's prompts.
  ///
  /// @param request which
  /// @param hooks into the UNet
  /// @return the denoiser; its tensors are the caller's scope's
  public Denoiser denoiser(Request request, Hooks hooks) {
    Request.Settings settings = request.settings();
    Conditions prompt = encoder.encode(request.prompts());
    boolean guided = settings.guidance().isOn();
    return new Denoiser(
        pipeline,
        pipeline.unetParameters(),
        guided ? encoder.unconditional(request.negative(), request.prompts().size(), prompt) : null,
        prompt,
        settings.guidance(),
        settings.width(),
        settings.height(),
        hooks);
  }

  /// @param settings of a request
  /// @return a fresh sampler
  /// @throws IllegalArgumentException if there are too many steps
  public Sampler sampler(Request.Settings settings) {
    ScheduleConfig config = pipeline.schedule();
    if (settings.spacing() != null) {
      config = config.withSpacing(settings.spacing());
    }
    if (settings.offset() >= 0) {
      config = config.withOffset(settings.offset());
    }
    return Sampler.of(settings.sampler(), config, settings.steps(), settings.eta());
  }

  /// @param noise a stream for each image
  /// @param settings of a request
  /// @return latents to begin with; the caller's scope's
  /// @throws IllegalArgumentException if the size is no multiple of the autoencoder's factor
  public Tensor start(Noise noise, Request.Settings settings) {
    int factor = pipeline.vae().config().factor();
    if (settings.width() % factor != 0 || settings.height() % factor != 0) {
      throw new IllegalArgumentException(
          "size is %d x %d: give multiples of %d"
              .formatted(settings.width(), settings.height(), factor));
    }
    Tensor drawn =
        noise.draw(
            pipeline.unet().config().inChannels(),
            settings.height() / factor,
            settings.width() / factor);
    return drawn.to(pipeline.unetParameters().device(), drawn.scalar_type());
  }

  /// Takes noise away, with a scope for each step.
  ///
  /// @param denoiser what predicts
  /// @param sampler what steps
  /// @param start latents, float32; not closed
  /// @param noise for samplers that draw some
  /// @param after sees latents after each step
  /// @param progress hears of every step
  /// @return latents without noise; the caller's
  public Tensor denoise(
      Denoiser denoiser,
      Sampler sampler,
      Tensor start,
      Noise noise,
      AfterStep after,
      Progress progress) {
    int[] timesteps = sampler.timesteps();
    return Scoped.keep(
        () -> {
          Tensor latents = start.clone();
          progress.at(0, timesteps.length);
          for (int i = 0; i < timesteps.length; i++) {
            Tensor before = latents;
            int index = i;
            latents = Scoped.keep(() -> step(denoiser, sampler, index, before, noise, after));
            before.close();
            progress.at(i + 1L, timesteps.length);
          }
          return latents;
        });
  }

  private static Tensor step(
      Denoiser denoiser, Sampler sampler, int index, Tensor latents, Noise noise, AfterStep after) {
    Tensor predicted = denoiser.predict(latents, sampler.timesteps()[index]);
    Tensor drawn =
        sampler.drawsNoise()
            ? noise
                .draw(latents.size(1), latents.size(2), latents.size(3))
                .to(latents.device(), latents.scalar_type())
            : null;
    return after.after(index, sampler.step(index, predicted, latents, drawn));
  }

  /// @param latents as the UNet reads them, `b x 4 x h x w`
  /// @param tiles how large images are decoded
  /// @return the images
  /// @throws SemblanceException if they are not finite
  public List<RgbImage> decode(Tensor latents, Tiles tiles) throws SemblanceException {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      double scaling = pipeline.vae().config().scaling();
      Tensor images =
          pipeline
              .vae()
              .decode(
                  pipeline.vaeParameters(), latents.div(new Scalar(scaling)), tiles, Hooks.NONE);
      if (!Images.finite(images)) {
        throw new SemblanceException(
            "The images of %s are not finite in %s: use --compute bf16 or fp32, and a --guidance that is not extreme."
                .formatted(pipeline.folder(), pipeline.unetParameters().type()));
      }
      return Images.pixels(images);
    }
  }

  private static RuntimeException failed(RuntimeException e, Request.Settings settings)
      throws SemblanceException {
    String text = String.valueOf(e.getMessage());
    if (text.contains("allocate memory") || text.contains("out of memory")) {
      throw new SemblanceException(
          "Images of %d x %d pixels do not fit memory: make them smaller, or fewer together with a smaller --batch."
              .formatted(settings.width(), settings.height()),
          e);
    }
    return e;
  }
}
