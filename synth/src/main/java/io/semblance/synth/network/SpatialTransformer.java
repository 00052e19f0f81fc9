package io.semblance.synth.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// Transformer blocks on a feature map, its pixels being the tokens; what they change is added.
///
/// @param name of the part
/// @param norm before the projection
/// @param in weights and bias of the projection to tokens
/// @param linear whether projections are matrices, else convolutions of one pixel
/// @param blocks one after the other
/// @param out weights and bias of the projection back
record SpatialTransformer(
    String name,
    GroupNorm norm,
    Projection in,
    boolean linear,
    List<TransformerBlock> blocks,
    Projection out) {

  private static final double EPS = 1e-6;

  /// A projection of every pixel, in one of its two forms.
  ///
  /// @param matrix on tokens, or null
  /// @param conv on a feature map, or null
  record Projection(Linear matrix, Conv conv) {

    static Projection of(Shapes shapes, String name, long channels, boolean linear) {
      return linear
          ? new Projection(Linear.of(shapes, name, channels, channels), null)
          : new Projection(null, Conv.one(shapes, name, channels, channels));
    }
  }

  static SpatialTransformer of(
      Shapes shapes, String name, long channels, UNetConfig config, int heads, int depth) {
    boolean linear = config.linearProjection();
    var norm = GroupNorm.of(shapes, name + ".norm", channels, config.groups(), EPS);
    var in = Projection.of(shapes, name + ".proj_in", channels, linear);
    var blocks = new ArrayList<TransformerBlock>();
    for (int i = 0; i < depth; i++) {
      String block = name + ".transformer_blocks." + i;
      blocks.add(TransformerBlock.of(shapes, block, channels, config.contextChannels(), heads));
    }
    var out = Projection.of(shapes, name + ".proj_out", channels, linear);
    return new SpatialTransformer(name, norm, in, linear, List.copyOf(blocks), out);
  }

  /// @param x `b x c x h x w`
  /// @param text `b x m x context`
  /// @return `b x c x h x w`
  Tensor apply(Pass pass, Tensor x, Tensor text) {
    return Pass.keep(
        () -> {
          Tensor tokens = Pass.keep(() -> tokens(pass, norm.apply(pass, x)));
          for (TransformerBlock block : blocks) {
            Tensor before = tokens;
            tokens = block.apply(pass, tokens, text);
            before.close();
          }
          Tensor last = tokens;
          Tensor added = Pass.keep(() -> map(pass, last, x.size(2), x.size(3)));
          Tensor out = added.add(x);
          pass.hooks().seen(name, out);
          return out;
        });
  }

  private Tensor tokens(Pass pass, Tensor x) {
    return linear ? in.matrix().apply(pass, flat(x)) : flat(in.conv().apply(pass, x)).contiguous();
  }

  private static Tensor flat(Tensor x) {
    return x.flatten(2, 3).transpose(1, 2);
  }

  private Tensor map(Pass pass, Tensor tokens, long height, long width) {
    Tensor back = linear ? out.matrix().apply(pass, tokens) : tokens;
    Tensor map =
        back.transpose(1, 2).reshape(tokens.size(0), tokens.size(2), height, width).contiguous();
    return linear ? map : out.conv().apply(pass, map);
  }
}
