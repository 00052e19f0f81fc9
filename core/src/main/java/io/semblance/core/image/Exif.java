package io.semblance.core.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Finds the orientation in EXIF data, which are a TIFF file in small. Source: CIPA DC-008 (Exif),
/// section 4.6.4; TIFF 6.0, section 2.
public final class Exif {

  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ENTRY = 12;

  private Exif() {}

  /// @param data EXIF data, with or without the leading `Exif` and two zero bytes; not trusted
  /// @return 1 to 8; 1, upright, where there is nothing that makes sense
  public static int orientation(ByteBuffer data) {
    ByteBuffer tiff = data.slice();
    if (tiff.remaining() > 6 && tiff.getInt(0) == 0x45786966) {
      tiff = tiff.slice(6, tiff.remaining() - 6);
    }
    if (tiff.remaining() < 8) {
      return 1;
    }
    tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 0 || directory > tiff.remaining() - 2) {
      return 1;
    }
    int count = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0, at = directory + 2; i < count && at <= tiff.remaining() - ENTRY; i++) {
      if ((tiff.getShort(at) & 0xFFFF) == ORIENTATION) {
        return known(value(tiff, at));
      }
      at += ENTRY;
    }
    return 1;
  }

  private static int value(ByteBuffer tiff, int at) {
    return switch (tiff.getShort(at + 2)) {
      case SHORT -> tiff.getShort(at + 8);
      case LONG -> tiff.getInt(at + 8);
      default -> 1;
    };
  }

  /// @param value an orientation as stored
  /// @return it, if it is 1 to 8, else 1
  public static int known(int value) {
    return value >= 1 && value <= 8 ? value : 1;
  }
}
