package io.semblance.extract.text;

import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;

/// What open_clip does to a text before anything else: `ftfy.fix_text` (ftfy 6.3), `html.unescape`
/// twice, and no white space around.
///
/// Of ftfy all is here but one: text that was once decoded in the wrong encoding ("cafÃ©") is left
/// as it is, where ftfy guesses what it was.
final class TextRepair {

  /// A character that Python calls white space.
  static final String SPACE = "[\\p{IsWhite_Space}\\x1C-\\x1F]";

  private static final Pattern LINE = Pattern.compile("[^\n]*\n|[^\n]+");
  private static final Pattern AROUND = Pattern.compile("\\A" + SPACE + "+|" + SPACE + "+\\z");
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\r\u2028\u2029\u0085]");
  private static final Pattern ESCAPE = Pattern.compile("\u001B\\[[\\p{Nd};]*[a-zA-Z]");
  private static final Pattern CONTROL =
      Pattern.compile("[\\x00-\\x08\\x0B\\x0E-\\x1F\\x7F\\u206A-\\u206F\\uFEFF\\uFFF9-\\uFFFC]");
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Map<Integer, String> LIGATURES =
      Map.ofEntries(
          Map.entry(0x0132, "IJ"),
          Map.entry(0x0133, "ij"),
          Map.entry(0x0149, "\u02BCn"),
          Map.entry(0x01F1, "DZ"),
          Map.entry(0x01F2, "Dz"),
          Map.entry(0x01F3, "dz"),
          Map.entry(0x01C4, "D\u017D"),
          Map.entry(0x01C5, "D\u017E"),
          Map.entry(0x01C6, "d\u017E"),
          Map.entry(0x01C7, "LJ"),
          Map.entry(0x01C8, "Lj"),
          Map.entry(0x01C9, "lj"),
          Map.entry(0x01CA, "NJ"),
          Map.entry(0x01CB, "Nj"),
          Map.entry(0x01CC, "nj"),
          Map.entry(0xFB00, "ff"),
          Map.entry(0xFB01, "fi"),
          Map.entry(0xFB02, "fl"),
          Map.entry(0xFB03, "ffi"),
          Map.entry(0xFB04, "ffl"),
          Map.entry(0xFB05, "\u017Ft"),
          Map.entry(0xFB06, "st"));

  private TextRepair() {}

  static String repair(String text) {
    var out = new StringBuilder(text.length());
    boolean unescape = true;
    for (var lines = LINE.matcher(text); lines.find(); ) {
      // a tag says that what looks like an entity is one, here and in all lines below
      unescape &= lines.group().indexOf('<') < 0;
      out.append(line(lines.group(), unescape));
    }
    String plain = HtmlText.unescape(HtmlText.unescape(out.toString()));
    return AROUND.matcher(plain).replaceAll("");
  }

  private static String line(String line, boolean unescape) {
    String before = line;
    while (true) {
      boolean entities = unescape && before.indexOf('<') < 0;
      String after = once(entities ? HtmlText.unescapeClear(before) : before);
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
  }

  private static String once(String line) {
    var out = new StringBuilder(line.length());
    line.codePoints().forEach(c -> append(out, c));
    String text = LINE_BREAK.matcher(out).replaceAll("\n");
    text = ESCAPE.matcher(text).replaceAll("");
    text = CONTROL.matcher(text).replaceAll("");
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static void append(StringBuilder out, int c) {
    if (c < 0x80) {
      out.append((char) c);
    } else if (c <= 0x9F) {
      append(out, windows(c), c);
    } else if (LIGATURES.containsKey(c)) {
      // of "\u02BCn" the first is a curled quote
      out.append(straight(LIGATURES.get(c)));
    } else if (c == 0x3000) {
      out.append(' ');
    } else if (c >= 0xFF01 && c < 0xFFF0) {
      out.append(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC));
    } else if (c >= 0xD800 && c <= 0xDFFF) {
      out.append('\uFFFD');
    } else {
      out.append(straight(Character.toString(c)));
    }
  }

  private static void append(StringBuilder out, int now, int before) {
    if (now == before) {
      out.appendCodePoint(now);
    } else {
      append(out, now);
    }
  }

  /// What Windows-1252 has in the place of a control character; that one where it has none.
  static int windows(int c) {
    String text = new String(new byte[] {(byte) c}, WINDOWS);
    return text.charAt(0) == '\uFFFD' ? c : text.charAt(0);
  }

  private static String straight(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean one = c == '\u02BC' || c >= '\u2018' && c <= '\u201B';
      boolean two = c >= '\u201C' && c <= '\u201F';
      out.append(one ? '\'' : two ? '"' : c);
    }
    return out.toString();
  }
}
