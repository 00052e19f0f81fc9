package io.semblance.synth.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Two convolutions whose result is added to what they read, steered by the timestep.
///
/// @param name of the part
/// @param norm1 before the first convolution
/// @param conv1 to the new number of channels
/// @param time from the timestep's embedding to a shift of each channel, or null
/// @param norm2 before the second convolution
/// @param conv2 the second
/// @param shortcut for what is added, where the number of channels changes, or null
record ResnetBlock(
    String name,
    GroupNorm norm1,
    Conv conv1,
    Linear time,
    GroupNorm norm2,
    Conv conv2,
    Conv shortcut) {

  /// @param time channels of the timestep's embedding, or 0 for none
  static ResnetBlock of(
      Shapes shapes, String name, long in, long out, long time, int groups, double eps) {
    return new ResnetBlock(
        name,
        GroupNorm.of(shapes, name + ".norm1", in, groups, eps),
        Conv.three(shapes, name + ".conv1", in, out),
        time == 0 ? null : Linear.of(shapes, name + ".time_emb_proj", time, out),
        GroupNorm.of(shapes, name + ".norm2", out, groups, eps),
        Conv.three(shapes, name + ".conv2", out, out),
        in == out ? null : Conv.one(shapes, name + ".conv_shortcut", in, out));
  }

  /// @param x `b x c x h x w`
  /// @param embedded SiLU of the timestep's embedding, `b x time`, or null
  /// @return `b x out x h x w`
  Tensor apply(Pass pass, Tensor x, Tensor embedded) {
    return Pass.keep(
        () -> {
          Tensor first = Pass.keep(() -> conv1.apply(pass, activated(pass, norm1, x)));
          Tensor steered =
              time == null
                  ? first
                  : Pass.keep(
                      () -> first.add(time.apply(pass, embedded).unsqueeze(-1).unsqueeze(-1)));
          if (time != null) {
            first.close();
          }
          Tensor second = Pass.keep(() -> conv2.apply(pass, activated(pass, norm2, steered)));
          steered.close();
          Tensor out = second.add(shortcut == null ? x : shortcut.apply(pass, x));
          pass.hooks().seen(name, out);
          return out;
        });
  }

  static Tensor activated(Pass pass, GroupNorm norm, Tensor x) {
    return Pass.keep(() -> torch.silu(norm.apply(pass, x)));
  }
}
