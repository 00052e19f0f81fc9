package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.file.Json;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.synth.paint.Fruit;
import io.semblance.synth.paint.PaintOptions;
import io.semblance.synth.paint.SaladPainter;
import io.semblance.synth.paint.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From images to a mapper trained on augmented views of them, as a user would type it.
class ViewsTest {

  @TempDir Path temp;

  private Run embed(String out, String... more) {
    var args =
        new ArrayList<>(
            List.of(
                "embed",
                temp.resolve("images").toString(),
                "--model",
                "efficientnet-lite0",
                "--out",
                temp.resolve(out).toString()));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  private String at(String name) {
    return temp.resolve(name).toString();
  }

  @Test
  void aMapperIsTrainedOnViews() throws IOException {
    Path images = Files.createDirectories(temp.resolve("images"));
    var painter = new SaladPainter(new PaintOptions(1, 32, 3));
    var entries = new ArrayList<Map<String, Object>>();
    for (Fruit fruit : Fruit.values()) {
      for (Style style : List.of(Style.OIL, Style.COMIC)) {
        Path file = images.resolve(fruit.label() + "_" + style.label() + ".png");
        ImageIO.write(painter.paint(fruit, style, 0), "png", file.toFile());
      }
      entries.add(
          Map.of(
              "exemplar", List.of(fruit.label() + "_oil.png"),
              "synth", Map.of("gpt", List.of(fruit.label() + "_comic.png"))));
    }
    Json.write(entries, temp.resolve("split.json"));
    assertEquals(0, embed("tables").code());
    Run views =
        embed("views", "--views", "2", "--augment", "strong", "--seed", "9", "--threads", "1");
    assertEquals(0, views.code(), views.err());
    assertEquals(0, embed("again", "--views", "2", "--augment", "strong", "--seed", "9").code());
    assertArrayEquals(
        vectors("views/efficientnet-lite0.view-2"), vectors("again/efficientnet-lite0.view-2"));
    assertFalse(
        Arrays.equals(
            vectors("views/efficientnet-lite0.view-1"),
            vectors("views/efficientnet-lite0.view-2")));
    Run trained =
        Run.of(
            "train",
            "mapper",
            "--split",
            at("split.json"),
            "--table",
            at("tables/efficientnet-lite0"),
            "--view",
            at("views/efficientnet-lite0.view-1"),
            "--view",
            at("views/efficientnet-lite0.view-2"),
            "--validation",
            at("split.json"),
            "--distractors",
            at("tables/efficientnet-lite0"),
            "--epochs",
            "2",
            "--out",
            at("mapper"));
    assertEquals(0, trained.code(), trained.err());
    assertTrue(Files.exists(temp.resolve("mapper/mapper.safetensors")));
    Run mixed =
        Run.of(
            "evaluate",
            "--testcase",
            at("split.json"),
            "--table",
            at("views/efficientnet-lite0.view-1"),
            "--distractors",
            at("tables/efficientnet-lite0"),
            "--out",
            at("x"));
    assertEquals(1, mixed.code());
    assertTrue(mixed.err().contains("view 1 of strong augmentation, seed 9"), mixed.err());
  }

  private float[] vectors(String table) throws IOException {
    try (EmbeddingTable opened = TableFolder.open(temp.resolve(table))) {
      float[] out = new float[opened.size() * opened.dimension()];
      opened.copyRows(0, opened.size(), out, 0);
      return out;
    }
  }

  @Test
  void onlyNetworksHaveViews() throws IOException {
    Path images = Files.createDirectories(temp.resolve("images"));
    var painter = new SaladPainter(new PaintOptions(1, 32, 3));
    ImageIO.write(
        painter.paint(Fruit.FIG, Style.OIL, 0), "png", images.resolve("fig.png").toFile());
    Run run =
        Run.of(
            "embed",
            images.toString(),
            "--model",
            "gif-compression",
            "--views",
            "1",
            "--out",
            at("views"));
    assertEquals(1, run.code());
    assertTrue(run.err().contains("no network that looks at pixels"), run.err());
    assertEquals(2, embed("x", "--views", "-1").code());
  }
}
