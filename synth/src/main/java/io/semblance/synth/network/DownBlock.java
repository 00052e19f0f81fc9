package io.semblance.synth.network;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// A block on the way down: residual blocks, each with a transformer or none, then half the size.
///
/// @param name of the part
/// @param resnets one after the other
/// @param attentions one for each residual block, or none
/// @param downsampler to half the size, or null in the last block
record DownBlock(
    String name, List<ResnetBlock> resnets, List<SpatialTransformer> attentions, Conv downsampler) {

  /// @param skips channels of what is kept for the way up, the latest first; grows
  static DownBlock of(
      Shapes shapes, int index, UNetConfig config, long time, Deque<Integer> skips) {
    UNetConfig.Block block = config.blocks().get(index);
    String name = "down_blocks." + index;
    var resnets = new ArrayList<ResnetBlock>();
    var attentions = new ArrayList<SpatialTransformer>();
    for (int j = 0; j < config.layers(); j++) {
      resnets.add(
          ResnetBlock.of(
              shapes,
              name + ".resnets." + j,
              skips.peek(),
              block.channels(),
              time,
              config.groups(),
              config.eps()));
      if (block.crossDown()) {
        String attention = name + ".attentions." + j;
        attentions.add(
            SpatialTransformer.of(
                shapes, attention, block.channels(), config, block.heads(), block.depth()));
      }
      skips.push(block.channels());
    }
    Conv downsampler = null;
    if (index < config.blocks().size() - 1) {
      String conv = name + ".downsamplers.0.conv";
      downsampler = Conv.of(shapes, conv, block.channels(), block.channels(), 3, 2, 1);
      skips.push(block.channels());
    }
    return new DownBlock(name, List.copyOf(resnets), List.copyOf(attentions), downsampler);
  }

  /// @param x `b x c x h x w`
  /// @param skips receives what is kept for the way up
  /// @return the last of these
  Tensor apply(Pass pass, Tensor x, Tensor time, Tensor text, Deque<Tensor> skips) {
    Tensor now = x;
    for (int j = 0; j < resnets.size(); j++) {
      Tensor made = resnets.get(j).apply(pass, now, time);
      now = made;
      if (!attentions.isEmpty()) {
        now = attentions.get(j).apply(pass, made, text);
        made.close();
      }
      skips.push(now);
    }
    if (downsampler != null) {
      now = downsampler.apply(pass, now);
      skips.push(now);
    }
    pass.hooks().seen(name, now);
    return now;
  }
}
