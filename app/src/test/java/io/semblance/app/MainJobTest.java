package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From painted images to a report and an attribution, as a user would type it.
class MainJobTest {

  private static final String MODELS =
      "efficientnet-lite0,gif-compression,png-filesize,style-blind,category-blind,balanced";

  @TempDir static Path temp;
  private static Path images;
  private static Path tables;

  @BeforeAll
  static void paintAndEmbed() {
    images = temp.resolve("images");
    tables = temp.resolve("tables");
    Run paint =
        Run.of(
            "paint", "--out", images.toString(), "--instances", "2", "--size", "64", "--seed", "5");
    assertEquals(0, paint.code(), paint.err());
    Run embed =
        Run.of(
            "embed",
            images.toString(),
            "--pattern",
            "{category}_{style}_{instance}",
            "--model",
            MODELS,
            "--out",
            tables.toString());
    assertEquals(0, embed.code(), embed.err());
  }

  @Test
  void theSecondEmbedHasNothingToDo() {
    Run again =
        Run.of(
            "embed",
            images.toString(),
            "--pattern",
            "{category}_{style}_{instance}",
            "--model",
            "png-filesize",
            "--out",
            tables.toString(),
            "--json");
    assertEquals(0, again.code());
    assertTrue(again.err().contains("complete already"), again.err());
    assertEquals(200, again.json().get("tables").get(0).get("rows").asInt());
  }

  @Test
  void otherImagesOfTheSameNamesAreNotTakenForTheOnesThatWereEmbedded() {
    Path others = temp.resolve("others");
    Run.of("paint", "--out", others.toString(), "--instances", "2", "--size", "64", "--seed", "6");
    Run run =
        Run.of(
            "embed",
            others.toString(),
            "--pattern",
            "{category}_{style}_{instance}",
            "--model",
            "png-filesize",
            "--out",
            tables.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("are others: choose another --out"), run.err());
  }

  @Test
  void theReportIsWrittenAndRefusalsDoNotStopTheOthers() throws IOException {
    Path report = temp.resolve("report");
    Run salad = Run.of("salad", tables.toString(), "--out", report.toString(), "--parquet");
    assertEquals(0, salad.code(), salad.err());
    assertTrue(salad.out().contains("style-blind"), salad.out());
    String page = Files.readString(report.resolve("report.html"));
    assertTrue(page.contains("efficientnet-lite0"));
    assertTrue(
        !page.contains("src=\"http") && !page.contains("href=\"http"), "the page stands alone");

    Map<String, String> columns = Parquet.columns(report.resolve("parquet/models.parquet"));
    assertEquals("DOUBLE", columns.get("w_category"));
    assertEquals("BIGINT", columns.get("images"));
    assertTrue(Files.exists(report.resolve("parquet/heatmap-balanced.parquet")));

    Run one = Run.of("salad", tables.resolve("balanced").toString(), "--out", report.toString());
    assertEquals(0, one.code(), one.err());
    try (var files = Files.walk(report)) {
      assertTrue(
          files.noneMatch(f -> f.toString().contains("style-blind")),
          "an older report's files are gone");
    }

    Run refused =
        Run.of(
            "salad",
            tables.toString(),
            "--out",
            temp.resolve("empirical").toString(),
            "--covariance",
            "empirical",
            "--json");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("efficientnet-lite0: "), refused.err());
    assertEquals(1, refused.json().get("schema").asInt());
    assertTrue(Files.exists(temp.resolve("empirical/report.html")), "the others go on");
  }

  @Test
  void aPaintedImageFindsItself() throws IOException {
    Path index = temp.resolve("index");
    assertEquals(
        0,
        Run.of(
                "index",
                "build",
                tables.resolve("efficientnet-lite0").toString(),
                "--out",
                index.toString())
            .code());
    assertEquals(0, Run.of("index", "verify", index.toString()).code());
    assertTrue(Run.of("index", "info", index.toString()).out().contains("200 images"));
    Path query = images.resolve("kiwi_lomo_001.png");
    Path answer = temp.resolve("answer");
    Run attribute =
        Run.of(
            "attribute",
            query.toString(),
            "--index",
            index.toString(),
            "--top",
            "3",
            "--out",
            answer.toString(),
            "--parquet",
            "--json");
    assertEquals(0, attribute.code(), attribute.err());
    JsonNode found = attribute.json().get("queries").get(0);
    assertEquals(query.toString(), found.get("query").asString());
    JsonNode first = found.get("hits").get(0);
    assertEquals("kiwi_lomo_001.png", first.get("id").asString());
    assertEquals(1, first.get("score").asDouble(), 1e-6);
    assertTrue(first.get("influence").isNull() && found.get("remaining").isNull());
    assertTrue(Files.exists(answer.resolve("hits.parquet")));
    assertTrue(Files.readString(answer.resolve("report.html")).contains("data:image/jpeg"));

    Run mixed =
        Run.of(
            "attribute",
            images.resolve("paint.properties").toString(),
            query.toString(),
            "--index",
            index.toString(),
            "--json");
    assertEquals(1, mixed.code(), "one query is no image");
    assertEquals(1, mixed.json().get("queries").size(), "the other is answered");

    Run without =
        Run.of(
            "attribute", query.toString(), "--index", index.toString(), "--exclude-self", "--json");
    assertTrue(without.json().get("queries").get(0).get("hits").get(0).get("score").asDouble() < 1);
  }

  @Test
  void groupsFindTheirMates() {
    Path index = temp.resolve("index-groups");
    Run.of("index", "build", tables.resolve("balanced").toString(), "--out", index.toString());
    Run recall =
        Run.of(
            "attribute",
            "--leave-one-out",
            "--group",
            "{category}_{style}_{instance}",
            "--index",
            index.toString(),
            "--top",
            "1");
    assertEquals(0, recall.code(), recall.err());
    assertTrue(recall.out().contains("200 of 200 queries"), recall.out());
  }

  @Test
  void labelsThatAreMissingAreAskedForAndTheOthersGoOn() {
    Run run =
        Run.of(
            "embed",
            images.toString(),
            "--model",
            "style-blind,png-filesize",
            "--out",
            temp.resolve("unlabelled").toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("--pattern"), run.err());
    assertTrue(Files.exists(temp.resolve("unlabelled/png-filesize/manifest.json")));
  }
}
