package io.semblance.synth.network;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The `config.json` of a component, read key by key. A value that would make another network than
/// the one built here is refused by its name.
public final class ComponentConfig {

  private static final int LARGEST = 1 << 20;

  private final Path file;
  private final JsonNode root;
  private final Set<String> known = new HashSet<>();

  private ComponentConfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /// @param file a JSON object
  /// @return what it says
  /// @throws SemblanceException if it is missing or no JSON object
  public static ComponentConfig read(Path file) throws IOException {
    JsonNode root = Json.read(file, JsonNode.class);
    if (!root.isObject()) {
      throw new SemblanceException(file + " is no JSON object: copy the file again.");
    }
    return new ComponentConfig(file, root);
  }

  /// @return where it lies
  public Path file() {
    return file;
  }

  /// @param key of a value
  /// @return whether it is there and not null
  public boolean has(String key) {
    return !node(key).isMissingNode() && !node(key).isNull();
  }

  /// @param key of a value
  /// @param text it may be
  /// @return whether it is that text
  public boolean says(String key, String text) {
    return node(key).asString("").equals(text);
  }

  /// @param key of a whole number from 1
  /// @return the number
  /// @throws SemblanceException if it is missing or no such number
  public int integer(String key) throws SemblanceException {
    if (!has(key)) {
      throw new SemblanceException(
          "%s lacks \"%s\": copy the whole folder of the pipeline.".formatted(file, key));
    }
    return integer(key, 0);
  }

  /// @param key of a whole number from 0
  /// @param otherwise where there is none
  /// @return the number
  /// @throws SemblanceException if it is no such number
  public int integer(String key, int otherwise) throws SemblanceException {
    return has(key) ? integer(key, node(key)) : otherwise;
  }

  private int integer(String key, JsonNode node) throws SemblanceException {
    boolean whole = node.isIntegralNumber() && node.canConvertToInt();
    if (!whole || node.intValue() < 0 || node.intValue() > LARGEST) {
      throw unsupported(key, node, "a whole number from 0 to " + LARGEST);
    }
    return node.intValue();
  }

  /// @param key of a whole number, or of a list with one for each block
  /// @param count blocks
  /// @param otherwise for every block, where there is none
  /// @return one number a block, from 1
  /// @throws SemblanceException if it is something else
  public List<Integer> integers(String key, int count, int otherwise) throws SemblanceException {
    JsonNode node = node(key);
    var out = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      boolean list = node.isArray();
      if (list && node.size() != count) {
        throw unsupported(key, node, "%d numbers, one for each block".formatted(count));
      }
      int value = has(key) ? integer(key, list ? node.get(i) : node) : otherwise;
      if (value < 1) {
        throw unsupported(key, node, "numbers from 1");
      }
      out.add(value);
    }
    return List.copyOf(out);
  }

  /// @param key of a list
  /// @return its length
  /// @throws SemblanceException if there is none, or it is empty
  public int length(String key) throws SemblanceException {
    if (!node(key).isArray() || node(key).isEmpty()) {
      throw new SemblanceException(
          "%s lacks the list \"%s\": copy the whole folder of the pipeline.".formatted(file, key));
    }
    return node(key).size();
  }

  /// @param key of a number
  /// @param otherwise where there is none
  /// @return the number, finite
  /// @throws SemblanceException if it is no number
  public double real(String key, double otherwise) throws SemblanceException {
    if (!has(key)) {
      return otherwise;
    }
    double value = node(key).asDouble(Double.NaN);
    if (!node(key).isNumber() || !Double.isFinite(value)) {
      throw unsupported(key, node(key), "a number");
    }
    return value;
  }

  /// @param key of true or false
  /// @param otherwise where there is none
  /// @return the value
  /// @throws SemblanceException if it is neither
  public boolean flag(String key, boolean otherwise) throws SemblanceException {
    if (!has(key)) {
      return otherwise;
    }
    if (!node(key).isBoolean()) {
      throw unsupported(key, node(key), "true or false");
    }
    return node(key).booleanValue();
  }

  /// @param key of a text
  /// @param otherwise where there is none
  /// @param allowed what it may be
  /// @return the text
  /// @throws SemblanceException if it is something else
  public String choice(String key, String otherwise, String... allowed) throws SemblanceException {
    String value = has(key) ? node(key).asString("") : otherwise;
    if (value != null && !Arrays.asList(allowed).contains(value)) {
      throw unsupported(key, node(key), String.join(" or ", allowed));
    }
    return value;
  }

  /// @param key of a list of texts
  /// @param allowed what each may be
  /// @return the texts
  /// @throws SemblanceException if there is no list, or another text in it
  public List<String> choices(String key, String... allowed) throws SemblanceException {
    int count = length(key);
    var out = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      String value = node(key).get(i).asString("");
      if (!Arrays.asList(allowed).contains(value)) {
        throw unsupported(key, node(key).get(i), String.join(" or ", allowed));
      }
      out.add(value);
    }
    return List.copyOf(out);
  }

  /// Refuses values other than the one that is built: null and the default always pass.
  ///
  /// @param supported by key; null where only null passes
  /// @throws SemblanceException for the first that differs; the message names it
  public void only(Map<String, Object> supported) throws SemblanceException {
    for (Map.Entry<String, Object> one : supported.entrySet()) {
      JsonNode node = node(one.getKey());
      if (has(one.getKey()) && !same(node, one.getValue())) {
        throw unsupported(one.getKey(), node, String.valueOf(one.getValue()));
      }
    }
  }

  private static boolean same(JsonNode node, Object value) {
    return switch (value) {
      case null -> false;
      case Boolean b -> node.isBoolean() && node.booleanValue() == b;
      case Number n -> node.isNumber() && node.doubleValue() == n.doubleValue();
      case String s -> node.isString() && node.stringValue().equals(s);
      default -> false;
    };
  }

  /// Refuses keys that were not asked for: they may describe another network. Null and false are
  /// let pass, as are names with a leading underscore.
  ///
  /// @param ignored keys that say nothing of the network
  /// @throws SemblanceException for the first such key
  public void refuseOthers(String... ignored) throws SemblanceException {
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      boolean off = value.isNull() || value.isBoolean() && !value.booleanValue();
      if (!off
          && !key.startsWith("_")
          && !known.contains(key)
          && !Arrays.asList(ignored).contains(key)) {
        throw new SemblanceException(
            "%s: \"%s\" is %s, which is not known here: only the networks of Stable Diffusion 1.x, 2.x and XL are."
                .formatted(file, Printable.of(key), Printable.of(value.toString())));
      }
    }
  }

  private JsonNode node(String key) {
    known.add(key);
    return root.path(key);
  }

  /// @param key of a value
  /// @param node the value
  /// @param allowed what could be there
  private SemblanceException unsupported(String key, JsonNode node, String allowed) {
    return new SemblanceException(
        "%s: \"%s\" is %s, which is not supported (%s is): use another model."
            .formatted(
                file,
                key,
                node.isMissingNode() ? "missing" : Printable.of(node.toString()),
                allowed));
  }
}
