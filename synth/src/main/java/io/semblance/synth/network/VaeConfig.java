package io.semblance.synth.network;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sizes of the autoencoder: `AutoencoderKL` of diffusers.
///
/// @param channels of feature maps, from the full size down; each but the last halves the size
/// @param layers residual blocks of a level of the encoder; the decoder has one more
/// @param latentChannels of the latents
/// @param groups of every group norm
/// @param sampleSize side of the images it was made for, in pixels, also the side of tiles
/// @param scaling from what the encoder gives to the latents that the UNet reads
/// @param forceUpcast whether it overflows in fp16, and so is kept in fp32
/// @param quant whether a convolution follows the encoder
/// @param postQuant whether a convolution comes before the decoder
public record VaeConfig(
    List<Integer> channels,
    int layers,
    int latentChannels,
    int groups,
    int sampleSize,
    double scaling,
    boolean forceUpcast,
    boolean quant,
    boolean postQuant) {

  private static final double SCALING = 0.18215;

  /// Copies the channels.
  public VaeConfig {
    channels = List.copyOf(channels);
  }

  /// Reads a `config.json`.
  ///
  /// @param file of diffusers
  /// @return the sizes
  /// @throws SemblanceException if a value is not supported; the message names it
  public static VaeConfig read(Path file) throws IOException {
    ComponentConfig json = ComponentConfig.read(file);
    var supported = new HashMap<String, Object>(Map.of("act_fn", "silu"));
    supported.put("in_channels", 3);
    supported.put("out_channels", 3);
    supported.put("mid_block_add_attention", true);
    supported.put("latents_mean", null);
    supported.put("latents_std", null);
    supported.put("shift_factor", null);
    json.only(supported);
    int count = json.length("block_out_channels");
    int down = json.choices("down_block_types", "DownEncoderBlock2D").size();
    int up = json.choices("up_block_types", "UpDecoderBlock2D").size();
    if (down != count || up != count) {
      throw new SemblanceException(
          "%s has %d blocks by \"block_out_channels\", but %d down and %d up: copy the file again."
              .formatted(file, count, down, up));
    }
    var out =
        new VaeConfig(
            json.integers("block_out_channels", count, 64),
            json.integer("layers_per_block", 1),
            json.integer("latent_channels", 4),
            json.integer("norm_num_groups", 32),
            json.integer("sample_size", 32),
            json.real("scaling_factor", SCALING),
            json.flag("force_upcast", true),
            json.flag("use_quant_conv", true),
            json.flag("use_post_quant_conv", true));
    json.refuseOthers();
    for (int channels : out.channels) {
      if (out.groups < 1 || channels % out.groups != 0) {
        throw new SemblanceException(
            "%s: %d channels cannot be shared by %d groups: copy the file again."
                .formatted(file, channels, out.groups));
      }
    }
    return out;
  }

  /// @return pixels along a side for one latent pixel
  public int factor() {
    return 1 << (channels.size() - 1);
  }
}
