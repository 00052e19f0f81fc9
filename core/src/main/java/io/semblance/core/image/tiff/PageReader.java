package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import io.semblance.core.image.tiff.TiffFile.Alpha;
import io.semblance.core.image.tiff.TiffFile.Color;
import io.semblance.core.image.tiff.TiffFile.Kind;
import java.util.Arrays;

/// Makes sense of a page's tags, and refuses what Pillow does not read either. For one use.
final class PageReader {

  private static final int MAX_SAMPLES = 6;
  private static final int ASSOCIATED = 1;
  private static final int UNASSOCIATED = 2;
  private static final int COREL_UNASSOCIATED = 999;
  private static final int LAB = 8;
  // Blank pages of fax, and pictures of one colour, take a few bytes: this is a limit of ours.
  private static final long FREE_PIXELS = 1 << 24;
  private static final long MAX_PIXELS_PER_BYTE = 1 << 14;

  private final EncodedImage file;
  private final Directory tags;

  PageReader(EncodedImage file, Directory tags) {
    this.file = file;
    this.tags = tags;
  }

  TiffFile read() throws SemblanceException {
    long width = tags.number(Directory.WIDTH, 0);
    long height = tags.number(Directory.HEIGHT, 0);
    file.requireSize(width, height);
    if (width * height > FREE_PIXELS + MAX_PIXELS_PER_BYTE * file.bytes().length) {
      throw damaged(
          "%d bytes cannot hold %d x %d pixels".formatted(file.bytes().length, width, height));
    }
    Color color = color();
    boolean separate = tags.number(Directory.PLANAR, 1) == 2;
    long[] extra = tags.numbers(Directory.EXTRA_SAMPLES);
    long samples = tags.number(Directory.SAMPLES, 1);
    if (samples < 1 || samples > MAX_SAMPLES) {
      throw file.unsupported("a TIFF of " + samples + " samples a pixel");
    }
    Kind kind = kind(color, (int) samples, extra);
    int bits = bits((int) samples);
    int format = format();
    requireKnown(kind, bits, format);
    boolean tiled = tags.has(Directory.TILE_OFFSETS);
    long segmentWidth = tiled ? tags.number(Directory.TILE_WIDTH, 0) : width;
    long rows = tags.number(Directory.ROWS_PER_STRIP, height);
    long segmentHeight =
        tiled ? tags.number(Directory.TILE_HEIGHT, 0) : rows == 0 ? height : Math.min(rows, height);
    // a tile reaches beyond the picture, but not far
    if (segmentWidth < 1
        || segmentHeight < 1
        || segmentWidth > width + (1 << 16)
        || segmentHeight > height + (1 << 16)) {
      throw damaged("its tiles are %d x %d pixels".formatted(segmentWidth, segmentHeight));
    }
    long[] offsets = tags.numbers(tiled ? Directory.TILE_OFFSETS : Directory.STRIP_OFFSETS);
    long[] lengths = tags.numbers(tiled ? Directory.TILE_LENGTHS : Directory.STRIP_LENGTHS);
    var page =
        new TiffFile(
            (int) width,
            (int) height,
            kind,
            bits,
            format,
            (int) samples,
            separate && samples > 1,
            (int) tags.number(Directory.COMPRESSION, 1),
            (int) tags.number(Directory.PREDICTOR, 1),
            tags.number(Directory.FILL_ORDER, 1) == 2,
            (int) tags.number(Directory.FAX_OPTIONS, 0),
            tags.order(),
            color == Color.PALETTE ? palette(bits) : null,
            (int) tags.number(Directory.ORIENTATION, 1),
            (int) segmentWidth,
            (int) segmentHeight,
            offsets,
            lengths,
            tags.bytes(Directory.JPEG_TABLES));
    requireSegments(page);
    return page;
  }

  private Color color() throws SemblanceException {
    long photometric = tags.number(Directory.PHOTOMETRIC, 0);
    return switch ((int) photometric) {
      case 0 -> Color.WHITE_IS_ZERO;
      case 1 -> Color.GREY;
      case 2 -> Color.RGB;
      case 3 -> Color.PALETTE;
      case 5 -> Color.CMYK;
      case 6 -> Color.YCBCR;
      case LAB -> throw file.unsupported("a TIFF in CIELAB colours");
      default -> throw file.unsupported("a TIFF with photometric interpretation " + photometric);
    };
  }

  private Kind kind(Color color, int samples, long[] extra) throws SemblanceException {
    if (color == Color.YCBCR && samples == 1) {
      return new Kind(Color.GREY, Alpha.NONE);
    }
    if (samples < color.channels()) {
      throw file.unsupported("a TIFF with " + samples + " samples for " + color + " pixels");
    }
    if (samples == color.channels()) {
      return new Kind(color, Alpha.NONE);
    }
    if (extra.length == 0) { // some writers leave out what the fourth sample of RGB is
      return new Kind(color, color == Color.RGB ? Alpha.UNASSOCIATED : Alpha.NONE);
    }
    if (color == Color.CMYK || color == Color.YCBCR) {
      return new Kind(color, Alpha.NONE);
    }
    return new Kind(
        color,
        switch ((int) extra[0]) {
          case ASSOCIATED -> Alpha.ASSOCIATED;
          case UNASSOCIATED, COREL_UNASSOCIATED -> Alpha.UNASSOCIATED;
          default -> Alpha.NONE;
        });
  }

  private int bits(int samples) throws SemblanceException {
    long[] bits = tags.numbers(Directory.BITS);
    if (bits.length == 0) {
      return 1;
    }
    for (int i = 1; i < Math.min(bits.length, samples); i++) {
      if (bits[i] != bits[0]) {
        throw file.unsupported("a TIFF with samples of " + Arrays.toString(bits) + " bits");
      }
    }
    return (int) Math.min(bits[0], Integer.MAX_VALUE);
  }

  private int format() throws SemblanceException {
    long[] formats = tags.numbers(Directory.SAMPLE_FORMAT);
    for (long format : formats) {
      if (format != formats[0] || format < TiffFile.UNSIGNED || format > TiffFile.FLOAT) {
        throw file.unsupported("a TIFF with sample formats " + Arrays.toString(formats));
      }
    }
    return formats.length == 0 ? TiffFile.UNSIGNED : (int) formats[0];
  }

  private void requireKnown(Kind kind, int bits, int format) throws SemblanceException {
    boolean grey = kind.color() == Color.GREY || kind.color() == Color.WHITE_IS_ZERO;
    boolean blackIsZero = kind.color() == Color.GREY;
    boolean plain = kind.alpha() == Alpha.NONE;
    boolean known =
        switch (bits) {
          case 1, 2, 4 -> plain && (grey || kind.color() == Color.PALETTE) && format == 1;
          case 8 -> format == TiffFile.UNSIGNED || (blackIsZero && format == TiffFile.SIGNED);
          case 12 -> plain && grey && format == TiffFile.UNSIGNED;
          case 16 ->
              grey
                  ? plain && (format == 1 || (format == TiffFile.SIGNED && blackIsZero))
                  : format == TiffFile.UNSIGNED
                      && (kind.color() == Color.RGB || kind.color() == Color.CMYK);
          case 32 -> plain && grey && (blackIsZero || format == TiffFile.FLOAT);
          default -> false;
        };
    if (!known) {
      throw file.unsupported(
          "a TIFF of %s pixels with %d bits a sample".formatted(kind.color(), bits));
    }
  }

  private byte[] palette(int bits) throws SemblanceException {
    long[] map = tags.numbers(Directory.COLOR_MAP);
    int colors = 1 << bits;
    if (map.length < 3 * colors) {
      throw damaged("its palette has %d values, not %d".formatted(map.length, 3 * colors));
    }
    byte[] palette = new byte[3 * 256];
    for (int i = 0; i < colors; i++) {
      for (int c = 0; c < 3; c++) {
        palette[3 * i + c] = (byte) (map[c * colors + i] >> 8);
      }
    }
    return palette;
  }

  private void requireSegments(TiffFile page) throws SemblanceException {
    if (page.kind().color() == Color.YCBCR && page.compression() != Segments.JPEG) {
      long[] sampling = tags.numbers(Directory.CHROMA_SAMPLING);
      boolean full = sampling.length >= 2 && sampling[0] == 1 && sampling[1] == 1;
      if (!full) {
        throw file.unsupported("a TIFF in YCbCr with fewer samples of colour than of light");
      }
    }
    long needed = (long) page.across() * page.down() * page.planes();
    if (page.offsets().length < needed) {
      throw damaged("it lists %d strips or tiles, not %d".formatted(page.offsets().length, needed));
    }
    long rowBytes = ((long) page.segmentWidth() * page.samplesTogether() * page.bits() + 7) / 8;
    if (rowBytes > Integer.MAX_VALUE - 16) {
      throw damaged("a row of it takes " + rowBytes + " bytes");
    }
    Segments.requireKnown(page, file);
  }

  private SemblanceException damaged(String what) {
    return file.damaged("TIFF", what, null);
  }
}
