package io.semblance.extract.onnx;

import io.semblance.core.SemblanceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The fields of a card in JSON. Every complaint names the file, the field, its value and what is
/// allowed.
public abstract class CardFields {

  /// Longest vector a card may promise.
  protected static final int LONGEST = 1 << 20;

  private final JsonNode json;
  private final String name;

  /// @param bytes the card's file
  /// @param name what to call it in messages
  /// @param known names of the fields
  /// @throws SemblanceException if it is not JSON, no object, or has a field of another name
  protected CardFields(byte[] bytes, String name, Set<String> known) throws SemblanceException {
    this.json = json(bytes, name);
    this.name = name;
    if (!json.isObject()) {
      throw new SemblanceException(
          name + " is not a JSON object: see docs/models.md for an example.");
    }
    for (String field : json.propertyNames()) {
      if (!known.contains(field)) {
        throw new SemblanceException(
            "%s has an unknown field \"%s\": known are %s."
                .formatted(name, field, String.join(", ", known)));
      }
    }
  }

  private static JsonNode json(byte[] bytes, String name) throws SemblanceException {
    try {
      return JsonMapper.shared().readTree(bytes);
    } catch (JacksonException e) {
      throw new SemblanceException(
          "%s is not JSON (%s): see docs/models.md for an example."
              .formatted(name, e.getOriginalMessage()),
          e);
    }
  }

  /// @param bytes of a card
  /// @param field name of a field
  /// @return its text, or null if the bytes are no JSON object with such a text
  public static String peek(byte[] bytes, String field) {
    try {
      JsonNode value = JsonMapper.shared().readTree(bytes).get(field);
      return value != null && value.isString() ? value.stringValue() : null;
    } catch (JacksonException _) {
      return null;
    }
  }

  /// @return the field, or null
  protected final JsonNode value(String field) {
    return json.get(field);
  }

  /// @return the field `id`, fit for the name of a folder
  protected final String id() throws SemblanceException {
    return id("id");
  }

  /// @param field that holds the id of a model
  /// @return its value, fit for the name of a folder
  protected final String id(String field) throws SemblanceException {
    String id = text(field, null);
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw wrong(
          field, "letters, digits, dots, dashes and underscores, up to 100, for a folder name");
    }
    return id;
  }

  /// @return a text; `otherwise` where the field is absent, null to insist on it
  protected final String text(String field, String otherwise) throws SemblanceException {
    JsonNode value = json.get(field);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    if (value == null || !value.isString() || value.stringValue().isBlank()) {
      throw wrong(field, "a text in quotes");
    }
    return value.stringValue();
  }

  /// @return a whole number within bounds
  protected final int integer(String field, int least, int most) throws SemblanceException {
    JsonNode value = json.get(field);
    boolean fits =
        value != null
            && value.canConvertToInt()
            && value.isIntegralNumber()
            && value.intValue() >= least
            && value.intValue() <= most;
    if (!fits) {
      throw wrong(field, "a whole number from " + least + " to " + most);
    }
    return value.intValue();
  }

  /// @return true or false; false where the field is absent
  protected final boolean flag(String field) throws SemblanceException {
    JsonNode value = json.get(field);
    if (value != null && !value.isBoolean()) {
      throw wrong(field, "true or false");
    }
    return value != null && value.booleanValue();
  }

  /// @return one of the constants, written small; `otherwise` where the field is absent, null to
  ///   insist on it
  protected final <E extends Enum<E>> E choice(String field, Class<E> type, E otherwise)
      throws SemblanceException {
    JsonNode value = json.get(field);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    for (E constant : type.getEnumConstants()) {
      if (value != null && value.isString() && value.stringValue().equals(lower(constant))) {
        return constant;
      }
    }
    throw wrong(
        field,
        "one of "
            + String.join(
                ", ",
                Arrays.stream(type.getEnumConstants()).map(c -> "\"" + lower(c) + "\"").toList()));
  }

  final List<Double> triple(String field, double least) throws SemblanceException {
    JsonNode value = json.get(field);
    var out = new ArrayList<Double>();
    if (value != null && value.isArray()) {
      for (JsonNode element : value) {
        if (element.isNumber() && element.doubleValue() >= least && element.doubleValue() <= 10) {
          out.add(element.doubleValue());
        }
      }
    }
    if (out.size() != 3 || value.size() != 3) {
      String range = least > 0 ? "above 0, up to 10" : "from -10 to 10";
      throw wrong(field, "three numbers " + range + ", for red, green and blue scaled to 0..1");
    }
    return out;
  }

  /// @return the complaint that a field is missing or is not what is allowed
  protected final SemblanceException wrong(String field, String allowed) {
    JsonNode value = json.get(field);
    return new SemblanceException(
        value == null
            ? "%s lacks the field \"%s\": give %s (docs/models.md has an example)."
                .formatted(name, field, allowed)
            : "%s: \"%s\" is %s; give %s.".formatted(name, field, value, allowed));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
