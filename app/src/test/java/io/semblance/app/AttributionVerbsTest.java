package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.synthetic.SyntheticBenchmark;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Json;
import io.semblance.core.table.Precision;
import io.semblance.core.table.TableRow;
import io.semblance.core.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AttributionVerbsTest {

  private static final int D = 12;

  @TempDir Path temp;
  private final SyntheticBenchmark data = new SyntheticBenchmark(D, 0.6, 5);

  @BeforeEach
  void writeData() throws IOException {
    split("train", 200);
    split("val", 40);
    split("imagenet_seen", 40);
    var pool = data.distractors(500);
    write(temp.resolve("pool"), pool.ids(), pool.vectors());
  }

  private void split(String name, int models) throws IOException {
    TestSet set = data.split(name, models, 2, 2);
    var ids = new ArrayList<>(set.exemplars().ids());
    Scheme scheme = set.schemes().getFirst();
    ids.addAll(scheme.queries().ids());
    float[] vectors = new float[ids.size() * D];
    int own = set.exemplars().vectors().length;
    System.arraycopy(set.exemplars().vectors(), 0, vectors, 0, own);
    System.arraycopy(scheme.queries().vectors(), 0, vectors, own, vectors.length - own);
    write(temp.resolve("table-" + name), ids, vectors);
    var entries = new ArrayList<Map<String, Object>>();
    for (int m = 0; m < models; m++) {
      entries.add(
          Map.of(
              "exemplar", set.exemplars().ids().subList(2 * m, 2 * m + 2),
              "synth", Map.of("gpt", scheme.queries().ids().subList(2 * m, 2 * m + 2)),
              "category", "kind " + m % 3));
    }
    Json.write(entries, temp.resolve(name + ".json"));
  }

  private void write(Path folder, List<String> ids, float[] vectors) throws IOException {
    var spec =
        new TableWriter.Spec(
            data.provenance(), D, Precision.FLOAT32, temp.toString(), "l", ids.size(), "x");
    try (TableWriter writer = TableWriter.open(folder, spec)) {
      for (int i = 0; i < ids.size(); i++) {
        writer.append(new TableRow(ids.get(i), Labels.NONE, null), vectors, i * D);
      }
      writer.finish();
    }
  }

  private String at(String name) {
    return temp.resolve(name).toString();
  }

  private Run evaluate(String out, String... more) {
    var args =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--testcase",
                at("imagenet_seen.json"),
                "--table",
                at("table-imagenet_seen"),
                "--distractors",
                at("pool"),
                "--out",
                at(out),
                "--json"));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  private static double map(JsonNode document) {
    JsonNode metrics = document.path("cases").get(0).path("metrics");
    return metrics.get(metrics.size() - 1).path("value").asDouble();
  }

  @Test
  void trainsEvaluatesAndCalibratesFromFiles() throws IOException {
    Run before = evaluate("plain");
    assertEquals(0, before.code(), before.err());
    String[] train = {
      "train",
      "mapper",
      "--split",
      at("train.json"),
      "--table",
      at("table-train"),
      "--table",
      at("table-val"),
      "--validation",
      at("val.json"),
      "--distractors",
      at("pool"),
      "--epochs",
      "40",
      "--batch",
      "50",
      "--rate",
      "0.005",
      "--out",
      at("mapper")
    };
    Run trained = Run.of(train);
    assertEquals(0, trained.code(), trained.err());
    byte[] first = Files.readAllBytes(temp.resolve("mapper/mapper.safetensors"));
    assertEquals(0, Run.of(train).code());
    assertArrayEquals(first, Files.readAllBytes(temp.resolve("mapper/mapper.safetensors")));
    Run after =
        evaluate(
            "mapped",
            "--mapper",
            at("mapper/mapper.safetensors"),
            "--paper=DINO",
            "--beside",
            at("plain"));
    assertEquals(0, after.code(), after.err());
    assertTrue(map(after.json()) > map(before.json()) + 0.1, before.out() + after.out());
    assertTrue(Files.exists(temp.resolve("mapped/style-object-R10.svg")));
    assertTrue(Files.readString(temp.resolve("mapped/categories.csv")).contains("kind 1"));
    Run calibrated =
        Run.of(
            "calibrate",
            "--split",
            at("val.json"),
            "--table",
            at("table-val"),
            "--distractors",
            at("pool"),
            "--mapper",
            at("mapper/mapper.safetensors"),
            "--out",
            at("calibrator"),
            "--json");
    assertEquals(0, calibrated.code(), calibrated.err());
    JsonNode fit = calibrated.json().path("fit");
    assertTrue(fit.path("divergenceAfter").asDouble() < fit.path("divergenceBefore").asDouble());
    assertTrue(Files.exists(temp.resolve("calibrator/shares.svg")));
    assertTrue(Files.notExists(temp.resolve("calibrator/scores.tmp")));
  }

  @Test
  void saysWhatIsWrongInOneSentence() throws IOException {
    Run large = evaluate("x", "--k", "1000");
    assertEquals(1, large.code());
    assertTrue(large.err().contains("R@1000 says nothing in a pool of 502 images"), large.err());
    Files.writeString(temp.resolve("bad.safetensors"), "no");
    Run bad = evaluate("x", "--mapper", at("bad.safetensors"));
    assertEquals(1, bad.code());
    Run noTable =
        Run.of(
            "evaluate",
            "--testcase",
            at("val.json"),
            "--distractors",
            at("pool"),
            "--out",
            at("x"));
    assertTrue(noTable.err().contains("give --table"), noTable.err());
    Run missing =
        Run.of(
            "evaluate",
            "--testcase",
            at("val.json"),
            "--table",
            at("table-train"),
            "--distractors",
            at("pool"),
            "--out",
            at("x"));
    assertTrue(missing.err().contains("entry 0: 'synth.gpt' names val/query-0"), missing.err());
    assertEquals(2, Run.of("train").code());
  }
}
