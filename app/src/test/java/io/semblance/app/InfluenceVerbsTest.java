package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.file.Json;
import io.semblance.core.file.Sha256;
import io.semblance.synth.paint.Fruit;
import io.semblance.synth.paint.PaintOptions;
import io.semblance.synth.paint.SaladPainter;
import io.semblance.synth.paint.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Influence on painted images with a mapper and a calibrator, as a user would ask for it.
class InfluenceVerbsTest {

  private static final List<Style> STYLES = List.of(Style.OIL, Style.COMIC, Style.PATCH);
  private static final int INSTANCES = 3;
  private static final int OTHERS = 5;

  @TempDir static Path temp;

  private static String at(String name) {
    return temp.resolve(name).toString();
  }

  private static void run(String... args) {
    Run run = Run.of(args);
    assertEquals(0, run.code(), run.err());
  }

  /// Paintings of five fruits to train and calibrate on, of the other five as distractors.
  @BeforeAll
  static void makeTables() throws IOException {
    var painter = new SaladPainter(new PaintOptions(INSTANCES, 32, 8));
    var entries = new ArrayList<Map<String, Object>>();
    for (Fruit fruit : Fruit.values()) {
      String folder = fruit.ordinal() < OTHERS ? "works" : "others";
      Files.createDirectories(temp.resolve(folder));
      for (Style style : STYLES) {
        var names = new ArrayList<String>();
        for (int i = 0; i < INSTANCES; i++) {
          String name = "%s_%s_%d.png".formatted(fruit.label(), style.label(), i);
          names.add(name);
          ImageIO.write(
              painter.paint(fruit, style, i), "png", temp.resolve(folder).resolve(name).toFile());
        }
        if (fruit.ordinal() < OTHERS) {
          entries.add(
              Map.of(
                  "exemplar", names.subList(0, 2),
                  "synth", Map.of("gpt", names.subList(2, INSTANCES))));
        }
      }
    }
    Json.write(entries, temp.resolve("split.json"));
    for (String folder : List.of("works", "others")) {
      run(
          "embed",
          at(folder),
          "--pattern",
          "{category}_{style}_{instance}",
          "--model",
          "efficientnet-lite0",
          "--out",
          at("tables-" + folder));
    }
    String works = at("tables-works/efficientnet-lite0");
    String others = at("tables-others/efficientnet-lite0");
    run("index", "build", works, others, "--out", at("index"));
    run("index", "build", works, others, "--correct", "centre", "--out", at("centred"));
    run(
        "train",
        "mapper",
        "--split",
        at("split.json"),
        "--table",
        works,
        "--validation",
        at("split.json"),
        "--distractors",
        others,
        "--epochs",
        "3",
        "--out",
        at("mapper"));
    calibrate("mapped", "--mapper", at("mapper/mapper.safetensors"));
    calibrate("plain");
    calibrate("corrected", "--correct", "centre");
  }

  private static void calibrate(String out, String... more) {
    var args =
        new ArrayList<>(
            List.of(
                "calibrate",
                "--split",
                at("split.json"),
                "--table",
                at("tables-works/efficientnet-lite0"),
                "--distractors",
                at("tables-others/efficientnet-lite0"),
                "--out",
                at(out)));
    args.addAll(List.of(more));
    run(args.toArray(String[]::new));
  }

  private static Run attribute(String index, String... more) {
    var args =
        new ArrayList<>(
            List.of(
                "attribute",
                at("works/fig_oil_2.png"),
                at("others/kiwi_patch_1.png"),
                "--index",
                at(index),
                "--top",
                "4",
                "--json"));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  private static String mapper() {
    return at("mapper/mapper.safetensors");
  }

  private static double listed(JsonNode query) {
    double sum = 0;
    for (JsonNode hit : query.path("hits")) {
      sum += hit.path("influence").asDouble();
    }
    return sum;
  }

  @Test
  void sharesAndGroupsSumToOne() throws IOException {
    Run run =
        attribute(
            "index",
            "--mapper",
            mapper(),
            "--calibrator",
            at("mapped/calibrator.json"),
            "--group-by",
            "category",
            "--out",
            at("answer"));
    assertEquals(0, run.code(), run.err());
    JsonNode document = run.json();
    assertEquals(Sha256.of(Path.of(mapper())), document.path("behind").path("mapper").asString());
    assertEquals(64, document.path("behind").path("calibrator").asString().length());
    for (int q = 0; q < 2; q++) {
      JsonNode query = document.path("queries").get(q);
      assertEquals(4, query.path("hits").size());
      assertEquals(1, listed(query) + query.path("remaining").asDouble(), 1e-9);
      JsonNode details = document.path("influence").get(q);
      double groups = 0;
      var names = new HashSet<String>();
      for (JsonNode group : details.path("groups")) {
        groups += group.path("share").asDouble();
        names.add(group.path("group").asString());
      }
      assertEquals(1, groups, 1e-6);
      assertTrue(names.contains(q == 0 ? "fig" : "kiwi"), names.toString());
      JsonNode first = details.path("intervals").get(0);
      double share = query.path("hits").get(0).path("influence").asDouble();
      assertTrue(first.path("low").asDouble() <= share && share <= first.path("high").asDouble());
    }
    String page = Files.readString(temp.resolve("answer/report.html"));
    assertTrue(page.contains("<th>influence</th>") && page.contains("fig"));
  }

  @Test
  void aQueryThatIsLeftOutHasNoShare() {
    String calibrator = at("plain/calibrator.json");
    JsonNode with = attribute("index", "--calibrator", calibrator).json();
    Run run = attribute("index", "--calibrator", calibrator, "--exclude-self");
    assertEquals(0, run.code(), run.err());
    JsonNode without = run.json();
    for (int q = 0; q < 2; q++) {
      String self = q == 0 ? "works/fig_oil_2.png" : "others/kiwi_patch_1.png";
      JsonNode first = with.path("queries").get(q).path("hits").get(0);
      assertEquals(self, first.path("id").asString());
      JsonNode query = without.path("queries").get(q);
      assertFalse(query.toString().contains("\"id\":\"" + self), query.toString());
      assertEquals(1, listed(query) + query.path("remaining").asDouble(), 1e-9);
    }
    assertTrue(without.path("notes").toString().contains("left out of its own hits"));
  }

  private static void assertRefused(Run run, String part) {
    assertEquals(1, run.code(), run.out());
    assertTrue(run.err().contains(part), run.err());
    assertFalse(run.err().contains("Exception"), run.err());
  }

  @Test
  void aCalibratorGoesWithItsMapperAndItsSpace() {
    String mapped = at("mapped/calibrator.json");
    String plain = at("plain/calibrator.json");
    String corrected = at("corrected/calibrator.json");
    assertRefused(attribute("index", "--calibrator", mapped), "and this is no mapper");
    assertRefused(
        attribute("index", "--calibrator", plain, "--mapper", mapper()), "fitted with no mapper");
    assertRefused(
        attribute("index", "--calibrator", corrected),
        "correction 'centre', and the index has 'none'");
    assertRefused(
        attribute("centred", "--calibrator", plain),
        "correction 'none', and the index has 'centre'");
    assertRefused(attribute("centred", "--mapper", mapper()), "corrects its space (centre)");
    Run run = attribute("centred", "--calibrator", corrected);
    assertEquals(0, run.code(), run.err());
    assertEquals("cosine after centre", run.json().path("metric").asString());
    assertEquals("centre", run.json().path("behind").path("correction").asString());
    assertTrue(run.json().path("notes").toString().contains("other distractors"));
    Run similar = attribute("centred");
    assertEquals(0, similar.code(), similar.err());
    assertTrue(similar.json().path("queries").get(0).path("remaining").isNull());
  }

  @Test
  void groupsThatAreNotThereAndCalibratorsThatAreNoneAreSaid() throws IOException {
    assertRefused(
        attribute("index", "--calibrator", at("plain/calibrator.json"), "--group-by", "creator"),
        "Cannot group by 'creator'");
    Files.writeString(temp.resolve("half.json"), "{\"schema\": 1, \"tau\":");
    assertRefused(attribute("index", "--calibrator", at("half.json")), "half.json");
    Files.writeString(temp.resolve("other.json"), "{\"schema\": 1, \"tau\": 0.1, \"lambda\": 0}");
    assertRefused(attribute("index", "--calibrator", at("other.json")), "no calibrator of schema");
    assertEquals(2, attribute("index", "--group-by", "category").code());
  }
}
