package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/// Where the bytes of an image lie: a file of its own, or a piece of a larger one.
///
/// Safe for use by several threads.
public sealed interface ImageSource {

  /// Bytes an image may have: what one array holds.
  long MAX_BYTES = Integer.MAX_VALUE - 8L;

  /// @return the file that is or contains the image
  Path file();

  /// Reads the image's bytes.
  ///
  /// @return a fresh array
  /// @throws IOException if the file is missing, unreadable or shorter than its listing said
  byte[] read() throws IOException;

  /// Size and time of change, to notice without reading that an image is another one by now. Equal
  /// states mean equal bytes, as far as the file system tells; different states mean nothing.
  ///
  /// @return a short text
  /// @throws IOException if the file is missing
  default String state() throws IOException {
    var attributes = Files.readAttributes(file(), BasicFileAttributes.class);
    return attributes.size() + " " + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }

  /// An image that is a file.
  ///
  /// @param file where it lies
  record InFile(Path file) implements ImageSource {

    @Override
    public byte[] read() throws IOException {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        // reading a pipe would wait for ever
        throw new FileSystemException(file.toString(), null, "it is no regular file");
      }
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new SemblanceException(
            "%s has %d bytes, more than an image may have: make a smaller copy."
                .formatted(file, size));
      }
      return Files.readAllBytes(file);
    }
  }

  /// An image that is a member of a tar.
  ///
  /// @param file the tar
  /// @param offset its first byte
  /// @param length its bytes
  record InTar(Path file, long offset, int length) implements ImageSource {

    @Override
    public byte[] read() throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        while (bytes.hasRemaining()) {
          if (channel.read(bytes, offset + bytes.position()) < 0) {
            throw new SemblanceException(
                "%s ends at byte %d, inside a member that should end at byte %d: the tar was cut off since it was listed; copy it again."
                    .formatted(file, channel.size(), offset + length));
          }
        }
      }
      return bytes.array();
    }

    @Override
    public String state() throws IOException {
      return ImageSource.super.state() + " " + offset + " " + length;
    }
  }

  /// An image that is a member of a tar, known by its name.
  ///
  /// @param tars finds it
  /// @param file the tar
  /// @param member its name
  record NamedInTar(TarLookup tars, Path file, String member) implements ImageSource {

    @Override
    public byte[] read() throws IOException {
      return tars.find(file, member).read();
    }

    @Override
    public String state() throws IOException {
      return ImageSource.super.state() + " " + member;
    }
  }

  /// An image that is a cell of a Parquet file.
  ///
  /// @param cells the opened file
  /// @param row number of its row
  record InParquet(ParquetImages cells, long row) implements ImageSource {

    @Override
    public Path file() {
      return cells.file();
    }

    @Override
    public byte[] read() throws IOException {
      return cells.read(row);
    }

    @Override
    public String state() throws IOException {
      return ImageSource.super.state() + " " + row;
    }
  }

  /// A text that takes the place of an image: its caption, or a prompt. Its bytes are UTF-8.
  ///
  /// @param file that the text or its image lies in
  /// @param id of the image, for messages
  /// @param text null or blank where there is none
  record InText(Path file, String id, String text) implements ImageSource {

    @Override
    public byte[] read() throws IOException {
      if (text == null || text.isBlank()) {
        throw new SemblanceException(id + " has no text: it gets no row.");
      }
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String state() {
      return "text " + (text == null ? "" : Sha256.of(text));
    }
  }
}
