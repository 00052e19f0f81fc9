package io.semblance.core.array;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a zip archive holds, with zip64: names, sizes and where the bytes lie. Entries that are
/// stored without compression are views of the mapped file. Source: APPNOTE.TXT 6.3.10 of PKWARE,
/// sections 4.3.7 to 4.3.16 and 4.5.3.
///
/// Nothing is unpacked to a path, but names that would leave a folder are refused all the same.
public final class ZipDirectory {

  private static final int END = 0x06054b50;
  private static final int END64 = 0x06064b50;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final long IN_ZIP64 = 0xFFFFFFFFL;
  private static final int MOST_ENTRIES = 1 << 20;

  private final MappedFile file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /// One file of the archive.
  ///
  /// @param name path inside the archive, with `/`
  /// @param stored whether the bytes lie in the archive as they are
  /// @param crc32 of the unpacked bytes
  /// @param packed the bytes in the archive; valid until the archive is closed
  /// @param bytes unpacked size
  public record Entry(String name, boolean stored, int crc32, MemorySegment packed, long bytes) {}

  private ZipDirectory(MappedFile file) {
    this.file = file;
  }

  /// Reads the directory at the end of an archive and checks every entry against the file.
  ///
  /// @param file an open file, which keeps owning the memory
  /// @return the directory
  /// @throws SemblanceException if the file is no zip archive, truncated, encrypted, or holds a
  ///   name twice or one that leaves its folder
  public static ZipDirectory read(MappedFile file) throws SemblanceException {
    var directory = new ZipDirectory(file);
    directory.readEntries();
    return directory;
  }

  /// @param file an open file
  /// @return whether it begins as a zip archive does
  public static boolean looksLikeZip(MappedFile file) {
    return file.size() >= END_BYTES
        && (u32(file.bytes(), 0) == LOCAL || u32(file.bytes(), 0) == END);
  }

  /// @return the entries that are no folders, in the order of the directory, by name
  public Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  private void readEntries() throws SemblanceException {
    MemorySegment all = file.bytes();
    long end = findEnd(all);
    long count = u16(all, end + 10);
    long size = u32(all, end + 12) & IN_ZIP64;
    long start = u32(all, end + 16) & IN_ZIP64;
    if (count == 0xFFFF || size == IN_ZIP64 || start == IN_ZIP64) {
      long end64 = findEnd64(all, end);
      count = u64(all, end64 + 32);
      size = u64(all, end64 + 40);
      start = u64(all, end64 + 48);
    }
    if (count < 0 || count > MOST_ENTRIES) {
      throw damaged("says it has " + Long.toUnsignedString(count) + " entries");
    }
    MemorySegment directory = file.slice(start, size, "the directory of the archive");
    long at = 0;
    for (long i = 0; i < count; i++) {
      at = readEntry(directory, at);
    }
  }

  private long findEnd(MemorySegment all) throws SemblanceException {
    long first = Math.max(0, all.byteSize() - END_BYTES - LONGEST_COMMENT);
    for (long at = all.byteSize() - END_BYTES; at >= first; at--) {
      if (u32(all, at) == END && at + END_BYTES + u16(all, at + 20) == all.byteSize()) {
        return at;
      }
    }
    throw new SemblanceException(
        "%s has %d bytes and no zip directory at its end: the file is truncated or no zip archive; copy or write it again."
            .formatted(file.path(), all.byteSize()));
  }

  private long findEnd64(MemorySegment all, long end) throws SemblanceException {
    long locator = end - 20;
    if (locator < 0 || u32(all, locator) != LOCATOR64) {
      throw damaged("has no zip64 directory where one is needed");
    }
    long end64 = u64(all, locator + 8);
    if (end64 < 0 || end64 > locator - 56 || u32(all, end64) != END64) {
      throw damaged("has its zip64 directory in an impossible place");
    }
    return end64;
  }

  private long readEntry(MemorySegment directory, long at) throws SemblanceException {
    if (at + 46 > directory.byteSize() || u32(directory, at) != CENTRAL) {
      throw damaged("has a broken directory at its byte " + at);
    }
    int flags = u16(directory, at + 8);
    int method = u16(directory, at + 10);
    int nameLength = u16(directory, at + 28);
    int extraLength = u16(directory, at + 30);
    long next = at + 46 + nameLength + extraLength + u16(directory, at + 32);
    if (next > directory.byteSize()) {
      throw damaged("has a broken directory at its byte " + at);
    }
    var name =
        new String(
            directory.asSlice(at + 46, nameLength).toArray(ValueLayout.JAVA_BYTE),
            StandardCharsets.UTF_8);
    requirePlain(name);
    long[] sizes = sizes(directory, at, directory.asSlice(at + 46 + nameLength, extraLength), name);
    if ((flags & 1) != 0 || (method != 0 && method != 8)) {
      throw new SemblanceException(
          "%s holds %s %s: save it without encryption, stored or deflated."
              .formatted(
                  file.path(),
                  Printable.of(name),
                  (flags & 1) != 0 ? "encrypted" : "packed by method " + method));
    }
    if (method == 0 && sizes[0] != sizes[1]) {
      throw damaged("says that %s has %d and %d bytes".formatted(name, sizes[0], sizes[1]));
    }
    if (!name.endsWith("/")) {
      var entry =
          new Entry(
              name,
              method == 0,
              u32(directory, at + 16),
              packed(name, sizes[2], sizes[0]),
              sizes[1]);
      if (entries.put(name, entry) != null) {
        throw damaged("holds " + name + " twice");
      }
    }
    return next;
  }

  /// @return packed size, unpacked size, place of the local header
  private long[] sizes(MemorySegment directory, long at, MemorySegment extra, String name)
      throws SemblanceException {
    long unpacked = u32(directory, at + 24) & IN_ZIP64;
    long packed = u32(directory, at + 20) & IN_ZIP64;
    long header = u32(directory, at + 42) & IN_ZIP64;
    List<Long> wide = zip64(extra);
    int used = 0;
    try {
      unpacked = unpacked == IN_ZIP64 ? wide.get(used++) : unpacked;
      packed = packed == IN_ZIP64 ? wide.get(used++) : packed;
      header = header == IN_ZIP64 ? wide.get(used++) : header;
    } catch (IndexOutOfBoundsException e) {
      throw damaged("lacks the zip64 sizes of " + name);
    }
    if (unpacked < 0 || packed < 0 || header < 0) {
      throw damaged("says that " + name + " has a negative size or place");
    }
    return new long[] {packed, unpacked, header};
  }

  private static List<Long> zip64(MemorySegment extra) {
    var out = new ArrayList<Long>();
    for (long at = 0; at + 4 <= extra.byteSize(); at += 4 + u16(extra, at + 2)) {
      long end = Math.min(extra.byteSize(), at + 4 + u16(extra, at + 2));
      if (u16(extra, at) == 1) {
        for (long value = at + 4; value + 8 <= end; value += 8) {
          out.add(u64(extra, value));
        }
        return out;
      }
    }
    return out;
  }

  private MemorySegment packed(String name, long header, long size) throws SemblanceException {
    MemorySegment local = file.slice(header, 30, "the header of " + Printable.of(name));
    if (u32(local, 0) != LOCAL) {
      throw damaged("has no entry at byte " + header + ", where " + name + " should begin");
    }
    long data = header + 30 + u16(local, 26) + u16(local, 28);
    return file.slice(data, size, Printable.of(name));
  }

  private void requirePlain(String name) throws SemblanceException {
    boolean leaves =
        name.isEmpty()
            || name.startsWith("/")
            || name.indexOf('\\') >= 0
            || name.indexOf('\0') >= 0
            || (name.length() > 1 && name.charAt(1) == ':')
            || List.of(name.split("/", -1)).contains("..");
    if (leaves) {
      throw new SemblanceException(
          "%s holds an entry called '%s', which leaves its folder: do not trust the file."
              .formatted(file.path(), Printable.of(name)));
    }
  }

  private SemblanceException damaged(String what) {
    return new SemblanceException(
        file.path()
            + " "
            + Printable.of(what)
            + ": the archive is damaged; copy or write it again.");
  }

  private static int u16(MemorySegment in, long at) {
    return in.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), at) & 0xFFFF;
  }

  private static int u32(MemorySegment in, long at) {
    return in.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), at);
  }

  private static long u64(MemorySegment in, long at) {
    return in.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), at);
  }
}
