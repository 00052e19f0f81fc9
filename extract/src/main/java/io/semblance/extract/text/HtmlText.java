package io.semblance.extract.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Character references of HTML 5 (`&amp;`, `&#233;`) turned into characters, as Python's
/// `html.unescape` and ftfy do it.
final class HtmlText {

  private static final Pattern ANY =
      Pattern.compile("&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)");
  private static final Pattern CLEAR = Pattern.compile("&#?[0-9A-Za-z]{1,24};");
  private static final int LAST = Character.MAX_CODE_POINT;

  private HtmlText() {}

  private static final class Names {
    // read when first needed
    private static final Map<String, String> ALL = read();
    private static final Map<String, String> CLEAR = clear();

    private static Map<String, String> read() {
      var out = new HashMap<String, String>();
      try (InputStream in = HtmlText.class.getResourceAsStream("html-entities.txt")) {
        if (in == null) {
          throw new IllegalStateException("the program was built without html-entities.txt");
        }
        for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
          String[] words = line.split(" ");
          var text = new StringBuilder();
          for (int i = 1; i < words.length; i++) {
            text.appendCodePoint(Integer.parseInt(words[i], 16));
          }
          out.put(words[0], text.toString());
        }
        return out;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Names that end in a semicolon, and in capitals where that is no other name.
    private static Map<String, String> clear() {
      var out = new HashMap<String, String>();
      ALL.forEach(
          (name, text) -> {
            if (name.endsWith(";")) {
              out.put("&" + name, text);
              String capitals = "&" + name.toUpperCase(Locale.ROOT);
              boolean small = name.equals(name.toLowerCase(Locale.ROOT));
              if (small && unescape(capitals).equals(capitals)) {
                out.put(capitals, text.toUpperCase(Locale.ROOT));
              }
            }
          });
      return out;
    }
  }

  /// Every reference, also one without its semicolon where HTML allows that.
  static String unescape(String text) {
    return text.indexOf('&') < 0
        ? text
        : ANY.matcher(text).replaceAll(m -> Matcher.quoteReplacement(any(m)));
  }

  /// References that are beyond doubt: whole names and numbers, with their semicolon.
  static String unescapeClear(String text) {
    return text.indexOf('&') < 0
        ? text
        : CLEAR.matcher(text).replaceAll(m -> Matcher.quoteReplacement(clear(m.group())));
  }

  private static String clear(String reference) {
    String known = Names.CLEAR.get(reference);
    if (known != null || !reference.startsWith("&#")) {
      return known == null ? reference : known;
    }
    String out = unescape(reference);
    return out.indexOf(';') >= 0 ? reference : out;
  }

  private static String any(MatchResult match) {
    String name = match.group(1);
    if (name.charAt(0) == '#') {
      String digits = name.endsWith(";") ? name.substring(1, name.length() - 1) : name.substring(1);
      boolean hex = digits.charAt(0) == 'x' || digits.charAt(0) == 'X';
      var number = hex ? new BigInteger(digits.substring(1), 16) : new BigInteger(digits);
      return number.bitLength() > 31 ? "\uFFFD" : character(number.intValueExact());
    }
    for (int end = name.length(); end > 1; end--) {
      String known = Names.ALL.get(name.substring(0, end));
      if (known != null) {
        return known + name.substring(end);
      }
    }
    return match.group();
  }

  private static String character(int c) {
    if (c == 0 || c > LAST || c >= 0xD800 && c <= 0xDFFF) {
      return "\uFFFD";
    }
    if (c == '\r') {
      return "\r";
    }
    if (c >= 0x80 && c <= 0x9F) {
      return Character.toString(TextRepair.windows(c));
    }
    boolean control = c < 0x20 && c != '\t' && c != '\n' && c != '\f' || c == 0x7F;
    boolean none = c >= 0xFDD0 && c <= 0xFDEF || (c & 0xFFFE) == 0xFFFE;
    return control || none ? "" : Character.toString(c);
  }
}
