package io.semblance.synth.network;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A block of CLIP's text encoder: attention to the tokens before, then two layers on each token,
/// each added to what it reads.
record ClipLayer(
    LayerNorm norm1,
    Linear query,
    Linear key,
    Linear value,
    Linear out,
    LayerNorm norm2,
    Linear up,
    Linear down,
    int heads,
    boolean quick) {

  private static final double QUICK = 1.702;

  static ClipLayer of(Shapes shapes, String name, ClipConfig config) {
    int c = config.width();
    String attention = name + ".self_attn.";
    return new ClipLayer(
        LayerNorm.of(shapes, name + ".layer_norm1", c, config.eps()),
        Linear.of(shapes, attention + "q_proj", c, c),
        Linear.of(shapes, attention + "k_proj", c, c),
        Linear.of(shapes, attention + "v_proj", c, c),
        Linear.of(shapes, attention + "out_proj", c, c),
        LayerNorm.of(shapes, name + ".layer_norm2", c, config.eps()),
        Linear.of(shapes, name + ".mlp.fc1", c, config.inner()),
        Linear.of(shapes, name + ".mlp.fc2", config.inner(), c),
        config.heads(),
        config.quick());
  }

  /// @param x `b x n x c`
  /// @return `b x n x c`
  Tensor apply(Pass pass, Tensor x) {
    return Pass.keep(
        () -> {
          Tensor attended = Pass.keep(() -> attended(pass, norm1.apply(pass, x)));
          Tensor y = attended.add(x);
          Tensor fed = Pass.keep(() -> fed(pass, norm2.apply(pass, y)));
          return fed.add(y);
        });
  }

  private Tensor attended(Pass pass, Tensor x) {
    Tensor y =
        Hooks.attend(
            split(query.apply(pass, x)),
            split(key.apply(pass, x)),
            split(value.apply(pass, x)),
            true);
    return out.apply(pass, y.transpose(1, 2).reshape(x.size(0), x.size(1), x.size(2)));
  }

  private Tensor split(Tensor x) {
    return x.view(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
  }

  private Tensor fed(Pass pass, Tensor x) {
    Tensor wide = up.apply(pass, x);
    Tensor active = quick ? wide.mul(torch.sigmoid(wide.mul(new Scalar(QUICK)))) : torch.gelu(wide);
    return down.apply(pass, active);
  }
}
