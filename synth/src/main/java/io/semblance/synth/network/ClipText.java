package io.semblance.synth.network;

import io.semblance.synth.weights.Parameters;
import io.semblance.synth.weights.Scoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// CLIP's text encoder. Source: transformers, `CLIPTextModel` and `CLIPTextModelWithProjection`.
public final class ClipText {

  private static final String TOKENS = "embeddings.token_embedding.weight";
  private static final String PLACES = "embeddings.position_embedding.weight";
  private static final String PREFIX = "text_model.";
  private static final int LEGACY_END = 2;

  private final ClipConfig config;
  private final Shapes shapes = new Shapes();
  private final List<ClipLayer> layers = new ArrayList<>();
  private final LayerNorm last;
  private final Linear projection;

  /// What the encoder says of some texts.
  ///
  /// @param penultimate tokens before the last layer, `b x n x c`, not normalised: what SDXL reads
  /// @param last tokens behind the last layer, normalised, `b x n x c`: what SD 1.x reads
  /// @param pooled the projected end of each text, `b x p`, or null
  public record Encoded(Tensor penultimate, Tensor last, Tensor pooled) {}

  /// @param config its sizes
  public ClipText(ClipConfig config) {
    this.config = config;
    shapes.declare(TOKENS, config.vocabulary(), config.width());
    shapes.declare(PLACES, config.length(), config.width());
    for (int i = 0; i < config.layers(); i++) {
      layers.add(ClipLayer.of(shapes, "encoder.layers." + i, config));
    }
    last = LayerNorm.of(shapes, "final_layer_norm", config.width(), config.eps());
    projection =
        config.projection() == 0
            ? null
            : Linear.withoutBias(shapes, "text_projection", config.width(), config.projection());
  }

  /// @return its sizes
  public ClipConfig config() {
    return config;
  }

  /// @return sizes of axes of all parameters by name, without the prefix `text_model.`
  public Map<String, long[]> shapes() {
    return shapes.byName();
  }

  /// @param inFile name in a file: some have `text_model.` before it, some have not
  /// @return name of the parameter, or null for a tensor that is none
  public static String name(String inFile) {
    String plain = inFile.startsWith(PREFIX) ? inFile.substring(PREFIX.length()) : inFile;
    return plain.equals("embeddings.position_ids") ? null : plain;
  }

  /// @return name of the parameter with a row for each token
  public static String tokenEmbedding() {
    return TOKENS;
  }

  /// Encodes texts.
  ///
  /// @param parameters of [#shapes]; the vocabulary may have grown
  /// @param ids tokens of each text, all of the length [ClipConfig#length] or less
  /// @param hooks into the network
  /// @return what it says; tensors are the caller's
  public Encoded encode(Parameters parameters, int[][] ids, Hooks hooks) {
    var pass = new Pass(parameters, hooks);
    PointerScope outer = PointerScope.getInnerScope();
    try (var _ = new PointerScope()) {
      Tensor x = embedded(pass, ids);
      hooks.seen("hidden.0", x);
      Tensor before = x;
      for (int i = 0; i < layers.size(); i++) {
        before = x;
        x = layers.get(i).apply(pass, x);
        hooks.seen("hidden." + (i + 1), x);
      }
      Tensor normed = last.apply(pass, x);
      Tensor pooled = projection == null ? null : projection.apply(pass, ends(normed, ids));
      return new Encoded(
          Scoped.handed(before, outer),
          Scoped.handed(normed, outer),
          pooled == null ? null : Scoped.handed(pooled, outer));
    }
  }

  private Tensor embedded(Pass pass, int[][] ids) {
    long[] flat = new long[ids.length * ids[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = ids[i / ids[0].length][i % ids[0].length];
    }
    Tensor tokens =
        torch
            .tensor(flat, new TensorOptions(ScalarType.Long))
            .view(ids.length, ids[0].length)
            .to(pass.parameters().device(), ScalarType.Long);
    Tensor places = pass.parameter(PLACES).narrow(0, 0, ids[0].length);
    return torch.embedding(pass.parameter(TOKENS), tokens).add(places);
  }

  private Tensor ends(Tensor tokens, int[][] ids) {
    var rows = new org.bytedeco.pytorch.TensorVector();
    for (int i = 0; i < ids.length; i++) {
      rows.push_back(tokens.select(0, i).select(0, end(ids[i])));
    }
    return torch.stack(rows, 0);
  }

  /// Where a text is pooled: its first end, or, by old configurations, the first of its largest id.
  /// A token that was added later has a larger id than the end.
  ///
  /// @param ids of a text
  /// @return index into it
  int end(int[] ids) {
    int found = 0;
    for (int i = 0; i < ids.length; i++) {
      if (config.end() == LEGACY_END ? ids[i] > ids[found] : ids[i] == config.end()) {
        found = i;
        if (config.end() != LEGACY_END) {
          break;
        }
      }
    }
    return found;
  }

  /// @param ids of a text
  /// @param end id that ends texts
  /// @return whether a token other than the end is pooled, as a customised model's token may be
  public boolean poolsAnother(int[] ids, int end) {
    return projection != null && ids[end(ids)] != end;
  }
}
