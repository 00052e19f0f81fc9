package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Attention to the image, attention to the text, and a gated layer for each token, each added to
/// what it reads.
record TransformerBlock(
    String name,
    LayerNorm norm1,
    Attention attn1,
    LayerNorm norm2,
    Attention attn2,
    LayerNorm norm3,
    Linear gate,
    Linear down) {

  private static final double EPS = 1e-5;
  private static final int WIDER = 4;

  static TransformerBlock of(Shapes shapes, String name, long channels, long context, int heads) {
    return new TransformerBlock(
        name,
        LayerNorm.of(shapes, name + ".norm1", channels, EPS),
        Attention.of(shapes, name + ".attn1", channels, 0, heads),
        LayerNorm.of(shapes, name + ".norm2", channels, EPS),
        Attention.of(shapes, name + ".attn2", channels, context, heads),
        LayerNorm.of(shapes, name + ".norm3", channels, EPS),
        Linear.of(shapes, name + ".ff.net.0.proj", channels, 2 * WIDER * channels),
        Linear.of(shapes, name + ".ff.net.2", WIDER * channels, channels));
  }

  /// @param x tokens, `b x n x c`
  /// @param text `b x m x context`
  /// @return `b x n x c`
  Tensor apply(Pass pass, Tensor x, Tensor text) {
    Tensor a = added(pass, x, "attn1", () -> attn1.apply(pass, norm1.apply(pass, x), text));
    Tensor b = added(pass, a, "attn2", () -> attn2.apply(pass, norm2.apply(pass, a), text));
    Tensor out = added(pass, b, "ff", () -> feedForward(pass, norm3.apply(pass, b)));
    a.close();
    b.close();
    return out;
  }

  private Tensor added(Pass pass, Tensor x, String part, java.util.function.Supplier<Tensor> of) {
    return Pass.keep(
        () -> {
          Tensor y = Pass.keep(of);
          pass.hooks().seen(name + "." + part, y);
          return y.add(x);
        });
  }

  /// GEGLU: half of the channels gate the others.
  private Tensor feedForward(Pass pass, Tensor x) {
    Tensor gated =
        Pass.keep(
            () -> {
              TensorVector halves = gate.apply(pass, x).chunk(2, -1);
              return halves.get(0).mul(torch.gelu(halves.get(1)));
            });
    return down.apply(pass, gated);
  }
}
