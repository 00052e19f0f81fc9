package io.semblance.core.exchange;

import io.semblance.core.collection.FileNamePattern;

/// What a file does not say of the table in it. Each may be null.
///
/// @param model the model's name; the file's name if null
/// @param pattern where labels are in the ids; no labels if null
/// @param tensor which tensor of a file that holds several, e.g. `synth_tensors.gpt`
/// @param ids where the ids are: a text file with one a line, or the place of a list of texts in
///   the same file, e.g. `synth_paths.gpt`
/// @param part which vectors of a clip-retrieval folder, [#IMAGES] or [#TEXT]
public record TableReadOptions(
    String model, FileNamePattern pattern, String tensor, String ids, String part) {

  /// Vectors of images, `img_emb`.
  public static final String IMAGES = "image";

  /// Vectors of captions, `text_emb`.
  public static final String TEXT = "text";

  /// @return nothing said
  public static TableReadOptions defaults() {
    return new TableReadOptions(null, null, null, null, null);
  }

  /// @param name the model's name
  /// @return these with another model
  public TableReadOptions withModel(String name) {
    return new TableReadOptions(name, pattern, tensor, ids, part);
  }

  /// @param place where labels are in the ids
  /// @return these with another pattern
  public TableReadOptions withPattern(FileNamePattern place) {
    return new TableReadOptions(model, place, tensor, ids, part);
  }

  /// @param name which tensor
  /// @return these with another tensor
  public TableReadOptions withTensor(String name) {
    return new TableReadOptions(model, pattern, name, ids, part);
  }

  /// @param place a file or a place in the source
  /// @return these with other ids
  public TableReadOptions withIds(String place) {
    return new TableReadOptions(model, pattern, tensor, place, part);
  }

  /// @param name [#IMAGES] or [#TEXT]
  /// @return these with another part
  public TableReadOptions withPart(String name) {
    return new TableReadOptions(model, pattern, tensor, ids, name);
  }
}
