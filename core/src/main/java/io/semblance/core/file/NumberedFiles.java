package io.semblance.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Files that are parts of one whole, in the order of the numbers at the end of their names, which
/// may be zero-padded.
public final class NumberedFiles {

  private static final Pattern NUMBER = Pattern.compile("(\\d+)\\.[a-z]+$");

  private NumberedFiles() {}

  /// @param folder where to look; not below it
  /// @param extension with its dot, e.g. `.npy`
  /// @return the files, those without a number last; none if there is no such folder
  /// @throws IOException if the folder cannot be listed
  public static List<Path> in(Path folder, String extension) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(
              p ->
                  p.getFileName().toString().endsWith(extension)
                      && !p.getFileName().toString().startsWith("."))
          .sorted(
              Comparator.<Path>comparingLong(NumberedFiles::number).thenComparing(Path::toString))
          .toList();
    }
  }

  private static long number(Path file) {
    Matcher m = NUMBER.matcher(file.getFileName().toString());
    return m.find() && m.group(1).length() < 18 ? Long.parseLong(m.group(1)) : Long.MAX_VALUE;
  }
}
