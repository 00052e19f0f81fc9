package io.semblance.core.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Damages a file as disks, networks and attackers do: flipped bits, wrong bytes, lost ends, lost
/// or repeated or swapped blocks, lying length fields.
///
/// The same file and seed give the same mutant on every machine, so one number repeats a failure:
/// `Mutator.mutate(whole, 1234)`.
public final class Mutator {

  private static final int MAX_STEPS = 3;
  // values at which sizes, counts and signs go wrong
  private static final long[] LIMITS = {
    0,
    1,
    -1,
    2,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000L,
    0xFFFFFFFFL,
    0x100000000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final SplittableRandom random;
  private byte[] bytes;

  private Mutator(byte[] whole, long seed) {
    this.random = new SplittableRandom(seed);
    this.bytes = whole.clone();
  }

  /// Damages a copy of a file in one to three places.
  ///
  /// @param whole the file; not written to
  /// @param seed which damage
  /// @return the copy, possibly empty, at most twice as long and 64 bytes more
  public static Mutant mutate(byte[] whole, long seed) {
    var mutator = new Mutator(whole, seed);
    var damage = new StringBuilder("seed " + seed);
    int steps = mutator.random.nextInt(1, MAX_STEPS + 1);
    for (int i = 0; i < steps && mutator.bytes.length > 0; i++) {
      damage.append("; ").append(mutator.step(2 * whole.length + 64));
    }
    return new Mutant(mutator.bytes, damage.toString());
  }

  private String step(int longest) {
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> flipBits();
      case 3, 4, 5 -> setBytes();
      case 6, 7, 8, 9 -> lieAboutALength();
      case 10 -> cutEnd();
      case 11 -> delete();
      case 12 -> duplicate(longest);
      case 13 -> swap();
      case 14 -> fill();
      default -> append(longest);
    };
  }

  private String flipBits() {
    int count = 1 << random.nextInt(5);
    int at = 0;
    for (int i = 0; i < count; i++) {
      at = place();
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    return count + " bits flipped, the last in byte " + at;
  }

  private String setBytes() {
    int at = place();
    int count = Math.min(random.nextInt(1, 5), bytes.length - at);
    for (int i = 0; i < count; i++) {
      bytes[at + i] = (byte) (random.nextBoolean() ? random.nextInt() : limit());
    }
    return count + " bytes set at " + at;
  }

  // Two, four or eight bytes somewhere, as a number: set to a limit, or moved a little.
  private String lieAboutALength() {
    int width = 2 << random.nextInt(3);
    if (bytes.length < width) {
      return setBytes();
    }
    int at = Math.min(place(), bytes.length - width);
    boolean little = random.nextBoolean();
    ByteBuffer field =
        ByteBuffer.wrap(bytes).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long old =
        switch (width) {
          case 2 -> field.getShort(at);
          case 4 -> field.getInt(at);
          default -> field.getLong(at);
        };
    long value =
        switch (random.nextInt(4)) {
          case 0 -> old + random.nextInt(-9, 10);
          case 1 -> old << random.nextInt(1, 16);
          default -> limit();
        };
    switch (width) {
      case 2 -> field.putShort(at, (short) value);
      case 4 -> field.putInt(at, (int) value);
      default -> field.putLong(at, value);
    }
    return "%d bytes at %d set to %d (%s endian)"
        .formatted(width, at, value, little ? "little" : "big");
  }

  private String cutEnd() {
    int kept = random.nextInt(4) == 0 ? place() : random.nextInt(bytes.length);
    bytes = Arrays.copyOf(bytes, kept);
    return "cut to " + kept + " bytes";
  }

  private String delete() {
    int at = place();
    int count = block(at);
    replace(at, count, new byte[0]);
    return count + " bytes deleted at " + at;
  }

  private String duplicate(int longest) {
    int at = place();
    int count = Math.max(0, Math.min(block(at), longest - bytes.length));
    byte[] again = Arrays.copyOfRange(bytes, at, at + count);
    replace(at, 0, again);
    return count + " bytes repeated at " + at;
  }

  private String swap() {
    int at = place();
    int count = block(at) / 2;
    byte[] first = Arrays.copyOfRange(bytes, at, at + count);
    System.arraycopy(bytes, at + count, bytes, at, count);
    System.arraycopy(first, 0, bytes, at + count, count);
    return "two blocks of " + count + " bytes swapped at " + at;
  }

  private String fill() {
    int at = place();
    int count = block(at);
    byte value = (byte) limit();
    Arrays.fill(bytes, at, at + count, value);
    return "%d bytes at %d filled with %d".formatted(count, at, value);
  }

  private String append(int longest) {
    byte[] more = new byte[Math.max(0, Math.min(random.nextInt(64), longest - bytes.length))];
    random.nextBytes(more);
    replace(bytes.length, 0, more);
    return more.length + " bytes appended";
  }

  // Headers stand at the beginning or the end and are small beside the data: look there more often.
  private int place() {
    int near = Math.min(bytes.length, 64 << random.nextInt(5));
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(bytes.length);
      case 1 -> bytes.length - 1 - random.nextInt(near);
      default -> random.nextInt(near);
    };
  }

  private int block(int at) {
    return Math.min(bytes.length - at, random.nextInt(1, 2 << random.nextInt(1, 12)));
  }

  private long limit() {
    return LIMITS[random.nextInt(LIMITS.length)];
  }

  private void replace(int at, int count, byte[] by) {
    byte[] out = new byte[bytes.length - count + by.length];
    System.arraycopy(bytes, 0, out, 0, at);
    System.arraycopy(by, 0, out, at, by.length);
    System.arraycopy(bytes, at + count, out, at + by.length, bytes.length - at - count);
    bytes = out;
  }
}
