package io.semblance.synth.network;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.file.Path;

/// Sizes of a text encoder of CLIP: `CLIPTextModel` of transformers.
///
/// @param vocabulary number of tokens
/// @param length tokens of a text, 77
/// @param width channels of a token
/// @param inner channels between the two layers of a block's second half
/// @param layers blocks
/// @param heads of attention
/// @param quick whether GELU is approximated by x sigmoid(1.702 x), else exact
/// @param eps of norms
/// @param projection length of the pooled vector, or 0 where the encoder has none
/// @param end id that ends a text where it is pooled; 2, of old configurations, means the largest
///   id
public record ClipConfig(
    int vocabulary,
    int length,
    int width,
    int inner,
    int layers,
    int heads,
    boolean quick,
    double eps,
    int projection,
    int end) {

  /// Reads a `config.json`.
  ///
  /// @param file of transformers
  /// @param projected whether the pooled vector is wanted
  /// @return the sizes
  /// @throws SemblanceException if a value is not supported; the message names it
  public static ClipConfig read(Path file, boolean projected) throws IOException {
    ComponentConfig json = ComponentConfig.read(file);
    json.choice("model_type", "clip_text_model", "clip_text_model");
    var out =
        new ClipConfig(
            json.integer("vocab_size", 49_408),
            json.integer("max_position_embeddings", 77),
            json.integer("hidden_size", 512),
            json.integer("intermediate_size", 2048),
            json.integer("num_hidden_layers", 12),
            json.integer("num_attention_heads", 8),
            json.choice("hidden_act", "quick_gelu", "quick_gelu", "gelu").equals("quick_gelu"),
            json.real("layer_norm_eps", 1e-5),
            projected ? json.integer("projection_dim", 512) : 0,
            json.integer("eos_token_id", 49_407));
    if (out.width < 1 || out.heads < 1 || out.width % out.heads != 0 || out.length < 3) {
      throw new SemblanceException(
          "%s: %d channels cannot be shared by %d heads, or texts of %d tokens are too short: copy the file again."
              .formatted(file, out.width, out.heads, out.length));
    }
    return out;
  }
}
