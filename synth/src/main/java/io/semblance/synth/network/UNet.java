package io.semblance.synth.network;

import io.semblance.synth.weights.Parameters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The network that predicts the noise in latents. Source: diffusers, `UNet2DConditionModel`.
public final class UNet {

  private static final int SIZES = 6;

  private final UNetConfig config;
  private final Shapes shapes = new Shapes();
  private final Linear time1;
  private final Linear time2;
  private final Linear added1;
  private final Linear added2;
  private final Conv first;
  private final List<DownBlock> down = new ArrayList<>();
  private final MidBlock middle;
  private final List<UpBlock> up = new ArrayList<>();
  private final GroupNorm lastNorm;
  private final Conv last;

  /// @param config its sizes
  public UNet(UNetConfig config) {
    this.config = config;
    int width = config.blocks().getFirst().channels();
    int time = 4 * width;
    first = Conv.three(shapes, "conv_in", config.inChannels(), width);
    time1 = Linear.of(shapes, "time_embedding.linear_1", width, time);
    time2 = Linear.of(shapes, "time_embedding.linear_2", time, time);
    UNetConfig.Added added = config.added();
    added1 =
        added == null
            ? null
            : Linear.of(shapes, "add_embedding.linear_1", added.inputChannels(), time);
    added2 = added == null ? null : Linear.of(shapes, "add_embedding.linear_2", time, time);
    var skips = new ArrayDeque<Integer>(List.of(width));
    for (int i = 0; i < config.blocks().size(); i++) {
      down.add(DownBlock.of(shapes, i, config, time, skips));
    }
    middle = MidBlock.of(shapes, config, time);
    for (int i = 0; i < config.blocks().size(); i++) {
      up.add(UpBlock.of(shapes, i, config, time, skips));
    }
    lastNorm = GroupNorm.of(shapes, "conv_norm_out", width, config.groups(), config.eps());
    last = Conv.three(shapes, "conv_out", width, config.outChannels());
  }

  /// @return its sizes
  public UNetConfig config() {
    return config;
  }

  /// @return sizes of axes of all parameters by name
  public Map<String, long[]> shapes() {
    return shapes.byName();
  }

  /// Predicts.
  ///
  /// @param parameters of [#shapes]
  /// @param in latents, timesteps and text, in the parameters' type
  /// @param hooks into the network
  /// @return noise or velocity, `b x 4 x h x w`; the caller's
  public Tensor forward(Parameters parameters, UNetInput in, Hooks hooks) {
    var pass = new Pass(parameters, hooks);
    return Pass.keep(
        () -> {
          Tensor time = time(pass, in);
          Deque<Tensor> skips = new ArrayDeque<>();
          Tensor x = middle(pass, in, time, skips);
          for (UpBlock block : up) {
            Tensor before = x;
            x = block.apply(pass, x, time, in.text(), skips);
            before.close();
          }
          Tensor end = x;
          return last.apply(pass, ResnetBlock.activated(pass, lastNorm, end));
        });
  }

  /// What the middle of the network holds; the way up is not taken.
  ///
  /// @param parameters of [#shapes]
  /// @param in latents, timesteps and text, in the parameters' type
  /// @param hooks into the network
  /// @return features, `b x c x h' x w'`; the caller's
  public Tensor middle(Parameters parameters, UNetInput in, Hooks hooks) {
    var pass = new Pass(parameters, hooks);
    return Pass.keep(() -> middle(pass, in, time(pass, in), new ArrayDeque<>()));
  }

  private Tensor middle(Pass pass, UNetInput in, Tensor time, Deque<Tensor> skips) {
    Tensor x = first.apply(pass, in.latents());
    pass.hooks().seen("conv_in", x);
    skips.push(x);
    for (DownBlock block : down) {
      x = block.apply(pass, x, time, in.text(), skips);
    }
    return middle.apply(pass, x, time, in.text());
  }

  /// SiLU of the embedding of timesteps, sizes and pooled text: `b x time`.
  private Tensor time(Pass pass, UNetInput in) {
    return Pass.keep(
        () -> {
          int width = config.blocks().getFirst().channels();
          Tensor waves =
              new Sinusoids(width, config.flipSinToCos(), config.freqShift()).of(in.timesteps());
          pass.hooks().seen("sinusoid", waves);
          Tensor time = embedded(pass, time1, time2, waves);
          pass.hooks().seen("time_embedding", time);
          return torch.silu(added1 == null ? time : time.add(added(pass, in)));
        });
  }

  private Tensor added(Pass pass, UNetInput in) {
    if (in.pooled() == null || in.timeIds() == null) {
      throw new IllegalStateException("this network wants pooled text and sizes");
    }
    int channels = config.added().timeChannels();
    long images = in.timeIds().size(0);
    Tensor waves =
        new Sinusoids(channels, config.flipSinToCos(), config.freqShift())
            .of(in.timeIds().flatten())
            .view(images, (long) SIZES * channels);
    Tensor both = torch.cat(new TensorVector(in.pooled(), waves.to(in.pooled().dtype())), -1);
    Tensor out = embedded(pass, added1, added2, both);
    pass.hooks().seen("add_embedding", out);
    return out;
  }

  private static Tensor embedded(Pass pass, Linear one, Linear two, Tensor x) {
    return two.apply(pass, torch.silu(one.apply(pass, pass.parameters().fit(x))));
  }
}
