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

  /// A sentence with names in it, which may hold line ends and the control sequences of terminals.
  ///
  /// @param sentence any text
  /// @return the same on one line, with question marks for control characters
  public static String oneLine(String sentence) {
    return sentence.codePoints().anyMatch(Printable::breaksLine)
        ? sentence
            .codePoints()
            .map(c -> breaksLine(c) ? '?' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
        : sentence;
  }

  private static boolean breaksLine(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
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
