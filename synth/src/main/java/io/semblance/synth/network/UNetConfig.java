package io.semblance.synth.network;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sizes of a UNet of Stable Diffusion: `UNet2DConditionModel` of diffusers.
///
/// @param sampleSize native side of the latents, in latent pixels
/// @param inChannels of the latents
/// @param outChannels of what is predicted
/// @param blocks from the full size down, one each side of the middle
/// @param layers residual blocks of a block on the way down; one more on the way up
/// @param contextChannels of the text
/// @param linearProjection whether transformers are entered by matrices, else by convolutions
/// @param groups of every group norm
/// @param eps of the norms of residual blocks
/// @param flipSinToCos whether cosines come before sines
/// @param freqShift shift in the frequencies of the timestep's sinusoids
/// @param added what the second text encoder and the image's sizes add, or null
public record UNetConfig(
    int sampleSize,
    int inChannels,
    int outChannels,
    List<Block> blocks,
    int layers,
    int contextChannels,
    boolean linearProjection,
    int groups,
    double eps,
    boolean flipSinToCos,
    double freqShift,
    Added added) {

  private static final String CROSS_DOWN = "CrossAttnDownBlock2D";
  private static final String CROSS_UP = "CrossAttnUpBlock2D";

  /// A block.
  ///
  /// @param channels of its feature maps
  /// @param heads of its attention
  /// @param depth transformer blocks after each residual block
  /// @param crossDown whether it has transformers on the way down
  /// @param crossUp whether it has transformers on the way up
  public record Block(int channels, int heads, int depth, boolean crossDown, boolean crossUp) {}

  /// The added conditions of SDXL.
  ///
  /// @param timeChannels sinusoids of each of the six sizes
  /// @param inputChannels pooled text and sinusoids together
  public record Added(int timeChannels, int inputChannels) {

    /// @return channels of the pooled text
    public int pooledChannels() {
      return inputChannels - 6 * timeChannels;
    }
  }

  /// Copies the blocks.
  public UNetConfig {
    blocks = List.copyOf(blocks);
  }

  /// Reads a `config.json`.
  ///
  /// @param file of diffusers
  /// @return the sizes
  /// @throws SemblanceException if a value is not supported; the message names it
  public static UNetConfig read(Path file) throws IOException {
    ComponentConfig json = ComponentConfig.read(file);
    json.only(SUPPORTED);
    int count = json.length("block_out_channels");
    List<Integer> layers = json.integers("layers_per_block", count, 2);
    List<Integer> context = json.integers("cross_attention_dim", count, 1280);
    requireOne(layers, "layers_per_block", file);
    requireOne(context, "cross_attention_dim", file);
    var out =
        new UNetConfig(
            json.integer("sample_size", 64),
            json.integer("in_channels", 4),
            json.integer("out_channels", 4),
            blocks(json, count),
            layers.getFirst(),
            context.getFirst(),
            json.flag("use_linear_projection", false),
            json.integer("norm_num_groups", 32),
            json.real("norm_eps", 1e-5),
            json.flag("flip_sin_to_cos", true),
            json.real("freq_shift", 0),
            added(json));
    json.refuseOthers("dropout", "upcast_attention", "addition_embed_type_num_heads");
    out.check(file);
    return out;
  }

  private static final Map<String, Object> SUPPORTED = supported();

  private static Map<String, Object> supported() {
    var out = new HashMap<String, Object>();
    out.put("act_fn", "silu");
    out.put("attention_type", "default");
    out.put("center_input_sample", false);
    out.put("class_embeddings_concat", false);
    out.put("conv_in_kernel", 3);
    out.put("conv_out_kernel", 3);
    out.put("downsample_padding", 1);
    out.put("dual_cross_attention", false);
    out.put("mid_block_only_cross_attention", false);
    out.put("mid_block_scale_factor", 1);
    out.put("mid_block_type", "UNetMidBlock2DCrossAttn");
    out.put("only_cross_attention", false);
    out.put("resnet_out_scale_factor", 1);
    out.put("resnet_skip_time_act", false);
    out.put("resnet_time_scale_shift", "default");
    out.put("time_embedding_type", "positional");
    for (String none :
        List.of(
            "class_embed_type",
            "cross_attention_norm",
            "encoder_hid_dim",
            "encoder_hid_dim_type",
            "num_class_embeds",
            "reverse_transformer_layers_per_block",
            "time_cond_proj_dim",
            "time_embedding_act_fn",
            "time_embedding_dim",
            "timestep_post_act")) {
      out.put(none, null);
    }
    return Collections.unmodifiableMap(out);
  }

  private static List<Block> blocks(ComponentConfig json, int count) throws SemblanceException {
    List<Integer> channels = json.integers("block_out_channels", count, 1);
    // what is called the size of a head is the number of heads, unless that is given as well
    List<Integer> called = json.integers("attention_head_dim", count, 8);
    List<Integer> heads =
        json.has("num_attention_heads") ? json.integers("num_attention_heads", count, 8) : called;
    List<Integer> depth = json.integers("transformer_layers_per_block", count, 1);
    List<String> down = json.choices("down_block_types", CROSS_DOWN, "DownBlock2D");
    List<String> up = json.choices("up_block_types", CROSS_UP, "UpBlock2D");
    if (down.size() != count || up.size() != count) {
      throw new SemblanceException(
          "%s has %d blocks by \"block_out_channels\", but %d down and %d up: copy the file again."
              .formatted(json.file(), count, down.size(), up.size()));
    }
    var out = new ArrayList<Block>();
    for (int i = 0; i < count; i++) {
      out.add(
          new Block(
              channels.get(i),
              heads.get(i),
              depth.get(i),
              down.get(i).equals(CROSS_DOWN),
              up.get(count - 1 - i).equals(CROSS_UP)));
    }
    return out;
  }

  private static Added added(ComponentConfig json) throws SemblanceException {
    String kind = json.choice("addition_embed_type", null, "text_time");
    int time = json.integer("addition_time_embed_dim", 0);
    int input = json.integer("projection_class_embeddings_input_dim", 0);
    return kind == null ? null : new Added(time, input);
  }

  private static void requireOne(List<Integer> values, String key, Path file)
      throws SemblanceException {
    if (values.stream().distinct().count() > 1) {
      throw new SemblanceException(
          "%s: \"%s\" is %s, which is not supported (the same number for every block is): use another model."
              .formatted(file, key, values));
    }
  }

  private void check(Path file) throws SemblanceException {
    for (Block block : blocks) {
      boolean attends = block.crossDown() || block.crossUp() || block.equals(blocks.getLast());
      if (block.channels() % groups != 0 || attends && block.channels() % block.heads() != 0) {
        throw new SemblanceException(
            "%s: %d channels cannot be shared by %d groups and %d heads: copy the file again."
                .formatted(file, block.channels(), groups, block.heads()));
      }
    }
    if (blocks.getFirst().channels() % 2 != 0) {
      throw new SemblanceException(
          "%s: the first of \"block_out_channels\" is odd, so it holds no sines and cosines: copy the file again."
              .formatted(file));
    }
    if (added != null && (added.pooledChannels() < 1 || added.timeChannels() < 2)) {
      throw new SemblanceException(
          "%s: \"projection_class_embeddings_input_dim\" is %d, which leaves nothing for the text: copy the file again."
              .formatted(file, added.inputChannels()));
    }
  }
}
