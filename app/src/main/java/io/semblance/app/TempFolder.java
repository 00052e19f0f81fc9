package io.semblance.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder of this process for everything temporary: what libraries unpack (DuckDB alone 70 MB)
/// and what we write. The start script makes it, as Java settles on one before any code of ours
/// runs, and it goes when the process ends. A killed process cannot tidy up; the next one does it,
/// which sees by a lock on a file in the folder that nobody is there any more.
final class TempFolder {

  /// How names of such folders begin.
  static final String PREFIX = "semblance-tmp-";

  private static final String LOCK = "lock";
  private static final Duration STARTING = Duration.ofHours(1);

  private TempFolder() {}

  /// Owns the folder for temporary files if it is one made for this process, and tidies up after
  /// others.
  ///
  /// @param folder Java's folder for temporary files
  static void own(Path folder) {
    if (!folder.getFileName().toString().startsWith(PREFIX)) {
      return;
    }
    try {
      FileChannel held =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (held.tryLock() != null) {
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      try {
                        delete(folder);
                      } finally {
                        Reference.reachabilityFence(held);
                      }
                    },
                    "tidy-up"));
      }
    } catch (IOException _) {
      // whoever needs a temporary file will say why there is none
    }
    sweep(folder.resolveSibling(""), folder);
  }

  /// Removes what killed processes left.
  ///
  /// @param parent folder for temporary files of all processes
  /// @param own folder to leave alone
  static void sweep(Path parent, Path own) {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : left) {
        if (!folder.equals(own) && abandoned(folder)) {
          delete(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // it is somebody else's, or in use: the next start tries again
    }
  }

  private static boolean abandoned(Path folder) {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException _) {
      return isOld(folder); // else its process may be just beginning
    } catch (IOException | OverlappingFileLockException _) {
      return false; // somebody else's
    }
  }

  private static boolean isOld(Path folder) {
    try {
      return Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(STARTING));
    } catch (IOException _) {
      return false;
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException _) {
      // a library in use on Windows: the next start removes it
    }
  }
}
