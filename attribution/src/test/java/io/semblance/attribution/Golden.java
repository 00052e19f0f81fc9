package io.semblance.attribution;

import io.semblance.core.array.NpyFile;
import io.semblance.core.array.NumberArray;
import io.semblance.core.linalg.Dense;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Files of `tools/reference/golden_attribution.py`.
public final class Golden {

  private Golden() {}

  public static Path path(String name) {
    try {
      return Path.of(Golden.class.getResource("golden/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static double[] numbers(String name) throws IOException {
    try (NpyFile file = NpyFile.open(path(name + ".npy"))) {
      return file.numbers().toDoubles();
    }
  }

  public static Dense dense(String name) throws IOException {
    try (NpyFile file = NpyFile.open(path(name + ".npy"))) {
      NumberArray a = file.numbers();
      return Dense.of((int) a.rows(), (int) a.rowLength(), a.toDoubles());
    }
  }

  /// Cells of a CSV without quotes, without its header.
  public static List<List<String>> csv(String name) throws IOException {
    return Files.readAllLines(path(name)).stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .toList();
  }
}
