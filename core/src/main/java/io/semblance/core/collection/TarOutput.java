package io.semblance.core.collection;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes a tar of plain files with short names, without owners and times: the same members make
/// the same bytes. Source: POSIX ustar header.
final class TarOutput {

  private static final int BLOCK = 512;
  private static final int NAME = 100;

  private final OutputStream out;

  /// @param out receives the tar; stays open
  TarOutput(OutputStream out) {
    this.out = out;
  }

  /// @param name of at most 100 ASCII characters
  /// @param content of the file
  void add(String name, byte[] content) throws IOException {
    if (name.length() > NAME) {
      throw new IllegalArgumentException("a name of a tar has at most 100 characters: " + name);
    }
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(content.length));
    put(header, 136, "00000000000\0");
    put(header, 148, "        ");
    header[156] = '0';
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.write(header);
    out.write(content);
    out.write(new byte[Math.floorMod(-content.length, BLOCK)]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /// Writes the mark of the end.
  void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }
}
