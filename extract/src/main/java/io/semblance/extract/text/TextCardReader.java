package io.semblance.extract.text;

import io.semblance.core.SemblanceException;
import io.semblance.extract.onnx.CardFields;
import io.semblance.extract.onnx.Pooling;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Reads and checks the JSON card of a text tower. The fields are those of [TextCard]; see
/// `docs/models.md`.
public final class TextCardReader extends CardFields {

  private static final String TEXT = "text";
  private static final int LONGEST_CONTEXT = 1 << 16;
  private static final Set<String> FIELDS =
      new TreeSet<>(
          List.of(
              "modality",
              "id",
              "title",
              "description",
              "licence",
              "source",
              "space",
              "tokenizer",
              "context_length",
              "cleaning",
              "padding",
              "input",
              "attention_mask",
              "position_ids",
              "output",
              "dimension",
              "pooling",
              "normalize"));

  private TextCardReader(byte[] bytes, String name) throws SemblanceException {
    super(bytes, name, FIELDS);
  }

  /// @param bytes of a card
  /// @return whether it is one of a text tower; false, too, where it is no card at all
  public static boolean isText(byte[] bytes) {
    return TEXT.equals(peek(bytes, "modality"));
  }

  /// @param bytes the card's file
  /// @param name what to call it in messages
  /// @return the card
  /// @throws SemblanceException if it is not JSON, or a field is missing, unknown or out of range
  public static TextCard read(byte[] bytes, String name) throws SemblanceException {
    return new TextCardReader(bytes, name).card();
  }

  private TextCard card() throws SemblanceException {
    if (!TEXT.equals(text("modality", null))) {
      throw wrong("modality", "\"text\", or leave it out for a network of images");
    }
    String id = id();
    var card =
        new TextCard(
            id,
            text("title", id),
            text("description", "A text tower supplied by the user."),
            text("licence", "unknown"),
            text("source", "supplied by the user"),
            value("space") == null ? null : id("space"),
            text("tokenizer", null),
            integer("context_length", 3, LONGEST_CONTEXT),
            choice("cleaning", TextCleaning.class, TextCleaning.NONE),
            padding(),
            text("input", null),
            optional("attention_mask"),
            optional("position_ids"),
            text("output", null),
            integer("dimension", 1, LONGEST),
            choice("pooling", Pooling.class, Pooling.NONE),
            flag("normalize"));
    if (card.tokenizerIsJson() && card.padding().equals(Padding.EOS)) {
      throw wrong(
          "padding", "\"zero\" or the id of a token, as a tokenizer.json does not name its end");
    }
    return card;
  }

  private String optional(String field) throws SemblanceException {
    return value(field) == null ? null : text(field, null);
  }

  private Padding padding() throws SemblanceException {
    JsonNode value = value("padding");
    if (value != null && value.isString() && value.stringValue().equals("eos")) {
      return Padding.EOS;
    }
    if (value != null && value.isString() && value.stringValue().equals("zero")) {
      return Padding.ZERO;
    }
    boolean number = value != null && value.isIntegralNumber() && value.canConvertToInt();
    if (!number || value.intValue() < 0) {
      throw wrong("padding", "\"eos\", \"zero\" or the id of a token");
    }
    return new Padding(value.intValue());
  }
}
