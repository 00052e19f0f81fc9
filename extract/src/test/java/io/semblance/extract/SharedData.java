package io.semblance.extract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// The real images that are never part of the project: `../shared/data` beside the checkout, or
/// where the system property or environment variable `semblance.shared` says.
public final class SharedData {

  private static final String NAME = "semblance.shared";

  private SharedData() {}

  /// Skips the test, with the reason, where the folder is missing.
  public static Path folder() {
    String set = System.getProperty(NAME, System.getenv(NAME));
    Path folder = set == null ? Path.of("../../shared/data") : Path.of(set);
    assumeTrue(
        Files.isDirectory(folder),
        () -> "no real images: " + folder.toAbsolutePath().normalize() + " is missing");
    return folder;
  }
}
