package io.semblance.synth.diffusion;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The `model_index.json` of a folder of diffusers: which pipeline it is.
///
/// @param folder of the pipeline
/// @param xl whether Stable Diffusion XL, else 1.x or 2.x
/// @param zerosForEmpty whether no negative prompt means zeros, else the encoded empty text
record ModelIndex(Path folder, boolean xl, boolean zerosForEmpty) {

  private static final String SD = "StableDiffusionPipeline";
  private static final String SDXL = "StableDiffusionXLPipeline";
  private static final String TEXT = "CLIPTextModel";

  /// @param folder of a pipeline
  /// @throws SemblanceException if it is none, or one that is not built here
  static ModelIndex read(Path folder) throws IOException {
    Path file = folder.resolve("model_index.json");
    if (!Files.isRegularFile(file)) {
      throw new SemblanceException(
          Files.isDirectory(folder)
              ? "%s has no model_index.json: give the folder of a pipeline in the layout of diffusers."
                  .formatted(folder)
              : "There is no folder %s: check the path of the model.".formatted(folder));
    }
    JsonNode root = Json.read(file, JsonNode.class);
    String name = root.path("_class_name").asString("");
    if (!name.equals(SD) && !name.equals(SDXL)) {
      throw new SemblanceException(
          "%s: \"_class_name\" is \"%s\", which is not supported (%s and %s are): use another model."
              .formatted(file, Printable.of(name), SD, SDXL));
    }
    var out =
        new ModelIndex(
            folder,
            name.equals(SDXL),
            root.path("force_zeros_for_empty_prompt").asBoolean(name.equals(SDXL)));
    out.check(root, file);
    return out;
  }

  private void check(JsonNode root, Path file) throws SemblanceException {
    var wanted = new TreeMap<String, String>();
    wanted.put("unet", "UNet2DConditionModel");
    wanted.put("vae", "AutoencoderKL");
    wanted.put("text_encoder", TEXT);
    wanted.put("tokenizer", "CLIPTokenizer");
    if (xl) {
      wanted.put("text_encoder_2", TEXT + "WithProjection");
      wanted.put("tokenizer_2", "CLIPTokenizer");
    }
    for (Map.Entry<String, String> part : wanted.entrySet()) {
      String found = root.path(part.getKey()).path(1).asString("");
      if (!found.equals(part.getValue()) && !found.equals(part.getValue() + "Fast")) {
        throw new SemblanceException(
            "%s: \"%s\" is \"%s\", which is not supported (%s is): use another model."
                .formatted(file, part.getKey(), Printable.of(found), part.getValue()));
      }
    }
  }
}
