package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/// The tags of the first page of a TIFF or BigTIFF file. Source: section 2.
final class Directory {

  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_LENGTHS = 279;
  static final int PLANAR = 284;
  static final int FAX_OPTIONS = 292;
  static final int PREDICTOR = 317;
  static final int COLOR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_LENGTHS = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int JPEG_TABLES = 347;
  static final int CHROMA_SAMPLING = 530;

  private static final int BIG = 43;

  private final EncodedImage file;
  private final ByteBuffer buffer;
  private final boolean big;
  private final Map<Integer, Entry> entries = new HashMap<>();

  /// A tag's values, which lie in the file.
  private record Entry(int type, int count, int at) {}

  /// @param file the whole file
  /// @throws SemblanceException if the directory or a tag's values do not lie in the file
  Directory(EncodedImage file) throws SemblanceException {
    this.file = file;
    ByteOrder order = file.has(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    this.buffer = file.buffer().order(order);
    require(0, 8);
    this.big = buffer.getShort(2) == BIG;
    if (big) {
      require(0, 16);
    }
    long at = big ? buffer.getLong(8) : buffer.getInt(4) & 0xFFFFFFFFL;
    require(at, big ? 8 : 2);
    long count = big ? buffer.getLong((int) at) : buffer.getShort((int) at) & 0xFFFF;
    int length = big ? 20 : 12;
    int first = (int) at + (big ? 8 : 2);
    if (count < 0 || count > (buffer.limit() - first) / length) {
      throw file.damaged("TIFF", at, "its directory is cut off");
    }
    for (int i = 0; i < count; i++) {
      read(first + i * length);
    }
  }

  private void read(int at) throws SemblanceException {
    int tag = buffer.getShort(at) & 0xFFFF;
    int type = buffer.getShort(at + 2) & 0xFFFF;
    long count = big ? buffer.getLong(at + 4) : buffer.getInt(at + 4) & 0xFFFFFFFFL;
    int size = size(type);
    if (size == 0 || entries.containsKey(tag)) {
      return; // of an unknown type, or a second time: libtiff ignores both
    }
    int inside = big ? 8 : 4;
    int field = at + (big ? 12 : 8);
    long place =
        count <= inside / size
            ? field
            : big ? buffer.getLong(field) : buffer.getInt(field) & 0xFFFFFFFFL;
    boolean fits =
        count >= 0
            && count <= buffer.limit()
            && place >= 0
            && place <= buffer.limit() - count * size;
    if (!fits) {
      if (!isKnown(tag)) {
        return; // a damaged remark is not worth refusing a picture for
      }
      throw file.damaged("TIFF", at, "the values of tag " + tag + " do not lie in the file");
    }
    entries.put(tag, new Entry(type, (int) count, (int) place));
  }

  private static boolean isKnown(int tag) {
    return tag <= COLOR_MAP
        ? tag == WIDTH
            || tag == HEIGHT
            || tag == BITS
            || tag == COMPRESSION
            || tag == PHOTOMETRIC
            || tag == STRIP_OFFSETS
            || tag == STRIP_LENGTHS
            || tag == SAMPLES
            || tag == ROWS_PER_STRIP
            || tag == PLANAR
            || tag == COLOR_MAP
        : tag <= TILE_LENGTHS || tag == JPEG_TABLES;
  }

  // Bytes of a value; 0 for types that no tag of ours has.
  private static int size(int type) {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 13 -> 4;
      case 16, 17, 18 -> 8;
      default -> 0;
    };
  }

  /// @param tag which
  /// @return whether the page has it
  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /// @param tag which
  /// @param otherwise for a page without it
  /// @return its first value, unsigned where its type is
  long number(int tag, long otherwise) {
    Entry entry = entries.get(tag);
    return entry == null || entry.count == 0 ? otherwise : number(entry, 0);
  }

  /// @param tag which
  /// @return its values, none for a page without it
  long[] numbers(int tag) {
    Entry entry = entries.get(tag);
    long[] values = new long[entry == null ? 0 : entry.count];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(entry, i);
    }
    return values;
  }

  private long number(Entry entry, int i) {
    int at = entry.at + i * size(entry.type);
    return switch (size(entry.type)) {
      case 1 -> buffer.get(at) & 0xFF;
      case 2 -> buffer.getShort(at) & 0xFFFF;
      case 4 -> buffer.getInt(at) & 0xFFFFFFFFL;
      default -> buffer.getLong(at);
    };
  }

  /// @param tag which
  /// @return its values as bytes of the file, or null for a page without it
  ByteBuffer bytes(int tag) {
    Entry entry = entries.get(tag);
    return entry == null ? null : buffer.slice(entry.at, entry.count * size(entry.type));
  }

  /// @return the order of bytes in a number
  ByteOrder order() {
    return buffer.order();
  }

  private void require(long at, int length) throws SemblanceException {
    if (at < 0 || at > buffer.limit() - length) {
      throw file.damaged("TIFF", buffer.limit(), "it is cut off before its directory");
    }
  }
}
