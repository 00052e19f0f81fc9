package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;

/// Attention of a feature map's pixels to each other by one head over all channels; what it gives
/// is added.
record VaeAttention(GroupNorm norm, Linear query, Linear key, Linear value, Linear out) {

  static VaeAttention of(Shapes shapes, String name, long channels, int groups, double eps) {
    return new VaeAttention(
        GroupNorm.of(shapes, name + ".group_norm", channels, groups, eps),
        Linear.of(shapes, name + ".to_q", channels, channels),
        Linear.of(shapes, name + ".to_k", channels, channels),
        Linear.of(shapes, name + ".to_v", channels, channels),
        Linear.of(shapes, name + ".to_out.0", channels, channels));
  }

  /// @param x `b x c x h x w`
  /// @return `b x c x h x w`
  Tensor apply(Pass pass, Tensor x) {
    return Pass.keep(
        () -> {
          Tensor tokens = norm.apply(pass, x).flatten(2, 3).transpose(1, 2);
          Tensor attended =
              Hooks.attend(
                  head(query.apply(pass, tokens)),
                  head(key.apply(pass, tokens)),
                  head(value.apply(pass, tokens)),
                  false);
          Tensor back = out.apply(pass, attended.squeeze(1)).transpose(1, 2);
          return back.reshape(x.size(0), x.size(1), x.size(2), x.size(3)).add(x);
        });
  }

  private static Tensor head(Tensor x) {
    return x.unsqueeze(1);
  }
}
