package io.semblance.synth.diffusion;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.image.RgbImage;
import io.semblance.synth.network.Tiles;
import io.semblance.synth.schedule.Sampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// An image by real weights, where `SEMBLANCE_SD` names the folder of a pipeline.
@Tag("slow")
class RealWeightsTest {

  @Test
  @EnabledIfEnvironmentVariable(named = "SEMBLANCE_SD", matches = ".+")
  void anImageIsNeitherBlackNorFlat() throws IOException {
    Path folder = Path.of(System.getenv("SEMBLANCE_SD"));
    try (Pipeline pipeline = Pipeline.open(folder, EngineOptions.defaults())) {
      int side = pipeline.nativeSize();
      var settings =
          new Request.Settings(
              side,
              side,
              20,
              Request.Settings.defaults(pipeline).guidance(),
              Sampler.Kind.DPM,
              0,
              null,
              -1,
              Tiles.forImage(side, side));
      var request = new Request(List.of("a photo of a red apple"), "", List.of(1L), settings);
      RgbImage image =
          new TextToImage(pipeline, _ -> {}).generate(request, Progress.none()).getFirst();
      double[] red = meanAndSpread(image, 0);
      double[] blue = meanAndSpread(image, 2);
      assertTrue(red[1] > 20 && blue[1] > 10, "the image is flat");
      assertTrue(red[0] > 20 && red[0] > blue[0], "a red apple is red");
    }
  }

  private static double[] meanAndSpread(RgbImage image, int channel) {
    double sum = 0;
    double squares = 0;
    int n = image.pixels().length / 3;
    for (int i = 0; i < n; i++) {
      int value = image.pixels()[3 * i + channel] & 0xFF;
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / n;
    return new double[] {mean, Math.sqrt(squares / n - mean * mean)};
  }
}
