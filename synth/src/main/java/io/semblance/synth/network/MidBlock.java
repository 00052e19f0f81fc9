package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;

/// The middle of a UNet.
///
/// @param before the transformer
/// @param attention the transformer
/// @param after the transformer
record MidBlock(ResnetBlock before, SpatialTransformer attention, ResnetBlock after) {

  private static final String NAME = "mid_block";

  static MidBlock of(Shapes shapes, UNetConfig config, long time) {
    UNetConfig.Block block = config.blocks().getLast();
    int c = block.channels();
    return new MidBlock(
        ResnetBlock.of(shapes, NAME + ".resnets.0", c, c, time, config.groups(), config.eps()),
        SpatialTransformer.of(
            shapes, NAME + ".attentions.0", c, config, block.heads(), block.depth()),
        ResnetBlock.of(shapes, NAME + ".resnets.1", c, c, time, config.groups(), config.eps()));
  }

  Tensor apply(Pass pass, Tensor x, Tensor time, Tensor text) {
    return Pass.keep(
        () -> {
          Tensor first = before.apply(pass, x, time);
          Tensor attended = attention.apply(pass, first, text);
          first.close();
          Tensor out = after.apply(pass, attended, time);
          pass.hooks().seen(NAME, out);
          return out;
        });
  }
}
