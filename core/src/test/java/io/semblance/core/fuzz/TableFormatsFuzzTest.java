package io.semblance.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.Fixtures;
import io.semblance.core.exchange.Conversion;
import io.semblance.core.exchange.FileInspector;
import io.semblance.core.exchange.RowBlock;
import io.semblance.core.exchange.TableFormats;
import io.semblance.core.exchange.TableReadOptions;
import io.semblance.core.exchange.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damaged tables of every format: each reading ends in values or in one clear sentence. The number
/// of mutants of the slow test can be raised: `-Dtests.excluded= -Dfuzz.mutants=20000`.
@Timeout(value = 4, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TableFormatsFuzzTest {

  private static final int FEW = 100;
  private static final int MOST_ROWS = 10_000;

  @TempDir Path temp;

  static List<String> files() {
    return List.of(
        "npy/f4.npy",
        "npy/fortran3.npy",
        "npy/names.npy",
        "npz/stored.npz",
        "npz/compressed.npz",
        "laion_subset.pth",
        "test.pth",
        "views.pth",
        "protocol4.pth",
        "big-endian.pth",
        "legacy.pth",
        "influence-0.pkl",
        "influence-4.pkl",
        "influence-5.pkl",
        "plain-0.pkl",
        "plain-5.pkl",
        "evil/laughs.pkl",
        "python2.pkl",
        "safetensors/all.safetensors",
        "safetensors/single.safetensors",
        "vectors/x.fvecs",
        "vectors/x.bvecs",
        "vectors/x.fbin",
        "vectors/x.u8bin",
        "parquet/list-float.parquet",
        "parquet/fixed.parquet",
        "vectors.csv");
  }

  static List<String> parts() {
    return List.of("manifest.json", "img_emb/img_emb_0.npy", "metadata/metadata_0.parquet");
  }

  @ParameterizedTest
  @MethodSource("files")
  void damageIsAValueOrASentence(String name) throws IOException {
    damageFile(name, 0, FEW);
  }

  @ParameterizedTest
  @MethodSource("files")
  @Tag("slow")
  void muchDamageIsAValueOrASentence(String name) throws IOException {
    damageFile(name, FuzzOptions.firstSeed(), FuzzOptions.mutants());
  }

  @ParameterizedTest
  @MethodSource("parts")
  void damageInATableFolderIsAValueOrASentence(String part) throws IOException {
    damageFolder(part, 0, FEW);
  }

  @ParameterizedTest
  @MethodSource("parts")
  @Tag("slow")
  void muchDamageInATableFolderIsAValueOrASentence(String part) throws IOException {
    damageFolder(part, FuzzOptions.firstSeed(), FuzzOptions.mutants());
  }

  private void damageFile(String name, long first, int times) throws IOException {
    byte[] whole =
        name.equals("vectors.csv") ? csv() : Files.readAllBytes(Fixtures.FOLDER.resolve(name));
    Path file = temp.resolve(Path.of(name).getFileName());
    for (long seed = first; seed < first + times; seed++) {
      Mutant mutant = Mutator.mutate(whole, seed);
      Files.write(file, mutant.bytes());
      if (Fixtures.isArrayFile(name)) {
        attempt(mutant, () -> Fixtures.read(file));
      }
      attempt(mutant, () -> readTable(file));
      if (seed % 8 == 0) {
        attempt(mutant, () -> FileInspector.inspect(file));
      }
    }
  }

  /// A folder without hashes of its files, as clip-retrieval writes it, and one with a manifest.
  private void damageFolder(String part, long first, int times) throws IOException {
    Path folder = temp.resolve("table");
    try (TableSource source =
        TableFormats.open(
            Fixtures.FOLDER.resolve("parquet/list-float.parquet"), TableReadOptions.defaults())) {
      new Conversion(source, folder, null, false, Progress.none()).run();
    }
    boolean manifest = part.endsWith(".json");
    if (!manifest) {
      Files.delete(folder.resolve("manifest.json"));
    }
    byte[] whole = Files.readAllBytes(folder.resolve(part));
    for (long seed = first; seed < first + times; seed++) {
      Mutant mutant = Mutator.mutate(whole, seed);
      Files.write(folder.resolve(part), mutant.bytes());
      attempt(mutant, () -> readTable(folder));
    }
  }

  private interface Reading {
    void run() throws IOException;
  }

  private static void attempt(Mutant mutant, Reading reading) {
    try {
      reading.run();
    } catch (SemblanceException e) {
      String message = e.getMessage();
      assertTrue(
          message.endsWith(".") && message.length() < 2000, mutant.damage() + ": " + message);
      assertFalse(message.contains("\n"), mutant.damage() + ": " + message);
    } catch (Throwable e) {
      fail(mutant.damage(), e);
    }
  }

  private static void readTable(Path path) throws IOException {
    try (TableSource source = TableFormats.open(path, TableReadOptions.defaults());
        TableSource.RowStream rows = source.rows(0)) {
      RowBlock block = RowBlock.of(source);
      for (int n = 0; n < MOST_ROWS && rows.read(block); n += block.size()) {
        assertTrue(block.size() > 0 && block.row(block.size() - 1).id() != null);
      }
    }
  }

  private static byte[] csv() {
    var text = new StringBuilder("file,0,1,2\n");
    for (int i = 0; i < 40; i++) {
      text.append("\"a, ")
          .append(i)
          .append(".png\",")
          .append(i / 3f)
          .append(",-1e-5,")
          .append(i)
          .append('\n');
    }
    return text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
