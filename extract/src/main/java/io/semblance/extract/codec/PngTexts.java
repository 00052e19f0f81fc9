package io.semblance.extract.codec;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Texts in PNG files as [PngEncoder] writes them. Source: W3C PNG specification, third edition,
/// section 11.3.3.4.
public final class PngTexts {

  static final String TYPE = "iTXt";
  private static final int SIGNATURE = 8;
  private static final int MOST = 1 << 24;
  private static final int FIXED = 5; // zeros behind the keyword

  private PngTexts() {}

  static byte[] bytes(String keyword, String text) {
    byte[] key = keyword.getBytes(StandardCharsets.US_ASCII);
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[key.length + FIXED + value.length];
    System.arraycopy(key, 0, out, 0, key.length);
    System.arraycopy(value, 0, out, key.length + FIXED, value.length);
    return out;
  }

  /// Reads the texts that stand before an image's pixels.
  ///
  /// @param file any file
  /// @return texts by keyword; none where the file is no PNG or is damaged there
  /// @throws SemblanceException if it cannot be read
  public static Map<String, String> read(Path file) throws SemblanceException {
    var out = new LinkedHashMap<String, String>();
    try (var in = new DataInputStream(Files.newInputStream(file))) {
      in.skipNBytes(SIGNATURE);
      while (true) {
        int length = in.readInt();
        String type = new String(in.readNBytes(4), StandardCharsets.US_ASCII);
        if (length < 0 || length > MOST || type.equals("IDAT")) {
          return out;
        }
        byte[] content = in.readNBytes(length);
        if (type.equals(TYPE)) {
          add(content, out);
        }
        in.readInt();
      }
    } catch (EOFException _) {
      return out;
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read %s (%s): check the file.".formatted(file, AtomicFile.reason(e)), e);
    }
  }

  private static void add(byte[] content, Map<String, String> texts) {
    int end = 0;
    while (end < content.length && content[end] != 0) {
      end++;
    }
    for (int i = end; i < end + FIXED; i++) {
      if (i >= content.length || content[i] != 0) {
        return; // compressed, or in a named language: not ours
      }
    }
    String keyword = new String(content, 0, end, StandardCharsets.US_ASCII);
    int from = end + FIXED;
    texts.put(keyword, new String(content, from, content.length - from, StandardCharsets.UTF_8));
  }
}
