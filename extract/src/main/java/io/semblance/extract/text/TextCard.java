package io.semblance.extract.text;

import io.semblance.core.table.Provenance;
import io.semblance.extract.ModelCard;
import io.semblance.extract.onnx.Pooling;
import java.util.List;
import java.util.Locale;

/// How to feed the graph of a text tower and what its vectors are: the content of a `.json` with
/// `"modality": "text"` beside an `.onnx`.
///
/// @param id stable name of the model
/// @param title a few words
/// @param description what the vector says
/// @param licence of the weights
/// @param source where they come from
/// @param space id of the image model whose vectors these can be compared with, or null for none
/// @param tokenizer a folder with `vocab.json` and `merges.txt`, or a `tokenizer.json`; beside the
///   card unless the path is absolute
/// @param contextLength t, the number of ids the graph takes of every text
/// @param cleaning what comes before the tokenizer's own rules
/// @param padding what follows a text
/// @param input name of the graph's input of ids, int64 or int32, `n x t`
/// @param attentionMask name of the input that is 1 at ids and 0 at padding; null for
///   `attention_mask` where the graph has it
/// @param positionIds name of the input that counts ids from 0; null for `position_ids` where the
///   graph has it
/// @param output name of the graph's output
/// @param dimension d
/// @param pooling from the graph's output to one vector a text
/// @param normalize whether vectors are scaled to Euclidean norm 1
public record TextCard(
    String id,
    String title,
    String description,
    String licence,
    String source,
    String space,
    String tokenizer,
    int contextLength,
    TextCleaning cleaning,
    Padding padding,
    String input,
    String attentionMask,
    String positionIds,
    String output,
    int dimension,
    Pooling pooling,
    boolean normalize) {

  /// @return whether the tokenizer is a `tokenizer.json` rather than a folder of CLIP's
  boolean tokenizerIsJson() {
    return tokenizer.endsWith(".json");
  }

  /// @return what can be said of the tokenizer without reading it
  public String tokenizerText() {
    return tokenizerIsJson()
        ? "tokenizer " + tokenizer
        : "tokenizer " + String.join(" and ", ClipVocabulary.FILES.subList(0, 2));
  }

  /// @param weightsSha256 hash of the graph with its weights
  /// @param tokenizerText what [Tokenizer#describe] says
  /// @return the card of the extractor
  public ModelCard modelCard(String weightsSha256, String tokenizerText) {
    return new ModelCard(
        id,
        List.of(),
        Provenance.Kind.NEURAL,
        title,
        description,
        dimension,
        weightsSha256,
        licence,
        source,
        preprocessing(tokenizerText),
        normalize);
  }

  /// @return from text to vector in one line
  private String preprocessing(String tokenizerText) {
    return "text, cleaning %s; %s; %d tokens, padding %s; output %s, pooling %s%s%s"
        .formatted(
            cleaning.name().toLowerCase(Locale.ROOT),
            tokenizerText,
            contextLength,
            padding,
            output,
            pooling.name().toLowerCase(Locale.ROOT),
            normalize ? ", L2-normalised" : "",
            space == null ? "" : "; in the space of " + space);
  }
}
