package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;
import java.util.List;

/// What the blocks of a JPEG file have said so far. Reads on, scan by scan. For one use.
final class JpegHeader {

  // Encoders write about ten; thousands of tiny ones cost a pass over the picture each.
  private static final int MAX_SCANS = 256;
  private static final int NO_ADOBE = -1;

  private final EncodedImage file;
  private final MarkerReader reader;
  private final JpegTables tables = new JpegTables();
  private Frame frame;
  private boolean jfif;
  private int adobe = NO_ADOBE;
  private ByteBuffer exif;
  private boolean ended;
  private boolean assumedTransformed;

  JpegHeader(EncodedImage file) {
    this.file = file;
    this.reader = new MarkerReader(file);
  }

  /// Reads up to the next scan.
  ///
  /// @return its header, or null where no further one comes
  /// @throws SemblanceException if a block is damaged, or the file ends before its first scan
  ScanHeader readToScan() throws SemblanceException {
    while (true) {
      int marker = reader.next();
      int offset = Math.max(0, reader.position() - 2);
      if (marker == MarkerReader.END_OF_FILE || marker == MarkerReader.EOI) {
        if (!begun()) {
          throw reader.damaged(offset, "it ends before its picture begins");
        }
        ended = marker == MarkerReader.EOI;
        return null;
      }
      if (MarkerReader.standsAlone(marker)) {
        continue;
      }
      if (marker == MarkerReader.SOI) {
        throw reader.damaged(offset, "another file begins inside it");
      }
      ByteBuffer block = reader.block();
      if (marker == MarkerReader.SOS) {
        return scan(block, offset);
      }
      take(marker, block, offset);
    }
  }

  private boolean begun() {
    return frame != null && frame.components().stream().anyMatch(c -> c.quantisation != null);
  }

  private ScanHeader scan(ByteBuffer block, int offset) throws SemblanceException {
    if (frame == null) {
      throw reader.damaged(offset, "its picture begins without a size");
    }
    ScanHeader scan = ScanHeader.parse(frame, block, reader, offset);
    for (ScanHeader.Part part : scan.parts()) {
      Component channel = part.channel();
      if (channel.quantisation == null) { // later scans of a channel keep what its first one found
        channel.quantisation = tables.quantisation(channel.quantTable);
      }
      if (channel.quantisation == null) {
        throw reader.damaged(offset, "it uses a quantisation table that it does not define");
      }
    }
    return scan;
  }

  private void take(int marker, ByteBuffer block, int offset) throws SemblanceException {
    if (MarkerReader.isFrame(marker)) {
      if (frame != null) {
        throw reader.damaged(offset, "it gives its size twice");
      }
      frame = Frame.parse(file, marker, block, offset);
    } else if (marker == MarkerReader.APP0) {
      jfif |= block.remaining() >= 14 && starts(block, "JFIF\0");
    } else if (marker == MarkerReader.APP1) {
      if (exif == null && starts(block, "Exif\0\0")) {
        exif = block;
      }
    } else if (marker == MarkerReader.APP14) {
      if (block.remaining() >= 12 && starts(block, "Adobe")) {
        adobe = block.get(11) & 0xFF;
      }
    } else if (MarkerReader.isReserved(marker)) {
      throw reader.damaged(offset, "a block of the unknown kind %X".formatted(marker));
    } else {
      tables.define(marker, block, reader, offset);
    }
  }

  private static boolean starts(ByteBuffer block, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (i >= block.remaining() || block.get(i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// @return the picture as a whole, once a scan was found
  Frame frame() {
    return frame;
  }

  /// @return the tables in force where the file was read up to
  JpegTables tables() {
    return tables;
  }

  /// @return the first EXIF block so far, or null
  ByteBuffer exif() {
    return exif;
  }

  /// @return whether the file has its end marker, once no further scan was found
  boolean ended() {
    return ended;
  }

  /// Whether the first three channels are luma and chroma. Source: libjpeg, `jdapimin.c`,
  /// `default_decompress_parms`.
  ///
  /// @return false where they are RGB or CMYK
  boolean transformed() {
    List<Component> channels = frame.components();
    if (assumedTransformed) {
      return true;
    }
    return switch (channels.size()) {
      case 3 -> jfif || (adobe == NO_ADOBE ? !namedRgb(channels) : adobe != 0);
      case 4 -> adobe > 0;
      default -> false;
    };
  }

  /// Takes the first three channels for luma and chroma, whatever the file says.
  void assumeTransformed() {
    assumedTransformed = true;
  }

  private static boolean namedRgb(List<Component> channels) {
    return channels.get(0).id == 'R' && channels.get(1).id == 'G' && channels.get(2).id == 'B';
  }

  /// @return compressed data of the scan just found; the file is read up to their end
  /// @throws SemblanceException if restart markers are out of order
  ScanData data() throws SemblanceException {
    return new ScanData(file.bytes(), reader, tables.restartInterval() > 0);
  }

  /// @param scan the scan just found
  /// @return a reader of its compressed data; the file is read up to their end
  /// @throws SemblanceException if restart markers are out of order
  BitReader bits(ScanHeader scan) throws SemblanceException {
    return new BitReader(data(), reader, scan.offset());
  }

  /// Looks ahead to the end of the file, before the first scan costs anything.
  ///
  /// @throws SemblanceException if there are more scans than any encoder writes
  void requireFewScans() throws SemblanceException {
    int here = reader.position();
    int scans = 1;
    for (int marker = reader.next();
        marker != MarkerReader.END_OF_FILE && marker != MarkerReader.EOI;
        marker = reader.next()) {
      if (marker == MarkerReader.SOS && ++scans > MAX_SCANS) {
        throw reader.damaged(reader.position() - 2, "it has more than " + MAX_SCANS + " scans");
      }
    }
    reader.seek(here);
  }

  /// @return the file's markers, for complaints
  MarkerReader markers() {
    return reader;
  }
}
