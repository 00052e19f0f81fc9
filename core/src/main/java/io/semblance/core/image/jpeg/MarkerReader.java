package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import io.semblance.core.image.EncodedImage;
import java.nio.ByteBuffer;

/// Walks the markers of a JPEG file and the blocks behind them. Source: T.81, annex B.
final class MarkerReader {

  static final int SOI = 0xD8;
  static final int EOI = 0xD9;
  static final int SOS = 0xDA;
  static final int DQT = 0xDB;
  static final int DHT = 0xC4;
  static final int DAC = 0xCC;
  static final int DRI = 0xDD;
  static final int DNL = 0xDC;
  static final int APP0 = 0xE0;
  static final int APP1 = 0xE1;
  static final int APP14 = 0xEE;
  static final int APP15 = 0xEF;
  static final int COM = 0xFE;
  static final int RST0 = 0xD0;
  static final int RST7 = 0xD7;
  static final int TEM = 0x01;

  /// What [#next] says where the file ends.
  static final int END_OF_FILE = -1;

  private final EncodedImage file;
  private final byte[] bytes;
  private int at = 2;

  MarkerReader(EncodedImage file) {
    this.file = file;
    this.bytes = file.bytes();
  }

  /// Moves behind the next marker. Stray bytes before it are skipped, as libjpeg skips them.
  ///
  /// @return the marker's code, or [#END_OF_FILE]
  int next() {
    while (true) {
      while (at < bytes.length && bytes[at] != (byte) 0xFF) {
        at++;
      }
      while (at < bytes.length && bytes[at] == (byte) 0xFF) {
        at++;
      }
      if (at >= bytes.length) {
        return END_OF_FILE;
      }
      int code = bytes[at++] & 0xFF;
      if (code != 0) {
        return code;
      }
    }
  }

  /// Moves behind the block at the current place.
  ///
  /// @return its content, without the length
  /// @throws SemblanceException if it does not lie in the file
  ByteBuffer block() throws SemblanceException {
    int length =
        at + 2 <= bytes.length
            ? (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF)
            : Integer.MAX_VALUE;
    if (length < 2 || length > bytes.length - at) {
      throw damaged(at - 2, "it is cut off inside a header block");
    }
    ByteBuffer content = ByteBuffer.wrap(bytes, at + 2, length - 2).slice();
    at += length;
    return content;
  }

  /// @return offset of the next byte
  int position() {
    return at;
  }

  /// @param offset where to go on
  void seek(int offset) {
    at = offset;
  }

  SemblanceException damaged(int offset, String what) {
    return file.damaged("JPEG", offset, what);
  }

  /// @param marker a marker's code
  /// @return whether it begins a frame
  static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != 0xC8 && marker != DAC;
  }

  /// @param marker a marker's code
  /// @return whether no block follows it
  static boolean standsAlone(int marker) {
    return (marker >= RST0 && marker <= RST7) || marker == TEM;
  }

  /// @param marker a marker's code
  /// @return whether no standard says what its block holds, or it belongs to hierarchical files
  static boolean isReserved(int marker) {
    boolean known =
        isFrame(marker)
            || (marker >= SOI && marker <= DRI)
            || marker == DHT
            || marker == DAC
            || (marker >= APP0 && marker <= APP15)
            || marker == COM;
    return !known;
  }
}
