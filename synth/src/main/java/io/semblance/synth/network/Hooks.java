package io.semblance.synth.network;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// What happens inside a network where others may want a say: attention is shared between images,
/// statistics are pooled, keys are detached, values are looked at.
///
/// Tensors handed in belong to the network; what a hook makes is freed with the network's own.
public interface Hooks {

  /// The network as it is.
  Hooks NONE = new Hooks() {};

  /// An attention layer.
  ///
  /// @param name of the layer, e.g. `mid_block.attentions.0.transformer_blocks.0.attn1`
  /// @param self whether keys come from the image itself, else from the text
  record AttentionLayer(String name, boolean self) {}

  /// Attends.
  ///
  /// @param layer which
  /// @param q queries, `b x heads x n x d`
  /// @param k keys, `b x heads x m x d`
  /// @param v values, `b x heads x m x d`
  /// @return softmax(q k' / sqrt(d)) v, or what takes its place, `b x heads x n x d`
  default Tensor attention(AttentionLayer layer, Tensor q, Tensor k, Tensor v) {
    return attend(q, k, v, false);
  }

  /// Normalises by groups of channels.
  ///
  /// @param name of the layer, e.g. `conv_norm_out`
  /// @param x `b x c x h x w`
  /// @param norm the layer itself
  /// @return of the shape of x
  default Tensor groupNorm(String name, Tensor x, UnaryOperator<Tensor> norm) {
    return norm.apply(x);
  }

  /// Sees a value on its way.
  ///
  /// @param stage the part of the network it comes from, e.g. `mid_block`
  /// @param value not to be changed or closed; a copy must be made of what is to stay
  default void seen(String stage, Tensor value) {}

  /// Plain attention by libtorch's fused kernels, whose softmax is in float32.
  ///
  /// @param q queries, `b x heads x n x d`
  /// @param k keys, `b x heads x m x d`
  /// @param v values, `b x heads x m x d`
  /// @param causal whether a token sees only itself and those before it
  /// @return `b x heads x n x d`
  static Tensor attend(Tensor q, Tensor k, Tensor v, boolean causal) {
    return torch.scaled_dot_product_attention(
        q, k, v, new TensorOptional(), 0, causal, new DoubleOptional(), false);
  }
}
