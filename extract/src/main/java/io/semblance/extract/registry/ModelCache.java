package io.semblance.extract.registry;

import java.nio.file.Path;
import java.util.Map;

/// The folder where weights are looked for and downloaded to: one folder a model, named by its id,
/// with `model.onnx` in it.
///
/// @param root the folder; it need not exist
public record ModelCache(Path root) {

  /// @return the folder of `SEMBLANCE_MODELS`, else `semblance/models` in the user's cache folder
  public static ModelCache standard() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static ModelCache of(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault("SEMBLANCE_MODELS", "");
    if (!named.isBlank()) {
      return new ModelCache(Path.of(named));
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = cache.isBlank() ? home.resolve(".cache") : Path.of(cache);
    return new ModelCache(base.resolve("semblance").resolve("models"));
  }

  /// @param id of a model
  /// @return the folder of its files; it need not exist
  public Path folder(String id) {
    return root.resolve(id);
  }

  /// @param id of a model
  /// @return its graph; it need not exist
  public Path graph(String id) {
    return folder(id).resolve("model.onnx");
  }
}
