package io.semblance.app;

import io.semblance.extract.registry.ModelCache;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option that says where weights are.
final class ModelFolder {

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Folder of pulled and exported models, DIR/<id>/model.onnx (SEMBLANCE_MODELS if not"
              + " given, else semblance/models in your cache folder).")
  private Path folder;

  ModelCache cache() {
    return folder == null ? ModelCache.standard() : new ModelCache(folder);
  }
}
