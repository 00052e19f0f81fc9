package io.semblance.core;

/// Text out of a file, made fit for a sentence: a file may hold line ends, the control sequences of
/// terminals, or a million characters where a name should be.
public final class Printable {

  private static final int LONGEST = 120;

  private Printable() {}

  /// @param text from a file
  /// @return its first 120 characters, with question marks for those that cannot be printed
  public static String of(String text) {
    var out = new StringBuilder();
    text.codePoints().limit(LONGEST).map(c -> isPlain(c) ? c : '?').forEach(out::appendCodePoint);
    return text.codePointCount(0, text.length()) > LONGEST ? out + "..." : out.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
