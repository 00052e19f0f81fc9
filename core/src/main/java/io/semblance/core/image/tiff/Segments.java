package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.deflate.Inflate;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.DataFormatException;

/// The strips or tiles of a page.
final class Segments {

  static final int STORED = 1;
  static final int FAX_RUNS = 2;
  static final int FAX_3 = 3;
  static final int FAX_4 = 4;
  static final int LZW = 5;
  static final int OLD_JPEG = 6;
  static final int JPEG = 7;
  static final int DEFLATE = 8;
  static final int OLD_DEFLATE = 32946;
  static final int FAX_WORDS = 32771;
  static final int PACK_BITS = 32773;
  private static final int LZMA = 34925;
  private static final int ZSTANDARD = 50000;
  private static final int WEBP = 50001;

  private final TiffFile page;
  private final EncodedImage file;

  Segments(TiffFile page, EncodedImage file) {
    this.page = page;
    this.file = file;
  }

  /// @param page whose compression
  /// @param file for complaints
  /// @throws SemblanceException if it is none that is read, or does not go with the pixels
  static void requireKnown(TiffFile page, EncodedImage file) throws SemblanceException {
    switch (page.compression()) {
      case STORED, LZW, DEFLATE, OLD_DEFLATE, PACK_BITS -> {}
      case FAX_RUNS, FAX_WORDS, FAX_3, FAX_4 -> {
        if (page.bits() != 1 || page.samples() != 1) {
          throw file.unsupported("a TIFF compressed as fax with more than black and white");
        }
      }
      case JPEG -> {
        if (page.bits() != 8) {
          throw file.unsupported(
              "a TIFF compressed as JPEG with " + page.bits() + " bits a sample");
        }
      }
      case OLD_JPEG -> throw file.unsupported("a TIFF compressed as JPEG in the way of 1992");
      case LZMA -> throw file.unsupported("a TIFF compressed by LZMA");
      case ZSTANDARD -> throw file.unsupported("a TIFF compressed by Zstandard");
      case WEBP -> throw file.unsupported("a TIFF compressed as WebP");
      default -> throw file.unsupported("a TIFF of compression " + page.compression());
    }
    boolean floats = page.format() == TiffFile.FLOAT;
    boolean known =
        switch (page.predictor()) {
          case 1 -> true;
          case 2 -> page.bits() == 8 || page.bits() == 16 || page.bits() == 32;
          case 3 -> floats && page.bits() == 32;
          default -> false;
        };
    if (!known) {
      throw file.unsupported("a TIFF with predictor " + page.predictor());
    }
  }

  /// @param index which strip or tile: planes one after the other, in each row by row
  /// @param height rows that are wanted of it
  /// @return its rows
  /// @throws SemblanceException if it does not lie in the file
  Rows open(int index, int height) throws SemblanceException {
    ByteBuffer data = data(index, height);
    Rows rows =
        switch (page.compression()) {
          case STORED -> row -> copy(data, row);
          case PACK_BITS -> new PackBitsRows(data, file);
          case LZW -> new LzwRows(data, file);
          case DEFLATE, OLD_DEFLATE -> inflated(data);
          case JPEG -> new JpegRows(page, data, file, height);
          default -> new FaxRows(page, data, file);
        };
    boolean compressible = page.compression() == LZW || isDeflate();
    return compressible && page.predictor() > 1 ? new Predictor(page, rows) : rows;
  }

  private boolean isDeflate() {
    return page.compression() == DEFLATE || page.compression() == OLD_DEFLATE;
  }

  /// @param index which strip or tile
  /// @param height rows that are wanted of it
  /// @throws SemblanceException if it does not lie in the file
  void requireInside(int index, int height) throws SemblanceException {
    slice(index, height);
  }

  private ByteBuffer data(int index, int height) throws SemblanceException {
    ByteBuffer data = slice(index, height);
    return page.reversed() && page.compression() != JPEG ? reversed(data) : data;
  }

  private ByteBuffer slice(int index, int height) throws SemblanceException {
    long offset = page.offsets()[index];
    long left = file.bytes().length - offset;
    long length = index < page.lengths().length ? page.lengths()[index] : left;
    if (page.compression() == STORED) { // what writers say is often wrong, and not needed
      length = (long) page.rowBytes() * height;
    }
    if (offset < 0 || length < 0 || length > left) {
      throw file.damaged(
          "TIFF",
          file.bytes().length,
          "it is cut off, strip or tile %d reaches from %d to %d"
              .formatted(index, offset, offset + length));
    }
    return file.buffer().slice((int) offset, (int) length);
  }

  private static ByteBuffer reversed(ByteBuffer data) {
    byte[] out = new byte[data.remaining()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (Integer.reverse(data.get(i)) >>> 24);
    }
    return ByteBuffer.wrap(out);
  }

  private static void copy(ByteBuffer data, byte[] row) {
    data.get(row);
  }

  private Rows inflated(ByteBuffer data) throws SemblanceException {
    try {
      var inflate = new Inflate(List.of(data));
      return row -> {
        try {
          if (inflate.read(row, 0, row.length) < row.length) {
            throw file.damaged("TIFF", "its compressed data end before the last row", null);
          }
        } catch (DataFormatException e) {
          throw damaged(e);
        }
      };
    } catch (DataFormatException e) {
      throw damaged(e);
    }
  }

  private SemblanceException damaged(DataFormatException e) {
    return file.damaged("TIFF", "its compressed data are damaged: " + e.getMessage(), e);
  }
}
