package io.semblance.core.image.png;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// What a PNG file says before its pixels are decompressed: header, palette, transparency and where
/// the compressed data lie. Source: W3C PNG specification, third edition, sections 5 and 11.
///
/// @param width pixels a row
/// @param height rows
/// @param depth bits a sample: 1, 2, 4, 8 or 16
/// @param color 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
/// @param interlaced whether rows come in Adam7 order
/// @param palette RGB triples, length a multiple of 3, or null
/// @param transparency the tRNS chunk, or null
/// @param exif the eXIf chunk, or null
/// @param data the compressed data, in pieces that share the file's bytes
@SuppressWarnings("ArrayRecordComponent") // internal, read once
record PngFile(
    int width,
    int height,
    int depth,
    int color,
    boolean interlaced,
    byte[] palette,
    byte[] transparency,
    ByteBuffer exif,
    List<ByteBuffer> data) {

  private static final int SIGNATURE = 8;
  private static final int CHUNK_FRAME = 12;
  // deflate expands at most 1032-fold: more pixels than that were never in the file
  private static final long MAX_EXPANSION = 1032;

  /// @param source the whole file
  /// @return its header and where its data lie
  /// @throws SemblanceException if it is cut off, changed or contradicts itself
  static PngFile parse(EncodedImage source) throws SemblanceException {
    byte[] bytes = source.bytes();
    ByteBuffer file = source.buffer();
    ByteBuffer header = null;
    byte[] palette = null;
    byte[] transparency = null;
    ByteBuffer exif = null;
    var data = new ArrayList<ByteBuffer>();
    int at = SIGNATURE;
    while (true) {
      if (bytes.length - at < CHUNK_FRAME) {
        throw damaged(source, at, "it is cut off, another block should begin there");
      }
      int length = file.getInt(at);
      String type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (length < 0 || length > bytes.length - at - CHUNK_FRAME) {
        throw damaged(source, at, "it is cut off inside the block " + printable(type));
      }
      requireChecksum(source, at, length, type);
      ByteBuffer content = file.slice(at + 8, length);
      if (header == null && !type.equals("IHDR")) {
        throw damaged(source, at, "the header is missing");
      }
      switch (type) {
        case "IHDR" -> header = content;
        case "PLTE" -> palette = copy(content);
        case "tRNS" -> transparency = copy(content);
        case "eXIf" -> exif = content;
        case "IDAT" -> data.add(content);
        case "IEND" -> {
          return of(source, header, palette, transparency, exif, data);
        }
        default -> {}
      }
      at += CHUNK_FRAME + length;
    }
  }

  private static PngFile of(
      EncodedImage source,
      ByteBuffer header,
      byte[] palette,
      byte[] transparency,
      ByteBuffer exif,
      List<ByteBuffer> data)
      throws SemblanceException {
    if (header.remaining() != 13) {
      throw damaged(source, SIGNATURE, "its header has " + header.remaining() + " bytes, not 13");
    }
    source.requireSize(header.getInt(0), header.getInt(4));
    var png =
        new PngFile(
            header.getInt(0),
            header.getInt(4),
            header.get(8),
            header.get(9),
            header.get(12) == 1,
            palette,
            transparency,
            exif,
            List.copyOf(data));
    png.requireConsistent(source);
    return png;
  }

  private void requireConsistent(EncodedImage source) throws SemblanceException {
    boolean known =
        switch (color) {
          case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case 2, 4, 6 -> depth == 8 || depth == 16;
          default -> false;
        };
    if (!known) {
      throw damaged(source, 24, "colour type " + color + " with " + depth + " bits does not exist");
    }
    if (color == 3 && (palette == null || palette.length % 3 != 0 || palette.length > 768)) {
      throw damaged(source, SIGNATURE, "its palette is missing or of a wrong length");
    }
    boolean keyFits =
        transparency == null || color == 3 || transparency.length == (color == 0 ? 2 : 6);
    if ((color == 0 || color == 2) && !keyFits) {
      throw damaged(source, SIGNATURE, "its transparent colour is of a wrong length");
    }
    long compressed = data.stream().mapToLong(ByteBuffer::remaining).sum();
    if (rowBytes(width) * height > MAX_EXPANSION * compressed + MAX_EXPANSION) {
      throw damaged(
          source,
          SIGNATURE,
          "%d bytes of data cannot hold %d x %d pixels".formatted(compressed, width, height));
    }
  }

  /// @return samples a pixel
  int channels() {
    return switch (color) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  /// @param pixels of a row
  /// @return bytes they take, without the filter byte
  long rowBytes(int pixels) {
    return ((long) pixels * channels() * depth + 7) / 8;
  }

  private static SemblanceException damaged(EncodedImage source, int offset, String what) {
    return source.damaged("PNG", offset, what);
  }

  // Blocks a decoder may skip (lower-case first letter) are not worth refusing a picture for.
  private static void requireChecksum(EncodedImage source, int at, int length, String type)
      throws SemblanceException {
    if (Character.isLowerCase(type.charAt(0)) && !type.equals("tRNS")) {
      return;
    }
    var crc = new CRC32();
    crc.update(source.bytes(), at + 4, length + 4);
    if ((int) crc.getValue() != source.buffer().getInt(at + 8 + length)) {
      throw damaged(source, at, "the checksum of the block " + printable(type) + " is wrong");
    }
  }

  private static String printable(String type) {
    return type.chars().allMatch(c -> c > ' ' && c < 127) ? type : "of unknown type";
  }

  private static byte[] copy(ByteBuffer content) {
    byte[] out = new byte[content.remaining()];
    content.get(0, out);
    return out;
  }
}
