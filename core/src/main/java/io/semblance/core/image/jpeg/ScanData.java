package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The compressed bytes of a scan without the zeros that were stuffed behind 0xFF, cut at restart
/// markers. Source: T.81, sections B.1.1.5 and F.1.2.3.
final class ScanData {

  /// Zeros behind the data: more than any unit of blocks can ask for, so that readers need to look
  /// at the end once a unit only.
  static final int PADDING = 4096;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int FIRST_INTERVALS = 16;

  private final byte[] bytes;
  private int[] ends = new int[FIRST_INTERVALS];
  private int intervals;
  private boolean markerBehind;

  /// Reads up to the marker that ends the scan and leaves the reader there.
  ///
  /// @param file the whole file
  /// @param reader where the data begin
  /// @param restarts whether restart markers belong to the data
  /// @throws SemblanceException if restart markers are out of order
  ScanData(byte[] file, MarkerReader reader, boolean restarts) throws SemblanceException {
    int at = reader.position();
    int end = end(file, at, restarts);
    this.bytes = new byte[end - at + PADDING];
    int to = 0;
    while (at < end) {
      int next = nextFf(file, at, end);
      System.arraycopy(file, at, bytes, to, next - at);
      to += next - at;
      at = next;
      while (at < end && file[at] == (byte) 0xFF) {
        at++;
      }
      if (at >= end) {
        break;
      }
      int code = file[at++] & 0xFF;
      if (code == 0) {
        bytes[to++] = (byte) 0xFF;
      } else {
        requireOrder(code, at - 2, reader);
        close(to);
      }
    }
    close(to);
    this.markerBehind = end < file.length;
    reader.seek(end);
  }

  // Where the next 0xFF stands, or the end; eight bytes at a time, as they are rare.
  private static int nextFf(byte[] file, int from, int end) {
    int at = from;
    while (at + 8 <= end) {
      long rest = ~(long) LONG.get(file, at);
      if (((rest - LOW_BITS) & ~rest & HIGH_BITS) != 0) {
        break;
      }
      at += 8;
    }
    while (at < end && file[at] != (byte) 0xFF) {
      at++;
    }
    return at;
  }

  // Where the first marker begins that is no restart marker, or the file's length.
  private static int end(byte[] file, int from, boolean restarts) {
    int at = from;
    while (true) {
      at = nextFf(file, at, file.length);
      int begin = at;
      while (at < file.length && file[at] == (byte) 0xFF) {
        at++;
      }
      if (at >= file.length) {
        return file.length;
      }
      int code = file[at++] & 0xFF;
      boolean restart = code >= MarkerReader.RST0 && code <= MarkerReader.RST7;
      if (code != 0 && !(restart && restarts)) {
        return begin;
      }
    }
  }

  private void requireOrder(int code, int offset, MarkerReader reader) throws SemblanceException {
    int expected = MarkerReader.RST0 + (intervals & 7);
    if (code != expected) {
      throw reader.damaged(
          offset, "restart marker %X stands where %X should".formatted(code, expected));
    }
  }

  private void close(int end) {
    if (intervals == ends.length) {
      ends = Arrays.copyOf(ends, 2 * intervals);
    }
    ends[intervals++] = end;
  }

  /// @return the data and [#PADDING] zeros, shared: do not write
  byte[] bytes() {
    return bytes;
  }

  /// @return pieces between restart markers, at least 1
  int intervals() {
    return intervals;
  }

  /// @param interval from 0
  /// @return where it begins in [#bytes]
  int begin(int interval) {
    return interval == 0 ? 0 : ends[interval - 1];
  }

  /// @param interval from 0
  /// @return where it ends in [#bytes], exclusive
  int end(int interval) {
    return ends[interval];
  }

  /// @return whether a marker follows rather than the end of the file
  boolean markerBehind() {
    return markerBehind;
  }
}
