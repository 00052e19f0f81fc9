package io.semblance.core.image.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;

/// Decompresses a zlib stream piece by piece. Source: RFC 1950 and RFC 1951. For one thread.
///
/// In place of the platform's inflater, as PNG rows are mostly literals: two are looked up at once
/// here, which takes about half the time. Results and refusals are the same.
public final class Inflate {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int HISTORY = 1 << 15;
  private static final int BUFFER = 4 * HISTORY;
  // a match of 258 bytes, copied eight bytes at a time
  private static final int SLACK = 258 + 16;
  private static final int INPUT_PADDING = 32;
  private static final int MASK = (1 << DeflateCode.BITS) - 1;

  private enum State {
    BLOCK_HEADER,
    STORED,
    CODES,
    DONE
  }

  private final byte[] in;
  private final int length;
  private final byte[] out = new byte[BUFFER + SLACK];
  private final Adler32 adler = new Adler32();
  private long bits;
  private int count;
  private int at;
  private int written;
  private int taken;
  private State state = State.BLOCK_HEADER;
  private boolean lastBlock;
  private int storedLeft;
  private BlockCodes codes;

  /// @param pieces of the stream, in order; read from position to limit, not changed
  /// @throws DataFormatException if it does not begin like one
  public Inflate(List<ByteBuffer> pieces) throws DataFormatException {
    int sum = 0;
    for (ByteBuffer piece : pieces) {
      sum = Math.addExact(sum, piece.remaining());
    }
    this.length = sum;
    this.in = new byte[Math.addExact(sum, INPUT_PADDING)];
    int to = 0;
    for (ByteBuffer piece : pieces) {
      piece.get(piece.position(), in, to, piece.remaining());
      to += piece.remaining();
    }
    int head = (in[0] & 0xFF) << 8 | (in[1] & 0xFF);
    if (length < 2 || (in[0] & 15) != 8 || in[0] >> 4 < 0 || in[0] >> 4 > 7 || head % 31 != 0) {
      throw new DataFormatException("they do not begin as compressed data do");
    }
    if ((in[1] & 0x20) != 0) {
      throw new DataFormatException("they need a dictionary");
    }
    at = 2;
  }

  /// Decompresses on.
  ///
  /// @param target receives bytes
  /// @param from first place
  /// @param wanted how many
  /// @return how many there were: fewer only at the end of the stream
  /// @throws DataFormatException if the stream is damaged or cut off
  public int read(byte[] target, int from, int wanted) throws DataFormatException {
    int got = 0;
    while (got < wanted) {
      if (taken == written) {
        if (state == State.DONE) {
          break;
        }
        refill();
      }
      int some = Math.min(wanted - got, written - taken);
      System.arraycopy(out, taken, target, from + got, some);
      taken += some;
      got += some;
    }
    return got;
  }

  private void refill() throws DataFormatException {
    if (written > BUFFER - HISTORY) {
      System.arraycopy(out, written - HISTORY, out, 0, HISTORY);
      written = HISTORY;
      taken = HISTORY;
    }
    int begin = written;
    while (written == begin && state != State.DONE) {
      switch (state) {
        case BLOCK_HEADER -> beginBlock();
        case STORED -> copyStored();
        case CODES -> decode();
        case DONE -> {}
      }
    }
    adler.update(out, begin, written - begin);
    if (state == State.DONE) {
      requireChecksum();
    }
  }

  private void fill() {
    bits |= (long) LONG.get(in, at) << count;
    at += (63 - count) >>> 3;
    count |= 56;
  }

  /// @param size how many bits, 1 to 16
  /// @return them, the first lowest
  /// @throws DataFormatException if they are cut off
  int bits(int size) throws DataFormatException {
    if (count < size) {
      if (at > length + 8) {
        throw cutOff();
      }
      fill();
    }
    int value = (int) bits & (1 << size) - 1;
    bits >>>= size;
    count -= size;
    return value;
  }

  private void requireWithin() throws DataFormatException {
    if (at - (count >>> 3) > length) {
      throw cutOff();
    }
  }

  private static DataFormatException cutOff() {
    return new DataFormatException("they are cut off");
  }

  private void beginBlock() throws DataFormatException {
    if (lastBlock) {
      state = State.DONE;
      return;
    }
    lastBlock = bits(1) == 1;
    switch (bits(2)) {
      case 0 -> beginStored();
      case 1 -> beginCodes(BlockCodes.FIXED);
      case 2 -> beginCodes(BlockCodes.read(this));
      default -> throw new DataFormatException("a block is of an unknown kind");
    }
    requireWithin();
  }

  // Stored bytes begin at a whole byte; those in the bit buffer are read again.
  private void beginStored() throws DataFormatException {
    at -= count >>> 3;
    bits = 0;
    count = 0;
    int size = bits(16);
    if (size != (~bits(16) & 0xFFFF)) {
      throw new DataFormatException("a stored block contradicts itself");
    }
    at -= count >>> 3;
    bits = 0;
    count = 0;
    storedLeft = size;
    state = State.STORED;
  }

  private void copyStored() throws DataFormatException {
    int some = Math.min(storedLeft, BUFFER - written);
    if (some > length - at) {
      throw cutOff();
    }
    System.arraycopy(in, at, out, written, some);
    at += some;
    written += some;
    storedLeft -= some;
    if (storedLeft == 0) {
      state = State.BLOCK_HEADER;
    }
  }

  private void beginCodes(BlockCodes read) {
    codes = read;
    state = State.CODES;
  }

  /// @param code of a block's header, no longer than [DeflateCode#BITS]
  /// @return the next symbol
  /// @throws DataFormatException if no code begins like the next bits, or they are cut off
  int symbol(DeflateCode code) throws DataFormatException {
    if (count < 15) {
      if (at > length + 8) {
        throw cutOff();
      }
      fill();
    }
    int entry = code.table()[(int) bits & MASK];
    if (entry == 0) {
      throw unknownCode();
    }
    bits >>>= entry;
    count -= entry & 0xFF;
    return entry >> 8;
  }

  private static DataFormatException unknownCode() {
    return new DataFormatException("they hold a code that no table has");
  }

  // The hot loop: state in local variables; up to three look-ups of literals for one fill.
  private void decode() throws DataFormatException {
    DeflateCode literals = codes.literals();
    DeflateCode distances = codes.distances();
    int[] literalTable = literals.table();
    int[] distanceTable = distances.table();
    byte[] buffer = out;
    long next = bits;
    int have = count;
    int from = at;
    int to = written;
    boolean ended = false;
    while (to < BUFFER && from <= length + 8) {
      next |= (long) LONG.get(in, from) << have;
      from += (63 - have) >>> 3;
      have |= 56;
      int entry = literalTable[(int) next & MASK];
      if (entry < 0) {
        SHORT.set(buffer, to, (short) (entry >> 8));
        to += 1 + (entry >>> 30 & 1);
        next >>>= entry;
        have -= entry & 0xFF;
        entry = literalTable[(int) next & MASK];
        if (entry < 0) {
          SHORT.set(buffer, to, (short) (entry >> 8));
          to += 1 + (entry >>> 30 & 1);
          next >>>= entry;
          have -= entry & 0xFF;
          entry = literalTable[(int) next & MASK];
          if (entry < 0) {
            SHORT.set(buffer, to, (short) (entry >> 8));
            to += 1 + (entry >>> 30 & 1);
            next >>>= entry;
            have -= entry & 0xFF;
            continue;
          }
        }
      }
      if (entry == 0) {
        entry = literals.longCode((int) next);
        if (entry == 0) {
          throw unknownCode();
        }
      }
      next >>>= entry;
      have -= entry & 0xFF;
      if (entry < 0) {
        buffer[to++] = (byte) (entry >> 8);
        continue;
      }
      if ((entry & DeflateCode.END) != 0) {
        ended = true;
        break;
      }
      if (entry >> 16 == 0) { // two symbols of the fixed code mean nothing
        throw unknownCode();
      }
      int extra = entry >> 8 & 0xFF;
      int size = (entry >> 16) + ((int) next & (1 << extra) - 1);
      next >>>= extra;
      have -= extra;
      if (have < 28) {
        next |= (long) LONG.get(in, from) << have;
        from += (63 - have) >>> 3;
        have |= 56;
      }
      entry = distanceTable[(int) next & MASK];
      if (entry == 0) {
        entry = distances.longCode((int) next);
        if (entry == 0) {
          throw unknownCode();
        }
      }
      next >>>= entry;
      have -= entry & 0xFF;
      extra = entry >> 8 & 0xFF;
      int distance = (entry >> 16) + ((int) next & (1 << extra) - 1);
      next >>>= extra;
      have -= extra;
      if (distance > to) {
        throw new DataFormatException("they refer to bytes before the first");
      }
      copy(buffer, to, distance, size);
      to += size;
    }
    bits = next;
    count = have;
    at = from;
    written = to;
    requireWithin();
    if (ended) {
      state = State.BLOCK_HEADER;
    }
  }

  // Source and target overlap where the distance is below the length: the bytes repeat.
  private static void copy(byte[] buffer, int to, int distance, int size) {
    int from = to - distance;
    int end = to + size;
    if (distance >= 8) {
      for (int i = to, j = from; i < end; i += 8, j += 8) { // writes up to 7 bytes too many
        LONG.set(buffer, i, (long) LONG.get(buffer, j));
      }
    } else {
      for (int i = to, j = from; i < end; i++, j++) {
        buffer[i] = buffer[j];
      }
    }
  }

  // The checksum may be missing, as Pillow reads such files, but not wrong.
  private void requireChecksum() throws DataFormatException {
    int begin = at - (count >>> 3);
    if (begin + 4 <= length) {
      int expected = ByteBuffer.wrap(in, begin, 4).getInt();
      if (expected != (int) adler.getValue()) {
        throw new DataFormatException("their checksum is wrong");
      }
    }
  }
}
