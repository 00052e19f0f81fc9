package io.semblance.extract.onnx;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.Resampler;
import io.semblance.core.table.Compute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads and checks the JSON card of an ONNX model. Every complaint names the file, the field, its
/// value and what is allowed. The fields are those of [OnnxCard]; see `docs/models.md`.
public final class CardReader {

  private static final Set<String> FIELDS =
      new TreeSet<>(
          List.of(
              "id",
              "title",
              "description",
              "licence",
              "source",
              "input",
              "output",
              "dimension",
              "resize",
              "resize_mode",
              "filter",
              "crop",
              "crop_offset",
              "mean",
              "std",
              "pooling",
              "normalize",
              "compute"));
  private static final int MAX_SIDE = 8192;
  private static final int MAX_DIMENSION = 1 << 20;

  private final JsonNode json;
  private final String name;

  private CardReader(JsonNode json, String name) {
    this.json = json;
    this.name = name;
  }

  /// @param bytes the card's file
  /// @param name what to call it in messages
  /// @return the card
  /// @throws SemblanceException if it is not JSON, or a field is missing, unknown or out of range
  public static OnnxCard read(byte[] bytes, String name) throws SemblanceException {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(bytes);
    } catch (JacksonException e) {
      throw new SemblanceException(
          "%s is not JSON (%s): see docs/models.md for an example."
              .formatted(name, e.getOriginalMessage()),
          e);
    }
    return new CardReader(json, name).card();
  }

  private OnnxCard card() throws SemblanceException {
    if (!json.isObject()) {
      throw new SemblanceException(
          name + " is not a JSON object: see docs/models.md for an example.");
    }
    for (String field : json.propertyNames()) {
      if (!FIELDS.contains(field)) {
        throw new SemblanceException(
            "%s has an unknown field \"%s\": known are %s."
                .formatted(name, field, String.join(", ", FIELDS)));
      }
    }
    String id = text("id", null);
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw wrong(
          "id", "letters, digits, dots, dashes and underscores, up to 100, for a folder name");
    }
    int resize = integer("resize", 1, MAX_SIDE);
    int crop = integer("crop", 1, resize);
    return new OnnxCard(
        id,
        text("title", id),
        text("description", "A network supplied by the user."),
        text("licence", "unknown"),
        text("source", "supplied by the user"),
        text("input", null),
        text("output", null),
        integer("dimension", 1, MAX_DIMENSION),
        resize,
        choice("resize_mode", ResizeMode.class, ResizeMode.SHORTER),
        choice("filter", Resampler.Filter.class, null),
        crop,
        choice("crop_offset", CropOffset.class, CropOffset.EVEN),
        triple("mean", -10),
        triple("std", Double.MIN_NORMAL),
        choice("pooling", Pooling.class, Pooling.NONE),
        flag("normalize"),
        choice("compute", Compute.class, Compute.FP32));
  }

  private String text(String field, String otherwise) throws SemblanceException {
    JsonNode value = json.get(field);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    if (value == null || !value.isString() || value.stringValue().isBlank()) {
      throw wrong(field, "a text in quotes");
    }
    return value.stringValue();
  }

  private int integer(String field, int least, int most) throws SemblanceException {
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

  private boolean flag(String field) throws SemblanceException {
    JsonNode value = json.get(field);
    if (value != null && !value.isBoolean()) {
      throw wrong(field, "true or false");
    }
    return value != null && value.booleanValue();
  }

  private <E extends Enum<E>> E choice(String field, Class<E> type, E otherwise)
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

  private List<Double> triple(String field, double least) throws SemblanceException {
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

  private SemblanceException wrong(String field, String allowed) {
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
