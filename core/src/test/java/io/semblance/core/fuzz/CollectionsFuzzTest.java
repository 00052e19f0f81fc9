package io.semblance.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionOptions;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Listing;
import io.semblance.core.collection.Unlisted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damaged tars, manifests, listings and what stands beside images: each opening ends in images or
/// in one clear sentence. The number of mutants of the slow test can be raised: `-Dtests.excluded=
/// -Dfuzz.mutants=20000`.
@Timeout(value = 4, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CollectionsFuzzTest {

  private static final Path FIXTURES =
      Path.of("src/test/resources/io/semblance/core/collection/fixtures");
  private static final int FEW = 60;
  private static final int MOST_READ = 20;

  @TempDir Path temp;

  /// A good collection, the file of it that is damaged, and what is opened.
  ///
  /// @param given files and folders of the fixtures to copy
  /// @param damaged path of the file below them
  /// @param opened path of the collection
  record Target(List<String> given, String damaged, String opened) {

    @Override
    public String toString() {
      return damaged + " of " + opened;
    }
  }

  static List<Target> targets() {
    return List.of(
        new Target(List.of("tars"), "tars/00000.tar", "tars"),
        new Target(List.of("tars"), "tars/00000.parquet", "tars"),
        new Target(List.of("names"), "names/gnu.tar", "names/gnu.tar"),
        new Target(List.of("names"), "names/pax.tar", "names/pax.tar"),
        new Target(List.of("parquets"), "parquets/00001.parquet", "parquets"),
        new Target(List.of("hugging-face.parquet"), "hugging-face.parquet", "hugging-face.parquet"),
        new Target(List.of("files"), "files/00000.parquet", "files"),
        new Target(List.of("files"), "made.csv", "made.csv"),
        new Target(List.of("files"), "made.txt", "made.txt"),
        new Target(List.of("files"), "made.parquet", "made.parquet"),
        new Target(List.of(), "beside/a.json", "beside"),
        new Target(List.of(), "beside/a.txt", "beside"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void damageIsACollectionOrASentence(Target target) throws IOException {
    damage(target, 0, FEW);
  }

  @ParameterizedTest
  @MethodSource("targets")
  @Tag("slow")
  void muchDamageIsACollectionOrASentence(Target target) throws IOException {
    damage(target, FuzzOptions.firstSeed(), FuzzOptions.mutants());
  }

  private void damage(Target target, long first, int times) throws IOException {
    prepare(target);
    Path file = temp.resolve(target.damaged());
    byte[] whole = Files.readAllBytes(file);
    for (long seed = first; seed < first + times; seed++) {
      Mutant mutant = Mutator.mutate(whole, seed);
      Files.write(file, mutant.bytes());
      try {
        open(temp.resolve(target.opened()), mutant, seed % 8 == 0);
      } catch (SemblanceException e) {
        requireSentence(e.getMessage(), mutant);
      } catch (Throwable e) {
        fail(mutant.damage(), e);
      }
    }
  }

  private void open(Path place, Mutant mutant, boolean written) throws IOException {
    try (ImageCollection collection =
        ImageCollection.open(List.of(place), CollectionOptions.defaults())) {
      for (Unlisted unlisted : collection.unlisted()) {
        requireSentence(unlisted.reason(), mutant);
      }
      for (int i = 0; i < Math.min(MOST_READ, collection.size()); i++) {
        try {
          assertNotNull(collection.image(i).read());
        } catch (SemblanceException e) {
          requireSentence(e.getMessage(), mutant);
        }
      }
      if (written) { // slow, and the same for all kinds
        Path listing = temp.resolve("listing-out.parquet");
        Listing.write(collection, listing);
        assertTrue(Files.size(listing) > 0);
      }
    }
  }

  private static void requireSentence(String message, Mutant mutant) {
    assertTrue(message.endsWith(".") && message.length() < 2000, mutant.damage() + ": " + message);
    assertFalse(message.contains("\n"), mutant.damage() + ": " + message);
  }

  private void prepare(Target target) throws IOException {
    for (String given : target.given()) {
      try (Stream<Path> files = Files.walk(FIXTURES.resolve(given))) {
        for (Path path : (Iterable<Path>) files::iterator) {
          Path copy = temp.resolve(FIXTURES.relativize(path).toString());
          if (Files.isDirectory(path)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(path, copy);
          }
        }
      }
    }
    switch (target.damaged()) {
      case "made.csv" -> Files.writeString(temp.resolve("made.csv"), csv());
      case "made.txt" ->
          Files.writeString(temp.resolve("made.txt"), "files/00000/000000000.jpg\n\na b.png\n");
      case "made.parquet" -> {
        try (ImageCollection collection =
            ImageCollection.open(List.of(temp.resolve("files")), CollectionOptions.defaults())) {
          Listing.writeManifest(collection, temp.resolve("made.parquet"));
        }
      }
      case "beside/a.json", "beside/a.txt" -> besides();
      default -> assertTrue(Files.exists(temp.resolve(target.damaged())));
    }
  }

  private void besides() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("beside"));
    Files.write(folder.resolve("a.jpg"), new byte[] {1, 2, 3});
    Files.write(folder.resolve("b.jpg"), new byte[] {4});
    String json =
        """
        {"caption": "a \\"cat\\" é", "url": "https://x.org/a?b=1", "width": 12,
         "ratio": 0.5e-3, "exif": {"Orientation": [6, null, true]}, "licence": null}
        """;
    Files.write(folder.resolve("a.json"), json.getBytes(StandardCharsets.UTF_8));
    Files.writeString(folder.resolve("a.txt"), "a caption, with é\n");
  }

  private static String csv() {
    var text = new StringBuilder("path,category,creator,\"a \"\"note\"\"\"\n");
    for (int i = 0; i < 20; i++) {
      text.append("\"files/00000/%09d.jpg\",cat,\"A, B\",%d\n".formatted(i, i * i));
    }
    return text.toString();
  }
}
