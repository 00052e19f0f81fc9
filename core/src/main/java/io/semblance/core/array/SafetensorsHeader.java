package io.semblance.core.array;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The JSON at the head of a `.safetensors` file.
///
/// @param metadata texts by name
/// @param tensors in the order they are named
record SafetensorsHeader(Map<String, String> metadata, List<Tensor> tensors) {

  private static final String METADATA = "__metadata__";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// One tensor.
  ///
  /// @param name unique
  /// @param type of its elements
  /// @param shape sizes of the axes
  /// @param from first byte behind the header
  /// @param to first byte after it
  record Tensor(String name, NumberType type, long[] shape, long from, long to) {}

  static SafetensorsHeader parse(byte[] json, Path path) throws SemblanceException {
    // A tree of nodes takes up to some twenty times its text; better a sentence than no memory.
    if (json.length > 1 << 22 && 20L * json.length > Runtime.getRuntime().maxMemory() / 2) {
      throw new SemblanceException(
          "%s has a header of %d bytes, too much for this heap: set SEMBLANCE_JAVA_OPTIONS=-Xmx8g (or more)."
              .formatted(path, json.length));
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new SemblanceException(
          "%s has an unreadable header (%s): it is no safetensors file, or damaged; write it again."
              .formatted(path, Printable.of(e.getOriginalMessage())),
          e);
    }
    if (json[0] != '{' || !root.isObject()) {
      throw new SemblanceException(
          path + " has no JSON object for a header: it is no safetensors file; write it again.");
    }
    var metadata = new LinkedHashMap<String, String>();
    var tensors = new ArrayList<Tensor>();
    for (Map.Entry<String, JsonNode> member : root.properties()) {
      if (member.getKey().equals(METADATA)) {
        for (Map.Entry<String, JsonNode> text : member.getValue().properties()) {
          metadata.put(text.getKey(), text.getValue().asString(""));
        }
      } else {
        tensors.add(tensor(member.getKey(), member.getValue(), path));
      }
    }
    return new SafetensorsHeader(metadata, tensors);
  }

  private static Tensor tensor(String name, JsonNode node, Path path) throws SemblanceException {
    JsonNode type = node.path("dtype");
    JsonNode shape = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!type.isString() || !isSizes(shape) || !isSizes(offsets) || offsets.size() != 2) {
      throw new SemblanceException(
          "%s: tensor '%s' lacks a dtype, a shape or its data_offsets: the file is damaged; write it again."
              .formatted(path, Printable.of(name)));
    }
    NumberType known =
        NumberType.ofSafetensors(type.stringValue())
            .orElseThrow(
                () ->
                    new SemblanceException(
                        "%s: tensor '%s' holds numbers of type '%s', which are not read: save it as float32."
                            .formatted(
                                path, Printable.of(name), Printable.of(type.stringValue()))));
    long[] sizes = new long[shape.size()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = shape.get(axis).longValue();
    }
    return new Tensor(name, known, sizes, offsets.get(0).longValue(), offsets.get(1).longValue());
  }

  private static boolean isSizes(JsonNode node) {
    if (!node.isArray()) {
      return false;
    }
    for (JsonNode size : node) {
      if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
        return false;
      }
    }
    return true;
  }

  /// @return the header as bytes, its length in front, padded with spaces to a multiple of eight
  byte[] toBytes() {
    ObjectNode root = MAPPER.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = root.putObject(METADATA);
      metadata.forEach(texts::put);
    }
    for (Tensor t : tensors) {
      ObjectNode node = root.putObject(t.name());
      node.put("dtype", t.type().safetensors());
      var shape = node.putArray("shape");
      for (long size : t.shape()) {
        shape.add(size);
      }
      node.putArray("data_offsets").add(t.from()).add(t.to());
    }
    byte[] json = MAPPER.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    byte[] out = new byte[8 + padded];
    java.util.Arrays.fill(out, (byte) ' ');
    java.nio.ByteBuffer.wrap(out).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(0, padded);
    System.arraycopy(json, 0, out, 8, json.length);
    return out;
  }
}
