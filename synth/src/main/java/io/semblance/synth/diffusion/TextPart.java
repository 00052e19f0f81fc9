package io.semblance.synth.diffusion;

import io.semblance.core.SemblanceException;
import io.semblance.extract.text.ClipTokenizer;
import io.semblance.extract.text.SavedTokenizer;
import io.semblance.synth.network.ClipConfig;
import io.semblance.synth.network.ClipText;
import io.semblance.synth.weights.Parameters;
import io.semblance.synth.weights.WeightFiles;
import io.semblance.synth.weights.WeightLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A text encoder with its tokenizer.
///
/// @param tokenizer from a prompt to ids
/// @param encoder the network
/// @param parameters of the network, owned
public record TextPart(ClipTokenizer tokenizer, ClipText encoder, Parameters parameters)
    implements AutoCloseable {

  /// @param folder of the pipeline
  /// @param suffix of the names of the folders inside, empty or `_2`
  /// @param projected whether the encoder has a pooled vector
  /// @throws SemblanceException if a file is missing or is not what it should be
  static TextPart open(Path folder, String suffix, boolean projected, EngineOptions options)
      throws IOException {
    Path place = folder.resolve("text_encoder" + suffix);
    ClipConfig config = ClipConfig.read(place.resolve("config.json"), projected);
    ClipTokenizer tokenizer =
        SavedTokenizer.read(folder.resolve("tokenizer" + suffix), config.length(), Map.of());
    if (Math.max(tokenizer.start(), tokenizer.end()) >= config.vocabulary()) {
      throw new SemblanceException(
          "%s has tokens up to %d, and the encoder beside it knows %d: copy both from one model."
              .formatted(
                  folder.resolve("tokenizer" + suffix),
                  Math.max(tokenizer.start(), tokenizer.end()),
                  config.vocabulary()));
    }
    var encoder = new ClipText(config);
    try (WeightFiles files = WeightFiles.open(place)) {
      Parameters parameters =
          WeightLoader.load(
              files,
              encoder.shapes(),
              ClipText::name,
              options.compute(),
              options.device().toString());
      return new TextPart(tokenizer, encoder, parameters);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
    parameters.close();
  }
}
