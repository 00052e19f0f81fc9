package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Walks the headers of a tar and says where its members lie; contents are not read. Source: POSIX
/// pax interchange format (ustar headers, extended headers) and GNU tar's long names.
///
/// A tar that is cut off or damaged gives the members before that place.
final class TarIndex {

  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 1 << 20;

  private final Path tar;
  private final FileChannel channel;
  private final long size;
  private final ByteBuffer header = ByteBuffer.allocate(BLOCK);
  // what an extended header says of the next member
  private String longName;
  private long longSize = -1;

  /// What hears of members.
  interface Visitor {

    /// @param name of a file, with `/` between folders
    /// @param offset of its first byte in the tar
    /// @param length of it in bytes
    void member(String name, long offset, long length) throws IOException;

    /// @param name of a member, or the empty text for the tar itself
    /// @param reason why it is not used, one sentence
    void unusable(String name, String reason) throws IOException;
  }

  private TarIndex(Path tar, FileChannel channel) throws IOException {
    this.tar = tar;
    this.channel = channel;
    this.size = channel.size();
  }

  /// Visits all files of a tar in order.
  ///
  /// @param tar an uncompressed tar
  /// @param visitor hears of each
  /// @throws SemblanceException if it cannot be read or is no tar at all
  static void visit(Path tar, Visitor visitor) throws IOException {
    try (FileChannel channel = FileChannel.open(tar, StandardOpenOption.READ)) {
      new TarIndex(tar, channel).visit(visitor);
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read the tar %s (%s): check the file.".formatted(tar, AtomicFile.reason(e)), e);
    }
  }

  private void visit(Visitor visitor) throws IOException {
    long at = 0;
    while (at < size) {
      if (size - at < BLOCK) {
        visitor.unusable("", cutOff(at, "a header", BLOCK));
        return;
      }
      read(header.clear(), at);
      if (isZero(header.array())) {
        return;
      }
      if (!checksumFits()) {
        if (at == 0) {
          throw noTar();
        }
        visitor.unusable(
            "",
            "%s is damaged (at byte %d a header should stand): copy it again; what lies before is used."
                .formatted(tar, at));
        return;
      }
      long length = longSize >= 0 ? longSize : number(124, 12);
      long data = at + BLOCK;
      if (length < 0 || length > size - data) {
        visitor.unusable("", cutOff(data, name(), length));
        return;
      }
      if (!extended(data, length)) {
        file(data, length, visitor);
        longName = null;
        longSize = -1;
      }
      at = data + Math.ceilDiv(length, BLOCK) * BLOCK;
    }
  }

  private void file(long data, long length, Visitor visitor) throws IOException {
    char kind = (char) (header.get(156) & 0xFF);
    String name = name();
    if (kind != '0' && kind != 0 && kind != '7') {
      if (ImageNames.isImage(name.substring(name.lastIndexOf('/') + 1))) {
        visitor.unusable(
            name,
            "%s holds '%s' as a link or a device and no file: it is left out; pack the file itself."
                .formatted(tar, name));
      }
      return; // else a folder
    }
    if (name.startsWith("/") || Arrays.asList(name.split("/")).contains("..")) {
      visitor.unusable(
          name,
          "%s holds a member '%s' that leads outside it: it is not used.".formatted(tar, name));
    } else {
      visitor.member(name, data, length);
    }
  }

  /// Whether the member only describes the next one.
  private boolean extended(long data, long length) throws IOException {
    char kind = (char) (header.get(156) & 0xFF);
    if (kind != 'L' && kind != 'x') {
      return kind == 'g' || kind == 'K';
    }
    if (length > LONGEST_NAME) {
      throw new SemblanceException(
          "%s is damaged (at byte %d a name of %d bytes): copy it again."
              .formatted(tar, data, length));
    }
    ByteBuffer content = ByteBuffer.allocate((int) length);
    read(content, data);
    if (kind == 'L') {
      longName = text(content.array(), 0, content.capacity());
    } else {
      pax(content.array());
    }
    return true;
  }

  // Records "length key=value\n", where length counts all of it.
  private void pax(byte[] records) {
    for (int at = 0; at < records.length; ) {
      int space = at;
      int length = 0;
      while (space < records.length && records[space] >= '0' && records[space] <= '9') {
        length = Math.min(10 * length + records[space++] - '0', LONGEST_NAME);
      }
      int end = at + length;
      if (length == 0 || end > records.length || space >= end || records[space] != ' ') {
        return; // not as it should be: the plain header counts
      }
      String record = text(records, space + 1, end - 1);
      if (record.startsWith("path=")) {
        longName = record.substring(5);
      } else if (record.startsWith("size=") && record.substring(5).matches("\\d{1,18}")) {
        longSize = Long.parseLong(record.substring(5));
      }
      at = end;
    }
  }

  private String name() {
    byte[] bytes = header.array();
    String name = longName;
    if (name == null) {
      String prefix = text(bytes, 257, 262).equals("ustar") ? text(bytes, 345, 500) : "";
      name = (prefix.isEmpty() ? "" : prefix + "/") + text(bytes, 0, 100);
    }
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static String text(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != 0) {
      end++;
    }
    return ImageNames.text(Arrays.copyOfRange(bytes, from, end));
  }

  // Octal digits, or a binary number after a first byte of 0x80.
  private long number(int from, int length) {
    byte[] bytes = header.array();
    long value = 0;
    if (bytes[from] == (byte) 0x80) {
      for (int i = from + 1; i < from + length; i++) {
        if (value >> 55 != 0) {
          return -1;
        }
        value = value << 8 | (bytes[i] & 0xFF);
      }
      return value;
    }
    for (int i = from; i < from + length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '7') {
        value = value << 3 | (bytes[i] - '0');
      } else if (bytes[i] != ' ' && bytes[i] != 0) {
        return -1;
      }
    }
    return value;
  }

  private boolean checksumFits() {
    byte[] bytes = header.array();
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : bytes[i] & 0xFF;
    }
    return sum == number(148, 8);
  }

  private SemblanceException noTar() {
    byte[] b = header.array();
    String compressed =
        b[0] == 0x1F && b[1] == (byte) 0x8B
            ? "gunzip"
            : b[0] == 'B' && b[1] == 'Z'
                ? "bunzip2"
                : b[0] == 0x28 && b[1] == (byte) 0xB5 ? "zstd -d" : null;
    return new SemblanceException(
        compressed == null
            ? tar + " is not a tar (at byte 0 a header should stand): check the file."
            : "%s is compressed: unpack it first (%s), images are read at any place of it."
                .formatted(tar, compressed));
  }

  private String cutOff(long at, String what, long length) {
    return "%s is cut off at byte %d (%s needs %d bytes at byte %d): copy it again; what lies before is used."
        .formatted(tar, size, what, length, at);
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private void read(ByteBuffer target, long from) throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target, from + target.position()) < 0) {
        throw new SemblanceException(
            "%s became shorter while it was read: wait until it is whole.".formatted(tar));
      }
    }
  }

  /// @param bytes of a text file
  /// @return the text, without a byte order mark and white space around it
  static String plain(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
  }
}
