package io.semblance.synth.paint;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.stream.Stream;

/// A folder of paintings: a marker `paint.properties` that says how they were made, and one PNG per
/// image, each complete or absent. The marker leaves out the number of instances, so a painting can
/// be extended.
final class PaintFolder {
  private static final String MARKER = "paint.properties";
  private static final String TEMPORARY = ".part";
  private final Path root;
  private final PaintOptions options;

  PaintFolder(Path root, PaintOptions options) {
    this.root = root;
    this.options = options;
  }

  /// Makes the folder ready, or refuses it in one sentence.
  void open() throws IOException {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new IllegalArgumentException(root + " is a file, not a folder; choose an empty folder");
    }
    try {
      Files.createDirectories(root);
    } catch (IOException failure) {
      throw unwritable(root, failure);
    }
    Path marker = root.resolve(MARKER);
    if (Files.exists(marker)) {
      compare(Files.readString(marker));
      sweep();
    } else {
      refuseStrangers();
      write(marker, marker().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private String marker() {
    return "painter.version="
        + SaladPainter.VERSION
        + "\nseed="
        + options.seed()
        + "\nsize="
        + options.size()
        + "\n";
  }

  private void compare(String found) {
    if (!found.equals(marker())) {
      throw new IllegalArgumentException(
          root
              + " holds a painting made with other options ("
              + found.strip().replace("\n", ", ")
              + ", asked for "
              + marker().strip().replace("\n", ", ")
              + "); choose an empty folder or the same options");
    }
  }

  private void refuseStrangers() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      var stranger =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith(".") && !name.equals(MARKER + TEMPORARY))
              .sorted()
              .findFirst();
      if (stranger.isPresent()) {
        throw new IllegalArgumentException(
            root
                + " holds files that are not a painting, such as "
                + stranger.get()
                + "; choose an empty folder");
      }
    }
  }

  /// Removes what an interrupted run left half-written.
  private void sweep() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.filter(f -> f.getFileName().toString().endsWith(TEMPORARY)).toList()) {
        Files.delete(file);
      }
    }
  }

  Path file(Fruit fruit, Style style, int instance) {
    String number = String.format(Locale.ROOT, "%03d", instance);
    return root.resolve(fruit.label() + "_" + style.label() + "_" + number + ".png");
  }

  /// Writes under a temporary name in the same folder, then moves, so that a file is never seen
  /// half-written.
  void write(Path file, byte[] bytes) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + TEMPORARY);
    try {
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      discard(part, failure);
      throw unwritable(file, failure);
    }
  }

  private static void discard(Path part, IOException failure) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  private static IOException unwritable(Path path, IOException failure) {
    String reason =
        failure instanceof FileSystemException fs && fs.getReason() != null
            ? fs.getReason()
            : failure.getClass().getSimpleName();
    return new IOException(
        "cannot write "
            + path
            + " ("
            + reason
            + "); make the folder writable or free some space, then run again to go on from here",
        failure);
  }
}
