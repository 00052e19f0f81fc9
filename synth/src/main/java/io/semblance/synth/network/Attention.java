package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;

/// Attention of tokens to themselves or to a text.
///
/// @param layer its name and kind
/// @param query from tokens
/// @param key from tokens or text
/// @param value from tokens or text
/// @param out back to tokens
/// @param heads that attend on their own
record Attention(
    Hooks.AttentionLayer layer, Linear query, Linear key, Linear value, Linear out, int heads) {

  /// @param context channels of the text, or 0 for attention to the tokens themselves
  static Attention of(Shapes shapes, String name, long channels, long context, int heads) {
    long source = context == 0 ? channels : context;
    return new Attention(
        new Hooks.AttentionLayer(name, context == 0),
        Linear.withoutBias(shapes, name + ".to_q", channels, channels),
        Linear.withoutBias(shapes, name + ".to_k", source, channels),
        Linear.withoutBias(shapes, name + ".to_v", source, channels),
        Linear.of(shapes, name + ".to_out.0", channels, channels),
        heads);
  }

  /// @param x tokens, `b x n x c`
  /// @param text `b x m x context`; not looked at where the tokens attend to themselves
  /// @return `b x n x c`
  Tensor apply(Pass pass, Tensor x, Tensor text) {
    Tensor source = layer.self() ? x : text;
    Tensor attended =
        Pass.keep(
            () ->
                pass.hooks()
                    .attention(
                        layer,
                        split(query.apply(pass, x)),
                        split(key.apply(pass, source)),
                        split(value.apply(pass, source))));
    return out.apply(pass, joined(attended));
  }

  private Tensor split(Tensor x) {
    return x.view(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
  }

  private static Tensor joined(Tensor x) {
    return x.transpose(1, 2).reshape(x.size(0), x.size(2), x.size(1) * x.size(3));
  }
}
