package io.semblance.synth.network;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A block on the way up: residual blocks that read what was kept on the way down beside what comes
/// from below, each with a transformer or none, then twice the size.
///
/// @param name of the part
/// @param resnets one after the other
/// @param attentions one for each residual block, or none
/// @param upsampler after the pixels were doubled, or null in the last block
record UpBlock(
    String name, List<ResnetBlock> resnets, List<SpatialTransformer> attentions, Conv upsampler) {

  /// @param skips channels of what was kept on the way down, the latest first; shrinks
  static UpBlock of(Shapes shapes, int index, UNetConfig config, long time, Deque<Integer> skips) {
    List<UNetConfig.Block> blocks = config.blocks();
    int level = blocks.size() - 1 - index;
    UNetConfig.Block block = blocks.get(level);
    String name = "up_blocks." + index;
    int below = blocks.get(Math.min(level + 1, blocks.size() - 1)).channels();
    var resnets = new ArrayList<ResnetBlock>();
    var attentions = new ArrayList<SpatialTransformer>();
    for (int j = 0; j <= config.layers(); j++) {
      int in = (j == 0 ? below : block.channels()) + skips.pop();
      resnets.add(
          ResnetBlock.of(
              shapes,
              name + ".resnets." + j,
              in,
              block.channels(),
              time,
              config.groups(),
              config.eps()));
      if (block.crossUp()) {
        String attention = name + ".attentions." + j;
        attentions.add(
            SpatialTransformer.of(
                shapes, attention, block.channels(), config, block.heads(), block.depth()));
      }
    }
    Conv upsampler =
        level == 0
            ? null
            : Conv.three(shapes, name + ".upsamplers.0.conv", block.channels(), block.channels());
    return new UpBlock(name, List.copyOf(resnets), List.copyOf(attentions), upsampler);
  }

  /// @param x from below, `b x c x h x w`
  /// @param skips what was kept on the way down; shrinks
  Tensor apply(Pass pass, Tensor x, Tensor time, Tensor text, Deque<Tensor> skips) {
    return Pass.keep(
        () -> {
          Tensor now = x;
          for (int j = 0; j < resnets.size(); j++) {
            Tensor below = now;
            Tensor skip = skips.pop();
            Tensor both = torch.cat(new TensorVector(below, skip), 1);
            skip.close();
            if (j > 0) {
              below.close();
            }
            Tensor made = resnets.get(j).apply(pass, both, time);
            both.close();
            now = made;
            if (!attentions.isEmpty()) {
              now = attentions.get(j).apply(pass, made, text);
              made.close();
            }
          }
          Tensor out = upsampler == null ? now : doubled(pass, now, skips.peek());
          pass.hooks().seen(name, out);
          return out;
        });
  }

  /// To the size of what is read next: where that is odd, it is not twice this one.
  private Tensor doubled(Pass pass, Tensor x, Tensor next) {
    return Pass.keep(
        () -> {
          long[] size = {next.size(2), next.size(3)};
          var none = new DoubleOptional();
          return upsampler.apply(pass, torch.upsample_nearest2d(x, size, none, none));
        });
  }
}
