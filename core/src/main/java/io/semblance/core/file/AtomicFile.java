package io.semblance.core.file;

import io.semblance.core.SemblanceException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a file under a temporary name and moves it into place when it is complete, so that a
/// reader, a full disk or a killed process never leaves half a file under the final name.
public final class AtomicFile {

  private AtomicFile() {}

  /// Writes one file.
  ///
  /// @param target final place; parent folders are created
  /// @param content writes the bytes; the stream is closed by the caller of `content`
  /// @throws SemblanceException if the folder cannot be written or the disk is full; the temporary
  ///   file is gone then
  public static void write(Path target, Content content) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Path temporary = folder.resolve("." + target.getFileName() + ".partial");
    try {
      Files.createDirectories(folder);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
        content.writeTo(out);
      }
      move(temporary, target);
    } catch (SemblanceException e) {
      Files.deleteIfExists(temporary);
      throw e;
    } catch (UncheckedIOException e) {
      deleteQuietly(temporary);
      throw cannotWrite(target, e.getCause());
    } catch (IOException e) {
      deleteQuietly(temporary);
      throw cannotWrite(target, e);
    } catch (RuntimeException e) {
      deleteQuietly(temporary); // the writer was stopped, or has a fault
      throw e;
    }
  }

  private static SemblanceException cannotWrite(Path target, IOException e) {
    return new SemblanceException(
        "Cannot write "
            + target
            + " ("
            + reason(e)
            + "): check free space and permissions, then run the same command again.",
        e);
  }

  /// Writes one UTF-8 text file.
  ///
  /// @param target final place; parent folders are created
  /// @param text content
  /// @throws SemblanceException as [#write(Path, Content)]
  public static void write(Path target, String text) throws IOException {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Moves a finished file or folder over its final name in one step where the file system can.
  ///
  /// @param from what is complete
  /// @param to the final name; a file there is replaced
  /// @throws IOException if the move fails
  public static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// What went wrong, in words a person knows: the file system's own sentence, or the kind of
  /// failure.
  ///
  /// @param failure any failure of the file system
  /// @return a few words without a path
  public static String reason(IOException failure) {
    return switch (failure) {
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.NoSuchFileException _ -> "no such file or folder";
      case java.nio.file.NotDirectoryException _ -> "not a folder";
      case java.nio.file.FileAlreadyExistsException _ -> "a file of that name is in the way";
      case java.nio.file.FileSystemException e when e.getReason() != null -> e.getReason();
      default ->
          failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    };
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // The failure that brought us here is the one worth reporting.
    }
  }

  /// Writes the bytes of one file.
  @FunctionalInterface
  public interface Content {

    /// @param out buffered; need not be closed
    /// @throws IOException if writing fails
    void writeTo(OutputStream out) throws IOException;
  }
}
