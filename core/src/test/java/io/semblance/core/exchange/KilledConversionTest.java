package io.semblance.core.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.semblance.core.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real process, killed without warning in the middle of a conversion.
class KilledConversionTest {

  private static final int ROWS = 9000;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"t.csv", "t.npy", "t.safetensors", "t.parquet", "folder"})
  void nothingHalfIsLeftAndTheSameCommandEndsInTheSameBytes(String name) throws Exception {
    Path source = temp.resolve("source.csv");
    var text = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      text.append(i).append(".png,").append(i / 7f).append(",1,2\n");
    }
    Files.writeString(source, text);
    Path whole = Files.createDirectories(temp.resolve("whole")).resolve(name);
    convert(source, whole, Integer.MAX_VALUE);
    Path target = Files.createDirectories(temp.resolve("killed")).resolve(name);
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                Convert.class.getName(),
                source.toString(),
                target.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = child.inputReader()) {
      assertEquals("standing still", lines.readLine());
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertFalse(Files.exists(target));
    convert(source, target, Integer.MAX_VALUE);
    Path same = name.equals("folder") ? Path.of("img_emb/img_emb_0.npy") : Path.of("");
    assertEquals(-1, Files.mismatch(whole.resolve(same), target.resolve(same)));
    try (var left = Files.list(target.getParent())) {
      assertFalse(left.anyMatch(p -> p.getFileName().toString().startsWith(".")));
    }
  }

  private static void convert(Path source, Path target, int standStillAt) throws IOException {
    Progress progress =
        (done, _) -> {
          if (done >= standStillAt) {
            standStill();
          }
        };
    try (TableSource table = TableFormats.open(source, TableReadOptions.defaults())) {
      new Conversion(table, target, null, false, progress).run();
    }
  }

  private static void standStill() {
    System.out.println("standing still");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Converts a file and stands still on the way, to be killed there.
  static final class Convert {

    private Convert() {}

    public static void main(String[] args) throws IOException {
      convert(Path.of(args[0]), Path.of(args[1]), ROWS / 2);
    }
  }
}
