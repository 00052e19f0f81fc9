package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Captions and prompts on their way to a table, and an index asked by text.
class TextTowerTest {

  private static final Path TOWERS =
      Path.of("../extract/src/test/resources/io/semblance/extract/text/parity");
  private static final String TEXT = TOWERS.resolve("clip-open-clip/model.onnx").toString();
  private static final String IMAGE = TOWERS.resolve("clip-open-clip/image/model.onnx").toString();
  private static final String SIGLIP = TOWERS.resolve("siglip/model.onnx").toString();

  @TempDir Path temp;
  private Path photos;

  @BeforeEach
  void paint() throws IOException {
    photos = temp.resolve("photos");
    run(0, "paint", "--out", photos.toString(), "--instances", "1", "--size", "32");
    Files.writeString(photos.resolve("apple_comic_000.txt"), "an apple in a comic\n");
    Files.writeString(photos.resolve("pear_comic_000.txt"), "a pear in a comic");
    Files.writeString(photos.resolve("fig_comic_000.txt"), "");
  }

  @Test
  void captionsHaveTheIdsOfTheirImages() throws IOException {
    Run both = embed("t", photos.toString(), "--model", IMAGE + "," + TEXT, "--json");
    assertEquals(100, both.json().get("tables").get(0).get("rows").asInt());
    assertEquals(2, both.json().get("tables").get(1).get("rows").asInt());
    assertEquals(List.of("apple_comic_000.png", "pear_comic_000.png"), ids("t/tiny-clip-text"));
    String failures = Files.readString(temp.resolve("t/tiny-clip-text/failures.csv"));
    assertTrue(failures.contains("fig_comic_000.png has no text"), failures);
    embed("p", "--prompt", "a pear in a comic", "--model", TEXT);
    assertArrayEquals(vector("p/tiny-clip-text", 0), vector("t/tiny-clip-text", 1), 1e-5f);
  }

  @Test
  void aChangedCaptionIsEmbeddedAgainAndTheOthersAreKept() throws IOException {
    embed("t", photos.toString(), "--model", TEXT);
    Files.writeString(photos.resolve("apple_comic_000.txt"), "another text");
    Run again = embed("t", photos.toString(), "--model", TEXT, "--json");
    assertEquals(1, again.json().get("tables").get(0).get("embedded").asInt());
    assertEquals(1, again.json().get("tables").get(0).get("reused").asInt());
  }

  @Test
  void linesAreTheirOwnIdsAndRepeatedOnesAreTakenOnce() throws IOException {
    Path prompts = temp.resolve("prompts.txt");
    Files.writeString(prompts, "a dog\n\n  a cat \r\na dog\n");
    Run run = embed("t", prompts.toString(), "--texts", "--model", SIGLIP);
    assertEquals(List.of("a dog", "a cat"), ids("t/tiny-siglip-text"));
    assertTrue(run.err().contains("line 4 repeats an earlier one"), run.err());
    Run again = embed("t", prompts.toString(), "--texts", "--model", SIGLIP);
    assertTrue(again.err().contains("complete already"), again.err());
  }

  @Test
  void columnsOfCsvAndParquetGiveTheSameRows() throws IOException {
    Path csv = temp.resolve("texts.csv");
    Files.writeString(csv, "key,note,what\nk1,x,a dog\nk2,y,\"a cat, a bird\"\nk3,z,\n");
    String[] options = {"--texts", "--text-column", "what", "--model", TEXT};
    Run run = embed("c", args(csv.toString(), options));
    assertTrue(run.out().contains("2 of 3 texts"), run.out());
    assertEquals(List.of("k1", "k2"), ids("c/tiny-clip-text"));
    Path parquet = temp.resolve("c/tiny-clip-text/metadata/metadata_0.parquet");
    embed("p", args(parquet.toString(), options));
    assertEquals(List.of("k1", "k2"), ids("p/tiny-clip-text"));
    assertArrayEquals(vector("c/tiny-clip-text", 1), vector("p/tiny-clip-text", 1), 1e-5f);
  }

  @Test
  void anIndexOfImagesAnswersPrompts() {
    embed("t", photos.toString(), "--model", IMAGE);
    Path index = temp.resolve("index");
    run(0, "index", "build", temp.resolve("t/tiny-clip").toString(), "--out", index.toString());
    Run answer =
        attribute(0, index, "--prompt", "a pear", "--prompt", "x", "--model", TEXT, "--json");
    assertEquals(2, answer.json().get("queries").size());
    assertEquals("a pear", answer.json().get("queries").get(0).get("query").asString());
    assertEquals(3, answer.json().get("queries").get(0).get("hits").size());
    Run other = attribute(1, index, "--prompt", "a pear", "--model", SIGLIP);
    assertTrue(other.err().contains("in the space of tiny-siglip, but the index is of tiny-clip"));
    Run none = attribute(1, index, "--prompt", "a pear");
    assertTrue(none.err().contains("--text --space tiny-clip"), none.err());
    Run image = attribute(1, index, "--prompt", "a pear", "--model", IMAGE);
    assertTrue(image.err().contains("is no text tower"), image.err());
    attribute(2, index, "--prompt", "a", photos.toString());
  }

  @Test
  void anIndexOfTextsRefusesImages() {
    embed("t", photos.toString(), "--model", TEXT);
    Path index = temp.resolve("index");
    String table = temp.resolve("t/tiny-clip-text").toString();
    run(0, "index", "build", table, "--out", index.toString());
    Run run = attribute(1, index, photos.toString(), "--model", TEXT);
    assertTrue(run.err().contains("which reads texts"), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|PHOTOS --texts --model TEXT|There is no file of texts",
        "1|--prompt x --model png-filesize|png-filesize reads images, not texts",
        "1|PHOTOS --model TEXT --text-column nope|have no column 'nope' beside them",
        "2|PHOTOS --prompt x --model TEXT|--prompt takes the place of IMAGES",
        "2|--texts --model TEXT|--texts wants one file of texts",
        "2|--model TEXT|Missing required parameter: 'IMAGES'",
      })
  void whatDoesNotFitIsSaid(int code, String words, String message) {
    String[] typed = words.replace("PHOTOS", photos.toString()).replace("TEXT", TEXT).split(" ");
    Run run = run(code, args("embed", args("--out", args(temp.resolve("x").toString(), typed))));
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void theRegistryTellsOfTextTowers() {
    String cache = temp.resolve("cache").toString();
    Run image = run(0, "models", "show", "clip-b-32-l2b", "--cache", cache);
    assertTrue(image.out().contains("clip-b-32-l2b-text, not here"), image.out());
    assertTrue(image.out().contains("--text --space clip-b-32-l2b"), image.out());
    Run text = run(0, "models", "show", "siglip2-b-16-text", "--cache", cache);
    assertTrue(text.out().contains("in the space of siglip2-b-16"), text.out());
    Run absent =
        run(
            1,
            "embed",
            "--prompt",
            "x",
            "--model",
            "siglip2-b-16-text",
            "--cache",
            cache,
            "--out",
            temp.resolve("x").toString());
    assertTrue(absent.err().contains("models pull siglip2-b-16-text"), absent.err());
  }

  @Test
  void aTextTowerOfTheRegistryIsVerifiedAndAskedFromTheFolderGiven() throws IOException {
    String cache = temp.resolve("cache").toString();
    Path tower = Files.createDirectories(temp.resolve("cache/clip-b-32-l2b-text"));
    for (String name : List.of("model.onnx", "vocab.json", "merges.txt")) {
      Files.copy(Path.of(TEXT).resolveSibling(name), tower.resolve(name));
    }
    Run bare = run(1, "models", "verify", "--cache", cache);
    assertTrue(bare.out().contains("the card that the export of clip-b-32-l2b-text writes"));
    String card = Files.readString(Path.of(TEXT).resolveSibling("model.json"));
    card = card.replace("\"tiny-clip-text\"", "\"clip-b-32-l2b-text\"");
    card = card.replace("\"tiny-clip\"", "\"clip-b-32-l2b\"");
    Files.writeString(tower.resolve("model.json"), card);
    Run wrong = run(1, "models", "verify", "--cache", cache);
    assertTrue(wrong.out().startsWith("clip-b-32-l2b-text: unusable"), wrong.out());
    assertTrue(wrong.out().contains("\"dimension\" is 32, the registry's model has 512"));
    Path csv = temp.resolve("vectors.csv");
    Files.write(csv, List.of("file,0,1", "a.png,0.5,-1.25", "b.png,1.0,3.0"));
    String table = temp.resolve("table").toString();
    Path index = temp.resolve("index");
    run(0, "convert", csv.toString(), table, "--model", "clip-b-32-l2b");
    run(0, "index", "build", table, "--out", index.toString());
    Run asked = attribute(1, index, "--prompt", "a pear", "--cache", cache);
    assertTrue(asked.err().contains(tower.resolve("model.json") + ": \"dimension\""), asked.err());
    assertEquals(1, run(1, "models", "verify", "siglip2-b-16-text", "--cache", cache).code());
  }

  @Test
  void aTextTowerRunsWhereItIsToldToOrSaysThatItCannot() {
    Run run =
        run(
            1,
            "embed",
            "--prompt",
            "x",
            "--model",
            TEXT,
            "--device",
            "cuda",
            "--out",
            temp.resolve("x").toString());
    assertTrue(run.err().contains("finds no CUDA device"), run.err());
  }

  private Run embed(String out, String... args) {
    return run(0, args("embed", args("--out", args(temp.resolve(out).toString(), args))));
  }

  private static Run attribute(int code, Path index, String... args) {
    return run(
        code,
        args("attribute", args("--index", args(index.toString(), args("--top", args("3", args))))));
  }

  private static String[] args(String first, String... others) {
    String[] out = new String[others.length + 1];
    out[0] = first;
    System.arraycopy(others, 0, out, 1, others.length);
    return out;
  }

  private static Run run(int code, String... args) {
    Run run = Run.of(args);
    assertEquals(code, run.code(), run.err());
    return run;
  }

  private List<String> ids(String table) throws IOException {
    try (EmbeddingTable opened = TableFolder.open(temp.resolve(table))) {
      return opened.rows().stream().map(TableRow::id).toList();
    }
  }

  private float[] vector(String table, int row) throws IOException {
    try (EmbeddingTable opened = TableFolder.open(temp.resolve(table))) {
      return opened.vector(row);
    }
  }
}
