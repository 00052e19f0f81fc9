package io.semblance.synth.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DimnameListOptional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Standard normal numbers, a stream for each image: those of `torch.Generator().manual_seed(seed)`
/// on the processor, whatever device computes. Not safe for several threads; close it.
public final class Noise implements AutoCloseable {

  private final List<Generator> generators = new ArrayList<>();

  /// @param seeds one an image
  public Noise(List<Long> seeds) {
    for (long seed : seeds) {
      Generator one = torch.make_generator_cpu(seed);
      one.retainReference();
      generators.add(one);
    }
  }

  /// @param sizes of the axes of one image's share
  /// @return `b x sizes`, float32; the caller's scope's
  public Tensor draw(long... sizes) {
    long[] one = new long[sizes.length + 1];
    one[0] = 1;
    System.arraycopy(sizes, 0, one, 1, sizes.length);
    var drawn = new TensorVector();
    for (Generator generator : generators) {
      drawn.push_back(
          torch.randn(
              one,
              new GeneratorOptional(generator),
              new DimnameListOptional(),
              new TensorOptions(ScalarType.Float)));
    }
    return torch.cat(drawn, 0);
  }

  @Override
  public void close() {
    generators.forEach(Generator::close);
  }
}
