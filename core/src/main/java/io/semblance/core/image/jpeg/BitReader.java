package io.semblance.core.image.jpeg;

import io.semblance.core.SemblanceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads a scan's data bit by bit, interval by interval. For one thread.
///
/// Reads zeros behind the end; [#requireWithin] tells, and has to be called once a unit of blocks.
final class BitReader {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final ScanData scan;
  private final MarkerReader markers;
  private final int offset;

  /// The scan's bytes, shared: do not write.
  final byte[] bytes;

  /// The next bits, the first at the top, zeros behind.
  long next;

  /// How many of them were read; those below belong to bytes that are read again.
  int count;

  /// The next byte to read.
  int at;

  private int interval;

  /// @param scan the data
  /// @param markers for complaints
  /// @param offset where the scan stands in the file
  BitReader(ScanData scan, MarkerReader markers, int offset) {
    this.scan = scan;
    this.markers = markers;
    this.offset = offset;
    this.bytes = scan.bytes();
  }

  /// Makes at least 56 bits ready.
  void fill() {
    next |= (long) LONG.get(bytes, at) >>> count;
    at += (63 - count) >>> 3;
    count |= 56;
  }

  /// @param size how many bits, 1 to 16
  /// @return them, as a number
  int bits(int size) {
    if (count < size) {
      fill();
    }
    int value = (int) (next >>> (64 - size));
    next <<= size;
    count -= size;
    return value;
  }

  /// @param table an AC or DC table
  /// @return the next symbol
  /// @throws SemblanceException if no code begins like the next bits
  int symbol(HuffmanTable table) throws SemblanceException {
    if (count < 16) {
      fill();
    }
    int entry = table.codes()[(int) (next >>> (64 - HuffmanTable.BITS))];
    if (entry == 0) {
      entry = longCode(table);
    }
    int taken = entry & 0xFF;
    next <<= taken;
    count -= taken;
    return entry >> 8;
  }

  /// @param table an AC or DC table
  /// @return [HuffmanTable#longCode] of the next bits, never 0
  /// @throws SemblanceException if no code begins like them
  int longCode(HuffmanTable table) throws SemblanceException {
    int entry = table.longCode(next);
    if (entry == 0) {
      throw damaged("its compressed data hold a code that no table has");
    }
    return entry;
  }

  /// @throws SemblanceException if more was read than the interval holds
  void requireWithin() throws SemblanceException {
    if (8L * at - count > 8L * scan.end(interval)) {
      throw damaged("its compressed data end before its last row");
    }
  }

  /// Moves behind the next restart marker.
  ///
  /// @throws SemblanceException if the interval is too short, or there is no further one
  void restart() throws SemblanceException {
    requireWithin();
    if (++interval == scan.intervals()) {
      throw damaged("a restart marker is missing");
    }
    at = scan.begin(interval);
    next = 0;
    count = 0;
  }

  /// @param what half a sentence
  /// @return a complaint about this scan
  SemblanceException damaged(String what) {
    return markers.damaged(offset, what);
  }
}
