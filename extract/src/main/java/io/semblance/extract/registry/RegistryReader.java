package io.semblance.extract.registry;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Json;
import io.semblance.core.table.Provenance;
import io.semblance.extract.ModelCard;
import io.semblance.extract.onnx.CardReader;
import io.semblance.extract.onnx.OnnxCard;
import io.semblance.extract.text.TextCard;
import io.semblance.extract.text.TextCardReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a card of the registry. Its `model` is a card as it lies beside an `.onnx` file, see
/// [CardReader]; a model whose preprocessing cannot be established has `known` in its place.
final class RegistryReader {

  private final String id;
  private final JsonNode json;

  private RegistryReader(String id, JsonNode json) {
    this.id = id;
    this.json = json;
  }

  /// @param id the card's file without `.json`
  /// @param bytes of that file
  /// @throws IllegalStateException if it is wrong: it is part of the program
  static RegistryCard read(String id, byte[] bytes) {
    var reader = new RegistryReader(id, JsonMapper.shared().readTree(bytes));
    return reader.card();
  }

  private RegistryCard card() {
    JsonNode model = json.get("model");
    Optional<OnnxCard> onnx = model == null ? Optional.empty() : Optional.of(onnx(model));
    return new RegistryCard(
        onnx.map(this::known).orElseGet(this::unknown),
        onnx,
        model == null ? null : Json.of(model),
        text(json, "family"),
        paper(text(json, "paper")),
        new RegistryCard.Terms(flag("gated"), flag("non_commercial")),
        text(json, "precision"),
        weights(json),
        text(),
        texts(json, "notes"));
  }

  private OnnxCard onnx(JsonNode model) {
    try {
      byte[] bytes = model.toString().getBytes(StandardCharsets.UTF_8);
      OnnxCard card = CardReader.read(bytes, "the registry's " + id + ".json");
      require(card.id().equals(id), "its model is called " + card.id());
      return card;
    } catch (SemblanceException e) {
      throw new IllegalStateException(e);
    }
  }

  private ModelCard known(OnnxCard card) {
    ModelCard plain = card.modelCard(null);
    return new ModelCard(
        id,
        texts(json, "aliases"),
        plain.kind(),
        plain.title(),
        plain.description(),
        plain.dimension(),
        null,
        plain.licence(),
        plain.source(),
        plain.preprocessing(),
        plain.normalized());
  }

  private ModelCard unknown() {
    JsonNode known = json.get("known");
    return new ModelCard(
        id,
        texts(json, "aliases"),
        Provenance.Kind.NEURAL,
        text(known, "title"),
        text(known, "description"),
        known.path("dimension").asInt(0),
        null,
        text(known, "licence"),
        text(known, "source"),
        "not established; the card beside your graph says it",
        false);
  }

  private Optional<TextHalf> text() {
    JsonNode half = json.get("text");
    if (half == null) {
      return Optional.empty();
    }
    JsonNode model = half.get("model");
    Optional<TextCard> card = model == null ? Optional.empty() : Optional.of(textCard(model));
    return Optional.of(new TextHalf(card, model == null ? null : Json.of(model), weights(half)));
  }

  private TextCard textCard(JsonNode model) {
    try {
      byte[] bytes = model.toString().getBytes(StandardCharsets.UTF_8);
      TextCard card = TextCardReader.read(bytes, "the registry's " + id + ".json");
      require(card.id().equals(TextHalf.id(id)), "its text tower is called " + card.id());
      require(id.equals(card.space()), "its text tower is in the space " + card.space());
      return card;
    } catch (SemblanceException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Weights> weights(JsonNode of) {
    var out = new ArrayList<Weights>();
    for (JsonNode entry : of.path("weights")) {
      out.add(
          switch (text(entry, "kind")) {
            case "hub" ->
                new Weights.Hub(text(entry, "repository"), text(entry, "revision"), files(entry));
            case "export" ->
                new Weights.Export(
                    text(entry, "spec"), texts(entry, "options"), texts(entry, "files"));
            case "own" -> new Weights.Own(text(entry, "how"), texts(entry, "files"));
            default -> throw new IllegalStateException(id + ": unknown kind of weights");
          });
    }
    require(!out.isEmpty(), "it has no weights");
    return out;
  }

  private List<Weights.HubFile> files(JsonNode entry) {
    var out = new ArrayList<Weights.HubFile>();
    for (JsonNode file : entry.path("files")) {
      JsonNode hash = file.get("sha256");
      out.add(
          new Weights.HubFile(
              text(file, "path"),
              text(file, "name"),
              file.path("bytes").asLong(-1),
              hash == null ? null : hash.stringValue()));
    }
    require(!out.isEmpty() && out.getFirst().name().equals("model.onnx"), "it lacks model.onnx");
    return out;
  }

  private Paper paper(String key) {
    for (Paper paper : Paper.values()) {
      if (paper.key().equals(key)) {
        return paper;
      }
    }
    throw new IllegalStateException(id + ": unknown paper " + key);
  }

  private boolean flag(String name) {
    return json.path(name).asBoolean(false);
  }

  private String text(JsonNode node, String name) {
    JsonNode value = node == null ? null : node.get(name);
    require(value != null && value.isString() && !value.stringValue().isBlank(), "no " + name);
    return value.stringValue();
  }

  private static List<String> texts(JsonNode node, String name) {
    var out = new ArrayList<String>();
    node.path(name).forEach(value -> out.add(value.stringValue()));
    return out;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException("the registry's %s.json: %s".formatted(id, otherwise));
    }
  }
}
