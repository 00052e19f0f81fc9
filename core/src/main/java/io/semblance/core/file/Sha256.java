package io.semblance.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 in lower-case hexadecimal, 64 characters.
public final class Sha256 {

  private Sha256() {}

  /// @param bytes what to hash
  /// @return 64 hexadecimal characters
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /// @param text hashed as UTF-8
  /// @return 64 hexadecimal characters
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// @param file read once, in blocks
  /// @return 64 hexadecimal characters
  /// @throws IOException if the file cannot be read
  public static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] block = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// A digest to feed piece by piece.
  ///
  /// @return a fresh SHA-256 digest
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
