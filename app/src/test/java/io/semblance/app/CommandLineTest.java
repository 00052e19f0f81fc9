package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.extract.ModelCard;
import io.semblance.extract.Models;
import io.semblance.extract.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "paint",
        "models list",
        "models show",
        "models pull",
        "models verify",
        "list",
        "embed",
        "merge",
        "pack",
        "convert",
        "inspect",
        "salad",
        "index build",
        "index verify",
        "index info",
        "attribute"
      })
  void everyVerbHasHelpWithAnExample(String verb) {
    Run run = Run.of((verb + " --help").split(" "));
    assertEquals(0, run.code());
    assertTrue(run.out().contains("Examples"), run.out());
    assertTrue(run.out().contains("semblance " + verb), run.out());
    assertEquals("", run.err());
  }

  @Test
  void wrongUsageIsOneSentenceAndTwo() {
    assertUsage("Did you mean: semblance paint", "pant");
    assertUsage("Missing required option", "embed", "x", "--out", "y");
    assertUsage("Unknown option", "demo", "--nope");
    assertUsage(
        "instances is 0", "paint", "--out", temp.resolve("p").toString(), "--instances", "0");
    assertUsage(
        "choose auto, empirical", "salad", temp.toString(), "--out", "r", "--covariance", "best");
    assertUsage("build, verify or info", "index");
    assertUsage("Give at least one IMAGE", "attribute", "--index", "x");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertFailed(
        "There is no file or folder",
        "embed",
        temp.resolve("none").toString(),
        "--model",
        "png-filesize",
        "--out",
        temp.resolve("t").toString());
    assertFailed(
        "There is no table in", "salad", temp.toString(), "--out", temp.resolve("r").toString());
    assertFailed("is not an index", "attribute", "x.png", "--index", temp.toString());
    assertFailed(
        "There is no file",
        "convert",
        temp.resolve("x.csv").toString(),
        temp.resolve("t").toString());
  }

  @Test
  void anUnknownModelStopsBeforeAnythingRuns() throws IOException {
    Path images = Files.createDirectories(temp.resolve("images"));
    Files.write(images.resolve("a.png"), new byte[] {1, 2, 3});
    Run run =
        Run.of(
            "embed",
            images.toString(),
            "--model",
            "png-filesize,efficientnet-lite9",
            "--out",
            temp.resolve("t").toString());
    assertEquals(2, run.code());
    assertTrue(run.err().contains("did you mean efficientnet-lite0"), run.err());
    assertFalse(Files.exists(temp.resolve("t")));
  }

  @Test
  void modelsAreListedInTextAndJson() {
    Run text = Run.of("models", "list");
    for (ModelCard card : Models.cards()) {
      assertTrue(text.out().contains(card.id()), card.id());
    }
    assertTrue(text.out().contains("compression-ensemble-fast"), text.out());
    Run json = Run.of("models", "list", "--json");
    assertEquals(Models.cards().size() + Registry.cards().size(), json.json().get("models").size());
  }

  @Test
  void aCsvGoesToATableAndBack() throws IOException {
    Path csv = temp.resolve("vectors.csv");
    List<String> lines = List.of("file,0,1", "3_1_0.png,0.5,-1.25", "4_1_0.png,1.0E-7,3.0");
    Files.write(csv, lines);
    Path table = temp.resolve("tables/mine");
    assertEquals(
        0,
        Run.of(
                "convert",
                csv.toString(),
                table.toString(),
                "--pattern",
                "{category}_{style}_{instance}")
            .code());
    Path again = temp.resolve("again.csv");
    assertEquals(0, Run.of("convert", table.toString(), again.toString()).code());
    assertEquals(lines, Files.readAllLines(again));
    assertFailed("exists: choose another name", "convert", table.toString(), again.toString());
    assertEquals(
        0,
        Run.of(
                "convert",
                table.toString(),
                temp.resolve("half").toString(),
                "--precision",
                "float16")
            .code());
    assertFailed(
        "--model and --pattern are for files",
        "convert",
        table.toString(),
        temp.resolve("z").toString(),
        "--model",
        "m");
  }

  @Test
  void filesOfOtherProgramsAreConvertedAndInspected() throws IOException {
    Path fixtures = Path.of("../core/src/test/resources/io/semblance/core/array/fixtures");
    Path laion = fixtures.resolve("laion_subset.pth");
    Path target = temp.resolve("laion.safetensors");
    Run converted = Run.of("convert", laion.toString(), target.toString(), "--json");
    assertEquals(7, converted.json().get("rows").asInt(), converted.err());
    Run again = Run.of("convert", target.toString(), temp.resolve("laion.parquet").toString());
    assertEquals(0, again.code(), again.err());
    assertFailed("--tensor NAME", "convert", fixtures.resolve("test.pth").toString(), "x");
    assertFailed(
        "cannot be written", "convert", laion.toString(), temp.resolve("x.pth").toString());
    assertUsage("choose image or text", "convert", laion.toString(), "x", "--part", "both");

    Run text = Run.of("inspect", laion.toString(), temp.resolve("laion.parquet").toString());
    assertTrue(text.out().contains("feats: float32 7 x 6"), text.out());
    assertTrue(text.out().contains("paths: 7 texts, the first is 'laion/00000.jpg'"), text.out());
    assertTrue(text.out().contains("model laion_subset"), text.out());
    Run evil = Run.of("inspect", fixtures.resolve("evil/os-system.pth").toString(), "--json");
    assertTrue(evil.json().get("files").get(0).get("refused").toString().contains("posix.system"));
    Path split = temp.resolve("split.json");
    Files.writeString(split, "[{\"exemplar\":[\"a\"],\"synth\":{\"gpt\":[\"b\",\"c\"]}}]");
    assertTrue(Run.of("inspect", split.toString()).out().contains("synthesized: {gpt=2}"));
  }

  @Test
  void theProgramStartsWithoutATerminal() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    var command =
        new ProcessBuilder(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Semblance.class.getName(),
            "--version");
    Process process = command.redirectErrorStream(true).start();
    try (var reader = process.inputReader()) {
      String first = reader.readLine();
      assertTrue(first != null && first.startsWith("Semblance "), first);
    }
  }

  private static void assertUsage(String part, String... args) {
    assertOutcome(2, part, args);
  }

  private static void assertFailed(String part, String... args) {
    assertOutcome(1, part, args);
  }

  private static void assertOutcome(int code, String part, String... args) {
    Run run = Run.of(args);
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(part), run.err());
    assertEquals("", run.out());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  /// Verbs share the option, but each asks for its number itself.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "paint --instances 1",
        "embed IMAGES --model png-filesize",
        "salad IMAGES",
        "attribute IMAGES --index IMAGES",
        "evaluate --testcase IMAGES/t.pth --distractors IMAGES",
        "calibrate --split IMAGES/t.pth --distractors IMAGES",
        "train mapper --split IMAGES/t.pth --validation IMAGES/v.pth"
      })
  void noThreadIsTooFew(String verb) throws IOException {
    Path images = Files.createDirectory(temp.resolve("images"));
    String line = verb.replace("IMAGES", images.toString()) + " --threads 0 --out " + temp + "/out";
    Run run = Run.of(line.split(" "));
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("--threads is 0: give 1 or more"), run.err());
  }
}
