package io.semblance.core.image;

import io.semblance.core.SemblanceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// An image file on its way to pixels: its bytes, what to call it in messages, and how much of
/// memory and time it may take. For one reading by one thread.
public final class EncodedImage {

  private final byte[] bytes;
  private final String name;
  private final ReadOptions options;
  private final long start;

  /// @param bytes the whole file; not copied, not written to
  /// @param name what to call it in messages
  /// @param options how it is read; its time begins now
  public EncodedImage(byte[] bytes, String name, ReadOptions options) {
    this(bytes, name, options, System.nanoTime());
  }

  private EncodedImage(byte[] bytes, String name, ReadOptions options, long start) {
    this.bytes = bytes;
    this.name = name;
    this.options = options;
    this.start = start;
  }

  /// @param part a file inside this one; not copied, not written to
  /// @return it, with this one's name, options and clock
  public EncodedImage part(byte[] part) {
    return new EncodedImage(part, name, options, start);
  }

  /// @return the whole file, shared: do not write
  public byte[] bytes() {
    return bytes;
  }

  /// @return the whole file, big-endian, at position 0
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes);
  }

  /// @return what to call it in messages
  public String name() {
    return name;
  }

  /// @return how it is read
  public ReadOptions options() {
    return options;
  }

  /// @param at offset, may lie outside the file
  /// @param text characters 0 to 255, a byte each
  /// @return whether these bytes stand there
  public boolean has(int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return at >= 0
        && bytes.length - at >= expected.length
        && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
  }

  /// @param width pixels a row, as the file says
  /// @param height rows, as the file says
  /// @throws SemblanceException if there is no pixel, or more than the options allow
  public void requireSize(long width, long height) throws SemblanceException {
    if (width < 1 || height < 1) {
      throw new SemblanceException(
          "%s is damaged: it says it is %d x %d pixels; replace the file."
              .formatted(name, width, height));
    }
    if (height > options.maxPixels() / width) {
      throw new SemblanceException(
          "%s has %d x %d pixels, more than the %d that are read: make a smaller copy, or allow more."
              .formatted(name, width, height, options.maxPixels()));
    }
  }

  /// To be called every few thousand pixels, and in any loop that a file makes long.
  ///
  /// @throws SemblanceException if reading takes longer than the options allow
  public void requireTime() throws SemblanceException {
    if (System.nanoTime() - start > options.maxTime().toNanos()) {
      throw new SemblanceException(
          "%s took longer than %s to read, as a file made to stop the program would: leave it out, or allow more time."
              .formatted(name, seconds()));
    }
  }

  private String seconds() {
    double seconds = options.maxTime().toNanos() / 1e9;
    return String.format(Locale.ROOT, seconds >= 1 ? "%.0f s" : "%.3g s", seconds);
  }

  /// @param format the file's format, such as `PNG`
  /// @param at offset of the damage
  /// @param what what is wrong there, half a sentence
  /// @return the refusal, to be thrown
  public SemblanceException damaged(String format, long at, String what) {
    return new SemblanceException(
        "%s is a damaged %s file (at byte %d: %s): replace the file."
            .formatted(name, format, at, what));
  }

  /// As [#damaged(String, long, String)], where no offset is known.
  ///
  /// @param format the file's format, such as `PNG`
  /// @param what what is wrong, half a sentence
  /// @param cause the failure underneath, or null
  /// @return the refusal, to be thrown
  public SemblanceException damaged(String format, String what, Throwable cause) {
    return new SemblanceException(
        "%s is a damaged %s file (%s): replace the file.".formatted(name, format, what), cause);
  }

  /// @param what what the file is, such as `a lossless JPEG`
  /// @return the refusal, to be thrown
  public SemblanceException unsupported(String what) {
    return new SemblanceException(
        "%s is %s, which is not read: save it again as PNG.".formatted(name, what));
  }
}
