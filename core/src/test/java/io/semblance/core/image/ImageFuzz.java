package io.semblance.core.image;

import io.semblance.core.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// The image readers, to be tried with damaged files.
final class ImageFuzz {

  private static final ReadOptions OPTIONS =
      ReadOptions.defaults().withMaxPixels(1 << 21).withOrientation(Orientation.APPLY);
  private static final long MAX_ALLOCATION = 100L << 20;

  private ImageFuzz() {}

  /// @return one target for each format
  static Stream<FuzzTarget> targets() {
    return Stream.of(ImageFormat.values()).map(Format::new);
  }

  private static void mendChecksums(byte[] png) {
    var file = ByteBuffer.wrap(png);
    for (int at = 8; png.length - at >= 12; ) {
      int length = file.getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        return;
      }
      var crc = new CRC32();
      crc.update(png, at + 4, length + 4);
      file.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
  }

  /// All golden files of a format, damaged in turn.
  ///
  /// @param format which
  private record Format(ImageFormat format) implements FuzzTarget {

    @Override
    public String name() {
      return format.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<byte[]> seeds() throws IOException {
      var seeds = new ArrayList<byte[]>();
      try (Stream<Path> files = Files.list(FormatGoldens.FOLDER)) {
        for (Path file : files.sorted().toList()) {
          byte[] bytes = Files.readAllBytes(file);
          if (ImageFormat.of(new EncodedImage(bytes, "", OPTIONS)) == format) {
            seeds.add(bytes);
          }
        }
      }
      return List.copyOf(seeds);
    }

    @Override
    public void read(byte[] bytes, String name) throws IOException {
      if (format == ImageFormat.PNG) { // else its checksums keep all damage from what is behind
        mendChecksums(bytes);
      }
      ImageReader.read(bytes, name, OPTIONS);
      ImageReader.check(bytes, name);
    }

    @Override
    public long maxAllocation() {
      return MAX_ALLOCATION;
    }

    @Override
    public String toString() {
      return name();
    }
  }
}
