package io.semblance.core.collection;

import io.semblance.core.image.ImageReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;

/// Names of image files: which are images, how they are written, how they are ordered.
final class ImageNames {

  private static final char REPLACEMENT = '\uFFFD';

  private ImageNames() {}

  /// @param name of a file, without folders
  /// @return whether it ends as names of images do
  static boolean isImage(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0
        && ImageReader.EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /// @return the endings, for messages
  static String endings() {
    return String.join(", ", new TreeSet<>(ImageReader.EXTENSIONS));
  }

  /// A path as text. Where it is not UTF-8, bytes that are none stand as `%` and two digits, and a
  /// `%` as `%25`; such a text says which file is meant, and can be stored and printed.
  ///
  /// @param path relative
  /// @return its text with `/` between folders
  static String text(Path path) {
    String text = path.toString().replace(path.getFileSystem().getSeparator(), "/");
    return text.indexOf(REPLACEMENT) < 0 ? text : escaped(bytes(path));
  }

  /// A name that is given as bytes, as text: see [#text(Path)].
  static String text(byte[] name) {
    return escaped(name);
  }

  // A URI of a path keeps its bytes, whatever their encoding; toString() does not.
  private static byte[] bytes(Path path) {
    String uri = Path.of("/").resolve(path).toUri().getRawPath();
    byte[] out = new byte[uri.length()];
    int n = 0;
    for (int i = 1; i < uri.length(); i++) {
      if (uri.charAt(i) == '%') {
        out[n++] = (byte) Integer.parseInt(uri, i + 1, i + 3, 16);
        i += 2;
      } else {
        out[n++] = (byte) uri.charAt(i);
      }
    }
    return java.util.Arrays.copyOf(out, n);
  }

  private static String escaped(byte[] bytes) {
    String plain = new String(bytes, StandardCharsets.UTF_8);
    if (plain.indexOf(REPLACEMENT) < 0) {
      return plain; // it is UTF-8, only the platform's own encoding could not show it
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes);
    var chars = CharBuffer.allocate(bytes.length);
    var out = new StringBuilder();
    while (true) {
      CoderResult result = decoder.decode(in, chars, true);
      out.append(chars.flip().toString().replace("%", "%25"));
      chars.clear();
      if (result.isUnderflow()) {
        return out.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.append("%%%02X".formatted(in.get() & 0xFF));
      }
    }
  }

  /// The file that an id names.
  ///
  /// @param root the folder ids begin at
  /// @param id as [#text(Path)] gave it
  /// @return where the file lies, or would lie
  static Path path(Path root, String id) {
    Path plain = root.resolve(id);
    if (id.indexOf('%') < 0 || Files.exists(plain)) {
      return plain;
    }
    try {
      String uri = root.toAbsolutePath().toUri().getRawPath();
      Path odd = Path.of(URI.create("file://" + uri + (uri.endsWith("/") ? "" : "/") + raw(id)));
      return Files.exists(odd) ? odd : plain;
    } catch (IllegalArgumentException _) {
      return plain; // a % that is no escape
    }
  }

  private static String raw(String id) {
    var out = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b == '%' || b == '/' || (b > 0 && Character.isLetterOrDigit(b));
      out.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xFF));
    }
    return out.toString();
  }

  /// Compares as the UTF-8 bytes of both compare. Chars alone do not: those behind the surrogates
  /// stand before them in UTF-8.
  ///
  /// @return negative, zero or positive
  static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean high = x >= '\uD800' && y >= '\uD800';
        return high ? rank(x) - rank(y) : x - y;
      }
    }
    return a.length() - b.length();
  }

  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
