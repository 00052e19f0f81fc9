package io.semblance.extract.text;

/// What happens to a text before a tokenizer's own rules.
public enum TextCleaning {
  /// Nothing: transformers, whose tokenizers have all rules themselves.
  NONE,
  /// Small letters, each by itself, where a `tokenizer.json` lacks that rule of its model.
  LOWERCASE,
  /// open_clip's `lower`: repaired, white space joined, small letters.
  OPEN_CLIP,
  /// open_clip's `whitespace`: repaired, white space joined.
  OPEN_CLIP_WHITESPACE,
  /// open_clip's `canonicalize`: repaired, small letters, no ASCII punctuation, white space joined.
  OPEN_CLIP_CANONICALIZE;

  /// @param text any
  /// @return the text cleaned
  public String clean(String text) {
    return switch (this) {
      case NONE -> text;
      case LOWERCASE -> LowerCase.ofLetters(text);
      case OPEN_CLIP -> LowerCase.ofText(joined(TextRepair.repair(text)));
      case OPEN_CLIP_WHITESPACE -> joined(TextRepair.repair(text));
      case OPEN_CLIP_CANONICALIZE -> canonical(TextRepair.repair(text));
    };
  }

  private static String canonical(String text) {
    String plain = text.replace('_', ' ').replaceAll("[!-/:-@\\[-`{-~]", "");
    return joined(LowerCase.ofText(plain));
  }

  /// White space as Python's `str.split` sees it, each run of it one space, none around.
  private static String joined(String text) {
    return text.replaceAll(TextRepair.SPACE + "+", " ").strip();
  }
}
