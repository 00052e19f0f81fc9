package io.semblance.synth.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Residual blocks at one size of the encoder or the decoder, then half or twice the size.
///
/// @param resnets one after the other
/// @param resize after them, or null in the last level
/// @param smaller whether the size is halved, else doubled
record VaeLevel(List<ResnetBlock> resnets, Conv resize, boolean smaller) {

  static VaeLevel encoder(Shapes shapes, int index, VaeConfig config) {
    int in = config.channels().get(Math.max(0, index - 1));
    int out = config.channels().get(index);
    String name = "encoder.down_blocks." + index;
    List<ResnetBlock> resnets = resnets(shapes, name, in, out, config.layers(), config.groups());
    boolean last = index == config.channels().size() - 1;
    String conv = name + ".downsamplers.0.conv";
    return new VaeLevel(resnets, last ? null : Conv.of(shapes, conv, out, out, 3, 2, 0), true);
  }

  static VaeLevel decoder(Shapes shapes, int index, VaeConfig config) {
    int level = config.channels().size() - 1 - index;
    int in = config.channels().get(Math.min(level + 1, config.channels().size() - 1));
    int out = config.channels().get(level);
    String name = "decoder.up_blocks." + index;
    List<ResnetBlock> resnets =
        resnets(shapes, name, in, out, config.layers() + 1, config.groups());
    String conv = name + ".upsamplers.0.conv";
    return new VaeLevel(resnets, level == 0 ? null : Conv.three(shapes, conv, out, out), false);
  }

  private static List<ResnetBlock> resnets(
      Shapes shapes, String name, int in, int out, int count, int groups) {
    var made = new ArrayList<ResnetBlock>();
    for (int j = 0; j < count; j++) {
      String part = name + ".resnets." + j;
      made.add(ResnetBlock.of(shapes, part, j == 0 ? in : out, out, 0, groups, Autoencoder.EPS));
    }
    return List.copyOf(made);
  }

  Tensor apply(Pass pass, Tensor x) {
    return Pass.keep(
        () -> {
          Tensor now = resnets.getFirst().apply(pass, x, null);
          for (ResnetBlock block : resnets.subList(1, resnets.size())) {
            Tensor before = now;
            now = block.apply(pass, before, null);
            before.close();
          }
          Tensor last = now;
          return resize == null ? last : Pass.keep(() -> resized(pass, last));
        });
  }

  private Tensor resized(Pass pass, Tensor x) {
    if (smaller) {
      return resize.apply(pass, torch.constant_pad_nd(x, 0, 1, 0, 1));
    }
    long[] size = {2 * x.size(2), 2 * x.size(3)};
    var none = new DoubleOptional();
    return resize.apply(pass, torch.upsample_nearest2d(x, size, none, none));
  }
}
