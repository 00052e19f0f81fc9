package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;

/// The middle of the encoder or the decoder.
record VaeMiddle(String name, ResnetBlock before, VaeAttention attention, ResnetBlock after) {

  static VaeMiddle of(Shapes shapes, String name, VaeConfig config) {
    int c = config.channels().getLast();
    int groups = config.groups();
    double eps = Autoencoder.EPS;
    return new VaeMiddle(
        name,
        ResnetBlock.of(shapes, name + ".resnets.0", c, c, 0, groups, eps),
        VaeAttention.of(shapes, name + ".attentions.0", c, groups, eps),
        ResnetBlock.of(shapes, name + ".resnets.1", c, c, 0, groups, eps));
  }

  Tensor apply(Pass pass, Tensor x) {
    return Pass.keep(
        () -> {
          Tensor out = after.apply(pass, attention.apply(pass, before.apply(pass, x, null)), null);
          pass.hooks().seen(name, out);
          return out;
        });
  }
}
