package io.semblance.synth.network;

import io.semblance.synth.weights.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/// From images to latents and back. Source: diffusers, `AutoencoderKL`.
///
/// Latents here are the encoder's own: [VaeConfig#scaling] is for the caller to apply.
public final class Autoencoder {

  static final double EPS = 1e-6;
  private static final double LEAST = -30;
  private static final double MOST = 20;

  private final VaeConfig config;
  private final Shapes shapes = new Shapes();
  private final Conv encoderFirst;
  private final List<VaeLevel> encoder = new ArrayList<>();
  private final VaeMiddle encoderMiddle;
  private final GroupNorm encoderNorm;
  private final Conv encoderLast;
  private final Conv quant;
  private final Conv postQuant;
  private final Conv decoderFirst;
  private final VaeMiddle decoderMiddle;
  private final List<VaeLevel> decoder = new ArrayList<>();
  private final GroupNorm decoderNorm;
  private final Conv decoderLast;

  /// The distribution of an image's latents, each number by itself.
  ///
  /// @param mean `b x 4 x h x w`
  /// @param logVariance natural logarithm of the variance, `b x 4 x h x w`, -30 to 20
  public record Posterior(Tensor mean, Tensor logVariance) {

    /// @param noise standard normal, of the same shape
    /// @return a draw
    public Tensor sample(Tensor noise) {
      return Pass.keep(() -> mean.add(logVariance.mul(new Scalar(0.5)).exp().mul(noise)));
    }
  }

  /// @param config its sizes
  public Autoencoder(VaeConfig config) {
    this.config = config;
    int wide = config.channels().getFirst();
    int deep = config.channels().getLast();
    int latent = config.latentChannels();
    int levels = config.channels().size();
    encoderFirst = Conv.three(shapes, "encoder.conv_in", 3, wide);
    for (int i = 0; i < levels; i++) {
      encoder.add(VaeLevel.encoder(shapes, i, config));
    }
    encoderMiddle = VaeMiddle.of(shapes, "encoder.mid_block", config);
    encoderNorm = GroupNorm.of(shapes, "encoder.conv_norm_out", deep, config.groups(), EPS);
    encoderLast = Conv.three(shapes, "encoder.conv_out", deep, 2L * latent);
    quant = config.quant() ? Conv.one(shapes, "quant_conv", 2L * latent, 2L * latent) : null;
    postQuant = config.postQuant() ? Conv.one(shapes, "post_quant_conv", latent, latent) : null;
    decoderFirst = Conv.three(shapes, "decoder.conv_in", latent, deep);
    decoderMiddle = VaeMiddle.of(shapes, "decoder.mid_block", config);
    for (int i = 0; i < levels; i++) {
      decoder.add(VaeLevel.decoder(shapes, i, config));
    }
    decoderNorm = GroupNorm.of(shapes, "decoder.conv_norm_out", wide, config.groups(), EPS);
    decoderLast = Conv.three(shapes, "decoder.conv_out", wide, 3);
  }

  /// @return its sizes
  public VaeConfig config() {
    return config;
  }

  /// @return sizes of axes of all parameters by name
  public Map<String, long[]> shapes() {
    return shapes.byName();
  }

  /// @param inFile name in a file; old files have other names in attention
  /// @return name of the parameter
  public static String name(String inFile) {
    if (!inFile.contains(".mid_block.attentions.0.")) {
      return inFile;
    }
    return inFile
        .replace(".query.", ".to_q.")
        .replace(".key.", ".to_k.")
        .replace(".value.", ".to_v.")
        .replace(".proj_attn.", ".to_out.0.");
  }

  /// Encodes images.
  ///
  /// @param parameters of [#shapes]
  /// @param images `b x 3 x h x w`, -1 to 1, sides a multiple of [VaeConfig#factor]
  /// @param tiles how to divide a large image
  /// @param hooks into the network
  /// @return the latents' distribution; the caller's
  public Posterior encode(Parameters parameters, Tensor images, Tiles tiles, Hooks hooks) {
    var pass = new Pass(parameters, hooks);
    Tensor moments =
        tiles.encode(parameters.fit(images), config.factor(), part -> encoded(pass, part));
    int latent = config.latentChannels();
    Tensor logVariance =
        moments
            .narrow(1, latent, latent)
            .clamp(new ScalarOptional(new Scalar(LEAST)), new ScalarOptional(new Scalar(MOST)));
    return new Posterior(moments.narrow(1, 0, latent), logVariance);
  }

  /// Decodes latents, image by image, as that takes the least memory.
  ///
  /// @param parameters of [#shapes]
  /// @param latents `b x 4 x h x w`
  /// @param tiles how to divide a large image
  /// @param hooks into the network
  /// @return images, `b x 3 x h x w`, about -1 to 1; the caller's
  public Tensor decode(Parameters parameters, Tensor latents, Tiles tiles, Hooks hooks) {
    var pass = new Pass(parameters, hooks);
    return Pass.keep(
        () -> {
          Tensor fitted = parameters.fit(latents);
          var images = new org.bytedeco.pytorch.TensorVector();
          for (long i = 0; i < fitted.size(0); i++) {
            Tensor one = fitted.narrow(0, i, 1);
            images.push_back(tiles.decode(one, config.factor(), part -> decoded(pass, part)));
          }
          return org.bytedeco.pytorch.global.torch.cat(images, 0);
        });
  }

  private Tensor encoded(Pass pass, Tensor images) {
    return Pass.keep(
        () -> {
          Tensor x = encoderFirst.apply(pass, images);
          for (VaeLevel level : encoder) {
            Tensor before = x;
            x = level.apply(pass, before);
            before.close();
          }
          Tensor middle = encoderMiddle.apply(pass, x);
          Tensor out = encoderLast.apply(pass, ResnetBlock.activated(pass, encoderNorm, middle));
          pass.hooks().seen("encoder", out);
          return quant == null ? out : quant.apply(pass, out);
        });
  }

  private Tensor decoded(Pass pass, Tensor latents) {
    return Pass.keep(
        () -> {
          Tensor start = postQuant == null ? latents : postQuant.apply(pass, latents);
          Tensor x = decoderMiddle.apply(pass, decoderFirst.apply(pass, start));
          for (VaeLevel level : decoder) {
            Tensor before = x;
            x = level.apply(pass, before);
            before.close();
          }
          Tensor end = ResnetBlock.activated(pass, decoderNorm, x);
          x.close();
          return decoderLast.apply(pass, end);
        });
  }
}
