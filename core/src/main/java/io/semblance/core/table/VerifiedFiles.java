package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.TableManifest.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Remembers in the user's cache folder which files were hashed and found right, by path, size and
/// time of change, so that a large table is read once and not at every start.
final class VerifiedFiles {

  private VerifiedFiles() {}

  /// Checks size, and the hash if this file was not seen before.
  static void check(Path file, Part part) throws IOException {
    long size = sizeOf(file, part);
    if (part.sha256() == null) {
      return;
    }
    Path note = note(file);
    String state = state(file, size, part.sha256());
    try {
      if (Files.readString(note).equals(state)) {
        return;
      }
    } catch (IOException _) {
      // Not remembered: hash it now.
    }
    hash(file, part);
    remember(note, state);
  }

  /// Checks size and hash whatever was remembered.
  static void checkAgain(Path file, Part part) throws IOException {
    long size = sizeOf(file, part);
    if (part.sha256() != null) {
      hash(file, part);
      remember(note(file), state(file, size, part.sha256()));
    }
  }

  /// Notes that a file we have just written has this hash.
  static void remember(Path file, Part part) throws IOException {
    remember(note(file), state(file, part.bytes(), part.sha256()));
  }

  private static long sizeOf(Path file, Part part) throws IOException {
    long size;
    try {
      size = Files.size(file);
    } catch (NoSuchFileException e) {
      throw new SemblanceException(
          file + " is missing, though the manifest lists it: copy the whole folder again.", e);
    }
    if (part.bytes() >= 0 && size != part.bytes()) {
      throw new SemblanceException(
          "%s has %d bytes, the manifest says %d: the file is %s; copy or make the table again."
              .formatted(
                  file, size, part.bytes(), size < part.bytes() ? "truncated" : "another one"));
    }
    return size;
  }

  private static void hash(Path file, Part part) throws IOException {
    String actual = Sha256.of(file);
    if (!actual.equals(part.sha256())) {
      throw new SemblanceException(
          "%s has SHA-256 %s..., the manifest says %s...: the file was changed or damaged; copy or make the table again."
              .formatted(file, actual.substring(0, 12), part.sha256().substring(0, 12)));
    }
  }

  private static String state(Path file, long size, String sha256) throws IOException {
    return size + " " + Files.getLastModifiedTime(file).toMillis() + " " + sha256 + "\n";
  }

  private static Path note(Path file) {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("semblance")
        .resolve("verified")
        .resolve(Sha256.of(file.toAbsolutePath().normalize().toString()));
  }

  private static void remember(Path note, String state) {
    try {
      AtomicFile.write(note, state);
    } catch (IOException _) {
      // A cache that cannot be written only costs the next start some time.
    }
  }
}
