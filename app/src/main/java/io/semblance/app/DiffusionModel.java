package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.table.Compute;
import io.semblance.extract.ExtractOptions;
import io.semblance.extract.Extractor;
import io.semblance.synth.diffusion.EngineOptions;
import io.semblance.synth.feature.Captions;
import io.semblance.synth.feature.DiffusionFeatures;
import io.semblance.synth.feature.FeatureOptions;
import io.semblance.synth.weights.FloatType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder of a diffusion pipeline in the place of a model's id.
final class DiffusionModel {

  private DiffusionModel() {}

  static boolean isPath(String model) {
    return Files.isRegularFile(Path.of(model).resolve("model_index.json"));
  }

  /// @param column with captions, or null for the usual names
  /// @throws SemblanceException if the images have no captions, or the pipeline cannot be loaded
  static Extractor open(
      String model, ImageCollection collection, String column, ExtractOptions options)
      throws IOException {
    if (options.compute() == Compute.INT8) {
      throw new SemblanceException(model + " computes in fp32 or bf16: leave --compute int8 away.");
    }
    Threads.use(options.threads());
    FloatType type = options.compute() == Compute.BF16 ? FloatType.BF16 : FloatType.FP32;
    return DiffusionFeatures.open(
        Path.of(model),
        new EngineOptions(type, options.device()),
        FeatureOptions.defaults(),
        Captions.of(collection, column));
  }
}
