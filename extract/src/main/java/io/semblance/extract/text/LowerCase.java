package io.semblance.extract.text;

import java.util.Locale;

/// Small letters as the libraries make them. Java's own rule looks for the ends of words, and so
/// differs at a sigma before a hyphen.
final class LowerCase {

  private static final String BETWEEN_LETTERS =
      "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

  private LowerCase() {}

  /// Letter by letter, as Rust's tokenizers do it: every sigma is one like any other.
  static String ofLetters(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.append(letter(c)));
    return out.toString();
  }

  /// As Python's `str.lower`: a sigma behind a letter and before none is a final one.
  static String ofText(String text) {
    int[] letters = text.codePoints().toArray();
    var out = new StringBuilder(text.length());
    for (int i = 0; i < letters.length; i++) {
      boolean last = letters[i] == 'Σ' && cased(letters, i, -1) && !cased(letters, i, 1);
      out.append(last ? "ς" : letter(letters[i]));
    }
    return out.toString();
  }

  private static String letter(int c) {
    return Character.toString(c).toLowerCase(Locale.ROOT);
  }

  // Whether the next character in a direction that case rules do not pass over has a case.
  private static boolean cased(int[] letters, int from, int step) {
    int i = from + step;
    while (i >= 0 && i < letters.length && ignorable(letters[i])) {
      i += step;
    }
    return i >= 0
        && i < letters.length
        && (Character.isLowerCase(letters[i])
            || Character.isUpperCase(letters[i])
            || Character.isTitleCase(letters[i]));
  }

  // Unicode's Case_Ignorable.
  private static boolean ignorable(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> BETWEEN_LETTERS.indexOf(c) >= 0;
    };
  }
}
