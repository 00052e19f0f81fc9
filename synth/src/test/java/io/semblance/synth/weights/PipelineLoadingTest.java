package io.semblance.synth.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberType;
import io.semblance.core.file.Json;
import io.semblance.synth.diffusion.EngineOptions;
import io.semblance.synth.diffusion.Pipeline;
import io.semblance.synth.network.UNet;
import io.semblance.synth.network.UNetConfig;
import io.semblance.synth.reference.Golden;
import io.semblance.synth.reference.TinyPipeline;
import io.semblance.synth.reference.TinyPipeline.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Folders as they come: sharded, half precision, old names; and folders that are refused, each by
/// the name of what is wrong.
class PipelineLoadingTest {

  private static final String UNET = "unet/diffusion_pytorch_model.safetensors";
  private static final String VAE = "vae/diffusion_pytorch_model.safetensors";
  private static final String TEXT = "text_encoder/model.safetensors";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    TinyPipeline.write("sd", folder);
  }

  private static Pipeline open(Path folder) throws IOException {
    return Pipeline.open(folder, EngineOptions.defaults());
  }

  private String refusal() {
    return assertThrows(SemblanceException.class, () -> open(folder).close()).getMessage();
  }

  private static void assertHas(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), () -> message + " lacks " + part);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd", "sdxl"})
  void everyTensorIsUsedOnce(String name, @TempDir Path other) throws IOException {
    TinyPipeline.write(name, other);
    try (Pipeline pipeline = open(other)) {
      Map<String, Numbers> written = TinyPipeline.tensors(name, UNET);
      assertEquals(written.keySet(), pipeline.unetParameters().names());
      assertEquals(
          written.values().stream().mapToLong(n -> n.values().length).sum(),
          pipeline.unetParameters().count());
      for (Map.Entry<String, Numbers> one : written.entrySet()) {
        assertArrayEquals(
            one.getValue().values(),
            Golden.floats(pipeline.unetParameters().get(one.getKey())),
            one.getKey());
      }
      assertEquals(TinyPipeline.tensors(name, VAE).keySet(), pipeline.vaeParameters().names());
    }
  }

  /// The networks of the published models, by their configurations; no weights are needed.
  @ParameterizedTest
  @CsvSource({
    "sd1, 686, 859520964, 32, 19169280",
    "sdxl, 1680, 2567463684, 140, 340787200",
  })
  void publishedNetworksHaveTheirSizes(
      String name, int tensors, long numbers, int keyTensors, long keyNumbers) {
    boolean xl = name.equals("sdxl");
    var blocks =
        xl
            ? List.of(
                new UNetConfig.Block(320, 5, 1, false, false),
                new UNetConfig.Block(640, 10, 2, true, true),
                new UNetConfig.Block(1280, 20, 10, true, true))
            : List.of(
                new UNetConfig.Block(320, 8, 1, true, true),
                new UNetConfig.Block(640, 8, 1, true, true),
                new UNetConfig.Block(1280, 8, 1, true, true),
                new UNetConfig.Block(1280, 8, 1, false, false));
    var added = xl ? new UNetConfig.Added(256, 2816) : null;
    var config = new UNetConfig(64, 4, 4, blocks, 2, xl ? 2048 : 768, xl, 32, 1e-5, true, 0, added);
    Map<String, long[]> shapes = new UNet(config).shapes();
    assertEquals(tensors, shapes.size());
    assertEquals(numbers, count(shapes, ""));
    assertEquals(
        keyTensors, shapes.keySet().stream().filter(n -> n.matches(".*attn2.to_[kv].*")).count());
    assertEquals(keyNumbers, count(shapes, "attn2.to_k") + count(shapes, "attn2.to_v"));
  }

  private static long count(Map<String, long[]> shapes, String part) {
    return shapes.entrySet().stream()
        .filter(e -> e.getKey().contains(part))
        .mapToLong(e -> Arrays.stream(e.getValue()).reduce(1, (a, b) -> a * b))
        .sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT16", "BFLOAT16"})
  void halfPrecisionIsWidened(NumberType type) throws IOException {
    Map<String, Numbers> tensors = TinyPipeline.tensors("sd", UNET);
    Files.delete(folder.resolve(UNET));
    Path half = folder.resolve(UNET.replace(".safetensors", ".fp16.safetensors"));
    TinyPipeline.writeWeights(half, tensors, type);
    try (Pipeline pipeline = open(folder)) {
      float[] values = tensors.get("conv_in.weight").values();
      float[] found = Golden.floats(pipeline.unetParameters().get("conv_in.weight"));
      for (int i = 0; i < values.length; i++) {
        float wanted =
            type == NumberType.FLOAT16
                ? Float.float16ToFloat(Float.floatToFloat16(values[i]))
                : Float.intBitsToFloat(Float.floatToRawIntBits(values[i]) & 0xFFFF0000);
        assertEquals(wanted, found[i]);
      }
    }
  }

  private void shard() throws IOException {
    Map<String, Numbers> tensors = TinyPipeline.tensors("sd", UNET);
    var parts = List.of(new LinkedHashMap<String, Numbers>(), new LinkedHashMap<String, Numbers>());
    var places = new LinkedHashMap<String, String>();
    int i = 0;
    for (Map.Entry<String, Numbers> one : tensors.entrySet()) {
      int part = i++ % 2;
      parts.get(part).put(one.getKey(), one.getValue());
      places.put(one.getKey(), shardName(part));
    }
    Files.delete(folder.resolve(UNET));
    for (int part = 0; part < 2; part++) {
      Path file = folder.resolve("unet").resolve(shardName(part));
      TinyPipeline.writeWeights(file, parts.get(part), NumberType.FLOAT32);
    }
    Json.write(
        Map.of("metadata", Map.of("total_size", 1), "weight_map", places),
        folder.resolve(UNET + ".index.json"));
  }

  private static String shardName(int part) {
    return "diffusion_pytorch_model-0000%d-of-00002.safetensors".formatted(part + 1);
  }

  @Test
  void shardsAreJoined() throws IOException {
    shard();
    try (Pipeline pipeline = open(folder)) {
      assertEquals(TinyPipeline.tensors("sd", UNET).keySet(), pipeline.unetParameters().names());
    }
    Files.delete(folder.resolve("unet").resolve(shardName(1)));
    assertHas(refusal(), shardName(1));
  }

  @Test
  void oldNamesOfAttentionAreKnown() throws IOException {
    var old = new LinkedHashMap<String, Numbers>();
    TinyPipeline.tensors("sd", VAE)
        .forEach(
            (name, numbers) -> {
              boolean attention = name.contains("mid_block.attentions.0.to_");
              boolean matrix = attention && numbers.shape().length == 2;
              long[] shape = numbers.shape();
              old.put(
                  attention
                      ? name.replace("to_q", "query")
                          .replace("to_k", "key")
                          .replace("to_v", "value")
                          .replace("to_out.0", "proj_attn")
                      : name,
                  matrix
                      ? new Numbers(new long[] {shape[0], shape[1], 1, 1}, numbers.values())
                      : numbers);
            });
    TinyPipeline.writeWeights(folder.resolve(VAE), old, NumberType.FLOAT32);
    try (Pipeline pipeline = open(folder)) {
      String name = "decoder.mid_block.attentions.0.to_out.0.weight";
      assertArrayEquals(
          TinyPipeline.tensors("sd", VAE).get(name).values(),
          Golden.floats(pipeline.vaeParameters().get(name)));
    }
  }

  @Test
  void bothPrefixesOfTextEncodersAreKnown() throws IOException {
    var prefixed = new LinkedHashMap<String, Numbers>();
    TinyPipeline.tensors("sd", TEXT).forEach((n, v) -> prefixed.put("text_model." + n, v));
    TinyPipeline.writeWeights(folder.resolve(TEXT), prefixed, NumberType.FLOAT32);
    try (Pipeline pipeline = open(folder)) {
      assertEquals(
          TinyPipeline.tensors("sd", TEXT).keySet(),
          pipeline.texts().getFirst().parameters().names());
    }
    prefixed.putAll(
        Map.of(
            "final_layer_norm.bias",
            TinyPipeline.tensors("sd", TEXT).get("final_layer_norm.bias")));
    TinyPipeline.writeWeights(folder.resolve(TEXT), prefixed, NumberType.FLOAT32);
    assertHas(refusal(), "text_model.final_layer_norm.bias", "one parameter");
  }

  private void rewrite(String file, java.util.function.Consumer<Map<String, Numbers>> change)
      throws IOException {
    Map<String, Numbers> tensors = TinyPipeline.tensors("sd", file);
    change.accept(tensors);
    TinyPipeline.writeWeights(folder.resolve(file), tensors, NumberType.FLOAT32);
  }

  @Test
  void missingRenamedExtraAndMisshapenTensorsAreNamed() throws IOException {
    rewrite(UNET, t -> t.remove("mid_block.resnets.0.conv1.bias"));
    assertHas(refusal(), "missing: mid_block.resnets.0.conv1.bias", "unet");
    rewrite(UNET, t -> t.put("conv_in.wait", t.remove("conv_in.weight")));
    assertHas(refusal(), "missing: conv_in.weight", "not known: conv_in.wait");
    rewrite(UNET, t -> t.put("lora.up", t.get("conv_in.bias")));
    assertHas(refusal(), "not known: lora.up");
    rewrite(UNET, t -> t.put("conv_in.bias", new Numbers(new long[] {4, 4}, new float[16])));
    assertHas(refusal(), "conv_in.bias", "4 x 4", "16");
  }

  @ParameterizedTest
  @ValueSource(strings = {UNET, VAE, TEXT})
  void truncatedFilesAreNamed(String file) throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve(file));
    for (int length : new int[] {0, 5, 200, whole.length / 2, whole.length - 1}) {
      Files.write(folder.resolve(file), Arrays.copyOf(whole, length));
      assertHas(refusal(), file);
    }
    Files.delete(folder.resolve(file));
    assertHas(refusal(), file.substring(0, file.indexOf('/')), "no weights");
  }

  @ParameterizedTest
  @CsvSource({
    "unet, act_fn, '\"gelu\"'",
    "unet, class_embed_type, '\"timestep\"'",
    "unet, down_block_types, '[\"AttnDownBlock2D\",\"DownBlock2D\",\"DownBlock2D\"]'",
    "unet, mid_block_type, '\"UNetMidBlock2D\"'",
    "unet, resnet_time_scale_shift, '\"scale_shift\"'",
    "unet, only_cross_attention, true",
    "unet, time_cond_proj_dim, 256",
    "unet, layers_per_block, '[1,2,2]'",
    "unet, addition_embed_type, '\"image\"'",
    "unet, norm_num_groups, 5",
    "unet, block_out_channels, '[]'",
    "unet, something_new, 7",
    "vae, shift_factor, 0.1",
    "vae, latents_mean, '[0,0,0,0]'",
    "vae, mid_block_add_attention, false",
    "vae, act_fn, '\"relu\"'",
    "text_encoder, hidden_act, '\"relu\"'",
    "text_encoder, model_type, '\"bert\"'",
    "scheduler, thresholding, true",
    "scheduler, beta_schedule, '\"squaredcos_cap_v2\"'",
    "scheduler, prediction_type, '\"sample\"'",
    "scheduler, rescale_betas_zero_snr, true",
    "scheduler, trained_betas, '[0.1]'",
    "scheduler, timestep_spacing, '\"random\"'",
  })
  void unsupportedValuesAreNamed(String part, String key, String value) throws IOException {
    String name = part.equals("scheduler") ? "scheduler_config.json" : "config.json";
    Path file = folder.resolve(part).resolve(name);
    var json = (ObjectNode) Json.read(file, JsonNode.class);
    json.set(key, JsonMapper.shared().readTree(value));
    Json.write(json, file);
    assertHas(refusal(), file.toString(), key.equals("norm_num_groups") ? "groups" : key);
  }

  @Test
  void foldersThatAreNoPipelinesAreRefused(@TempDir Path empty) throws IOException {
    assertHas(
        assertThrows(SemblanceException.class, () -> open(empty)).getMessage(), "model_index.json");
    assertThrows(SemblanceException.class, () -> open(empty.resolve("none")));
    Path index = folder.resolve("model_index.json");
    Files.writeString(
        index, Files.readString(index).replace("StableDiffusionPipeline", "FluxPipeline"));
    assertHas(refusal(), "FluxPipeline");
  }

  @Test
  void fp16IsForGpus() {
    assertThrows(
        IllegalArgumentException.class, () -> EngineOptions.defaults().withCompute(FloatType.FP16));
  }
}
