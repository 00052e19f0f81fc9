package io.semblance.core.collection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes tars that no careful tool would write.
final class TarFixture {

  private TarFixture() {}

  /// @param namesAndBytes name, content, name, content, ...
  static void write(Path tar, Object... namesAndBytes) throws IOException {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndBytes.length; i += 2) {
      byte[] content = (byte[]) namesAndBytes[i + 1];
      byte[] header = new byte[512];
      put(header, 0, (String) namesAndBytes[i]);
      put(header, 100, "0000644\0");
      put(header, 124, "%011o\0".formatted(content.length));
      header[156] = '0';
      put(header, 257, "ustar\00000");
      put(header, 148, "        ");
      int sum = 0;
      for (byte b : header) {
        sum += b & 0xFF;
      }
      put(header, 148, "%06o\0 ".formatted(sum));
      out.writeBytes(header);
      out.writeBytes(content);
      out.writeBytes(new byte[Math.floorMod(-content.length, 512)]);
    }
    out.writeBytes(new byte[1024]);
    Files.write(tar, out.toByteArray());
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
