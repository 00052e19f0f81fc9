package io.semblance.synth.reference;

import io.semblance.core.array.NumberArray;
import io.semblance.core.array.NumberType;
import io.semblance.core.array.Safetensors;
import io.semblance.core.array.SafetensorsWriter;
import io.semblance.core.linalg.LinearAlgebra;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tiny pipelines of `tools/reference/diffusion_pipelines.py`: their files as diffusers saved
/// them, with weights made anew from their names.
public final class TinyPipeline {

  private static final List<String> PARTS =
      List.of(
          "model_index.json",
          "scheduler/scheduler_config.json",
          "text_encoder/config.json",
          "text_encoder_2/config.json",
          "tokenizer/tokenizer.json",
          "tokenizer/tokenizer_config.json",
          "tokenizer_2/tokenizer.json",
          "tokenizer_2/tokenizer_config.json",
          "unet/config.json",
          "vae/config.json");

  private TinyPipeline() {}

  /// @param name `sd` or `sdxl`
  /// @param folder to write the pipeline to
  /// @return the folder
  public static Path write(String name, Path folder) throws IOException {
    LinearAlgebra.threads(1); // with more, tiny networks only wait for each other's threads
    for (String part : PARTS) {
      try (InputStream in = TinyPipeline.class.getResourceAsStream(name + "/" + part)) {
        if (in != null) {
          Path target = folder.resolve(part);
          Files.createDirectories(target.getParent());
          Files.write(target, in.readAllBytes());
        }
      }
    }
    for (String file : shapes(name).propertyNames()) {
      writeWeights(folder.resolve(file), tensors(name, file), NumberType.FLOAT32);
    }
    return folder;
  }

  /// @param name of the pipeline
  /// @param file of weights inside it
  /// @return numbers by name
  public static Map<String, Numbers> tensors(String name, String file) {
    var out = new LinkedHashMap<String, Numbers>();
    String component = file.substring(0, file.indexOf('/'));
    for (Map.Entry<String, JsonNode> entry : shapes(name).path(file).properties()) {
      long[] shape = new long[entry.getValue().size()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = entry.getValue().get(i).asLong();
      }
      String seed = component + "/" + entry.getKey().replaceFirst("^text_model\\.", "");
      out.put(entry.getKey(), new Numbers(shape, SeededWeights.of(seed, shape)));
    }
    return out;
  }

  /// A tensor.
  ///
  /// @param shape sizes of axes
  /// @param values row-major
  @SuppressWarnings("ArrayRecordComponent") // handed over once
  public record Numbers(long[] shape, float[] values) {}

  /// @param type float32, float16 or bfloat16
  public static void writeWeights(Path file, Map<String, Numbers> tensors, NumberType type)
      throws IOException {
    var arrays = new LinkedHashMap<String, NumberArray>();
    tensors.forEach((name, numbers) -> arrays.put(name, array(numbers, type)));
    SafetensorsWriter.write(file, Map.of("format", "pt"), arrays);
  }

  private static NumberArray array(Numbers numbers, NumberType type) {
    var bytes =
        ByteBuffer.allocate(numbers.values().length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : numbers.values()) {
      switch (type) {
        case FLOAT32 -> bytes.putFloat(v);
        case FLOAT16 -> bytes.putShort(Float.floatToFloat16(v));
        case BFLOAT16 -> bytes.putShort((short) (Float.floatToRawIntBits(v) >>> 16));
        default -> throw new IllegalArgumentException(type.toString());
      }
    }
    return NumberArray.rowMajor(
        type, ByteOrder.LITTLE_ENDIAN, numbers.shape(), MemorySegment.ofArray(bytes.array()));
  }

  /// @param name of the pipeline
  /// @return files of weights, and in each the shapes of its tensors by name
  public static JsonNode shapes(String name) {
    return json(name + "/shapes.json");
  }

  /// @param path of a resource
  /// @return what is in it
  public static JsonNode json(String path) {
    try (InputStream in = TinyPipeline.class.getResourceAsStream(path)) {
      return JsonMapper.shared().readTree(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param name of the pipeline
  /// @return what diffusers computed; close it
  public static Safetensors golden(String name) throws IOException {
    Path copy = Files.createTempFile("golden-", ".safetensors");
    copy.toFile().deleteOnExit();
    try (InputStream in = TinyPipeline.class.getResourceAsStream(name + "/golden.safetensors")) {
      Files.write(copy, in.readAllBytes());
    }
    return Safetensors.open(copy);
  }
}
