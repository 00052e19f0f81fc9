package io.semblance.attribution.mapper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.Golden;
import io.semblance.core.linalg.Dense;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapperGoldenTest {

  private static final double RATE = 1e-3;
  private static final double REGULARISATION = 0.05;

  private static Head head(String kind, String side) throws IOException {
    String at = kind + "-" + side + "-start-";
    return switch (kind) {
      case "channel" -> new ChannelHead(Golden.dense(at + "weights"));
      case "mlp" ->
          new MlpHead(
              Golden.dense(at + "0.weight"),
              Golden.dense(at + "1.weight"),
              Golden.dense(at + "1.bias"),
              new BatchNorm(
                  Golden.dense(at + "1.running_mean"), Golden.dense(at + "1.running_var")),
              Golden.dense(at + "4.weight"),
              new BatchNorm(
                  Golden.dense(at + "5.running_mean"), Golden.dense(at + "5.running_var")));
      default -> new AffineHead(Golden.dense(at + "weight"), Golden.dense(at + "bias"));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "affine", "channel", "mlp"})
  void lossGradientsAndFiveStepsAreThoseOfPyTorch(String kind) throws IOException {
    Dense x = Golden.dense(kind + "-x");
    Dense y = Golden.dense(kind + "-y");
    var step = new TrainingStep(head(kind, "real"), head(kind, "synth"), REGULARISATION);
    List<Dense> gradients =
        new TrainingStep(head(kind, "real"), head(kind, "synth"), REGULARISATION)
            .evaluate(x, y)
            .gradients();
    for (int i = 0; i < gradients.size(); i++) {
      assertArrayEquals(
          Golden.numbers(kind + "-gradient-" + i), gradients.get(i).toDoubles(), 1e-12);
    }
    for (List<String> line : Golden.csv(kind + "-loss.csv")) {
      assertEquals(Double.parseDouble(line.get(1)), step.step(x, y, RATE), 1e-12);
    }
    assertState(kind + "-real-end-", step.training());
    assertState(kind + "-synth-end-", step.synthesized());
  }

  private static void assertState(String at, Head head) throws IOException {
    for (var e : head.state().entrySet()) {
      // Adam divides by the root of a squared gradient, which near 0 magnifies the last bits
      assertArrayEquals(
          Golden.numbers(at + e.getKey()), e.getValue().toDoubles(), 1e-10, e.getKey());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"affine", "channel", "mlp"})
  void float32GradientsAgreeAtFixedWeights(String kind) throws IOException {
    var doubles = new TrainingStep(head(kind, "real"), head(kind, "synth"), REGULARISATION);
    var floats =
        new TrainingStep(
            rounded(kind, head(kind, "real")), rounded(kind, head(kind, "synth")), REGULARISATION);
    Dense x = Golden.dense(kind + "-x");
    Dense y = Golden.dense(kind + "-y");
    List<Dense> expected = doubles.evaluate(x, y).gradients();
    List<Dense> found =
        floats
            .evaluate(
                Dense.of(x.rows(), x.columns(), x.toFloats()),
                Dense.of(y.rows(), y.columns(), y.toFloats()))
            .gradients();
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).toDoubles(), found.get(i).toDoubles(), 1e-5);
    }
  }

  private static Head rounded(String kind, Head head) {
    return MapperState.of(
            switch (kind) {
              case "channel" -> MapperKind.CHANNEL;
              case "mlp" -> MapperKind.MLP;
              default -> MapperKind.AFFINE;
            },
            head)
        .head();
  }

  @Test
  void theGradientOfTheRegulariserIsZeroAtTheIdentity() {
    double[] identity = {1, 0, 0, 1};
    var head = new AffineHead(Dense.of(2, 2, identity), Dense.of(1, 2, new double[2]));
    head.forward(Dense.of(1, 2, new double[] {1, 2}));
    List<Dense> gradients = head.backward(Dense.of(1, 2, new double[2]));
    assertEquals(0, head.regularise(gradients, 0.025));
    assertArrayEquals(new double[4], gradients.getFirst().toDoubles());
  }

  @Test
  void readsPublishedMappers() throws IOException {
    Mapper mapper = MapperFile.read(Golden.path("mapper-affine.pth"));
    assertEquals(MapperKind.AFFINE, mapper.kind());
    assertEquals(6, mapper.inputs());
    float[] x = floats("mapper-x");
    assertArrayEquals(floats("mapper-real"), Maps.apply(mapper.training(), x), 1e-6f);
    assertArrayEquals(floats("mapper-synth"), Maps.apply(mapper.synthesized(), x), 1e-6f);
    assertEquals(MapperKind.CHANNEL, MapperFile.read(Golden.path("mapper-channel.pth")).kind());
    assertTrue(mapper.sha256().length() == 64);
  }

  private static float[] floats(String name) throws IOException {
    double[] d = Golden.numbers(name);
    float[] out = new float[d.length];
    for (int i = 0; i < d.length; i++) {
      out[i] = (float) d[i];
    }
    return out;
  }
}
