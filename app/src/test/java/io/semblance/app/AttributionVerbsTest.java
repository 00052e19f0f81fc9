package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.synthetic.SyntheticBenchmark;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Json;
import io.semblance.core.table.Precision;
import io.semblance.core.table.Provenance;
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
    write(folder, data.provenance(), ids, vectors);
  }

  private void write(Path folder, Provenance model, List<String> ids, float[] vectors)
      throws IOException {
    int d = vectors.length / ids.size();
    var spec =
        new TableWriter.Spec(model, d, Precision.FLOAT32, temp.toString(), "l", ids.size(), "x");
    try (TableWriter writer = TableWriter.open(folder, spec)) {
      for (int i = 0; i < ids.size(); i++) {
        writer.append(new TableRow(ids.get(i), Labels.NONE, null), vectors, i * d);
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
    String[] options = {"--batch", "50", "--rate", "0.005"};
    Run trained = train("mapper", 40, options);
    assertEquals(0, trained.code(), trained.err());
    byte[] first = Files.readAllBytes(temp.resolve("mapper/mapper.safetensors"));
    assertEquals(0, train("mapper", 40, options).code());
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

  private Run train(String out, int epochs, String... more) {
    var args =
        new ArrayList<>(
            List.of(
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
                Integer.toString(epochs),
                "--out",
                at(out)));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  private Run calibrate(String pool, String... more) {
    var args =
        new ArrayList<>(
            List.of(
                "calibrate",
                "--split",
                at("val.json"),
                "--table",
                at("table-val"),
                "--distractors",
                at(pool),
                "--out",
                at("calibrator"),
                "--json"));
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  /// One sentence, no trace of a stack, exit code 1.
  private static void assertRefused(Run run, String... parts) {
    assertEquals(1, run.code(), run.out() + run.err());
    String said = run.err().lines().filter(l -> !l.isBlank()).reduce((_, last) -> last).orElse("");
    for (String part : parts) {
      assertTrue(said.contains(part), run.err());
    }
    assertTrue(said.endsWith("."), said);
    assertFalse(run.err().contains("Exception"), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void vectorsOfAnotherModelOrDimensionAreRefusedByEveryVerb() throws IOException {
    var pool = data.distractors(100);
    var other = new Provenance("other-net", Provenance.Kind.NEURAL, "bb", "384 px", false);
    write(temp.resolve("pool-other"), other, pool.ids(), pool.vectors());
    List<String> fewer = pool.ids().subList(0, 100 * D / (D + 8));
    float[] wide = java.util.Arrays.copyOf(pool.vectors(), fewer.size() * (D + 8));
    write(temp.resolve("pool-wide"), data.provenance(), fewer, wide);
    assertEquals(0, train("mapper", 1).code());
    String mapper = at("mapper/mapper.safetensors");
    assertRefused(calibrate("pool-other"), "other-net", data.provenance().modelId());
    assertRefused(
        calibrate("pool-other", "--mapper", mapper),
        "mapper was trained on features of " + data.provenance().modelId(),
        "the pool has those of other-net");
    assertRefused(calibrate("pool-wide", "--mapper", mapper), "mapper takes 12", "has 20");
    assertRefused(calibrate("pool-wide"), "12 dimensions", "20 dimensions");
    for (String name : List.of("pool-other", "pool-wide")) {
      Run run =
          Run.of(
              "evaluate",
              "--testcase",
              at("imagenet_seen.json"),
              "--table",
              at("table-imagenet_seen"),
              "--distractors",
              at(name),
              "--out",
              at("x"));
      assertRefused(run, "embed both with the same one");
    }
    assertRefused(train("x", 1, "--distractors", at("pool-other")), "pool", "other-net");
  }

  @Test
  void aCorrectionIsRecordedAndGoesWithNoMapper() throws IOException {
    Run plain = evaluate("plain");
    Run csls = evaluate("csls", "--correct", "csls:5");
    assertEquals(0, csls.code(), csls.err());
    assertEquals("csls:5", csls.json().path("correction").asString());
    assertEquals(64, csls.json().path("inputs").path("correction").asString().length());
    assertTrue(plain.json().path("inputs").path("correction").isMissingNode());
    assertNotEquals(map(plain.json()), map(csls.json()));
    Run calibrated = calibrate("pool", "--correct", "csls:5");
    assertEquals(0, calibrated.code(), calibrated.err());
    JsonNode conditions = calibrated.json().path("conditions");
    assertEquals("csls:5", conditions.path("correction").asString());
    assertEquals(
        csls.json().path("inputs").path("correction").asString(),
        conditions.path("correctionSha256").asString());
    assertEquals(0, train("mapper", 1).code());
    String mapper = at("mapper/mapper.safetensors");
    for (Run both :
        List.of(
            evaluate("x", "--correct", "whiten", "--mapper", mapper),
            calibrate("pool", "--correct", "whiten", "--mapper", mapper))) {
      assertEquals(2, both.code());
      assertTrue(both.err().contains("--correct does not go with --mapper"), both.err());
    }
    Run wrong = evaluate("x", "--correct", "csls:none");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("csls or csls:K"), wrong.err());
    Run index = Run.of("index", "build", at("pool"), "--correct", "centre", "--out", at("index"));
    assertEquals(0, index.code(), index.err());
    assertTrue(Run.of("index", "info", at("index")).out().contains("corrected by centre"));
    Run groups =
        Run.of("attribute", "--leave-one-out", "--group", "{category}-{*}", "--index", at("index"));
    assertRefused(groups, "corrects its space (centre)");
  }

  @Test
  void rankingsAreDrawnBeforeAndAfter() throws IOException {
    assertEquals(0, train("mapper", 1).code());
    Run run = evaluate("ev", "--mapper", at("mapper/mapper.safetensors"), "--rankings", "3");
    assertEquals(0, run.code(), run.err());
    String svg = Files.readString(temp.resolve("ev/rankings.svg"));
    assertEquals(3, svg.split(">before<", -1).length - 1);
    assertEquals(3, svg.split(">after<", -1).length - 1);
    assertEquals("", run.json().path("variant").asString());
    assertEquals(2, evaluate("ev", "--rankings", "-1").code());
  }

  @Test
  void numbersThatAreNotFiniteAreNamed() throws IOException {
    float[] vectors = data.distractors(50).vectors().clone();
    vectors[7 * D + 3] = Float.NaN;
    npy(temp.resolve("bad.npy"), vectors);
    Run run =
        Run.of(
            "evaluate",
            "--testcase",
            at("imagenet_seen.json"),
            "--table",
            at("table-imagenet_seen"),
            "--distractors",
            at("bad.npy"),
            "--out",
            at("x"));
    assertRefused(run, "row 7", "NaN");
    assertRefused(calibrate("bad.npy"), "row 7", "NaN");
    for (String correction : List.of("csls", "centre", "whiten")) {
      Run corrected = calibrate("bad.npy", "--correct", correction);
      assertRefused(corrected, "row 7");
    }
  }

  /// A version 1 `.npy` of float32.
  private static void npy(Path file, float[] vectors) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(vectors.length / D, D);
    header = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    var bytes =
        java.nio.ByteBuffer.allocate(10 + header.length() + 4 * vectors.length)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length());
    bytes.put(header.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    for (float v : vectors) {
      bytes.putFloat(v);
    }
    Files.write(file, bytes.array());
  }

  @Test
  void anEmptyExemplarSetIsRefusedByEntry() throws IOException {
    Json.write(
        List.of(Map.of("exemplar", List.of(), "synth", Map.of("gpt", List.of("val/query-0")))),
        temp.resolve("val.json"));
    assertRefused(calibrate("pool"), "entry 0", "no exemplar");
    assertRefused(train("x", 1), "entry 0", "no exemplar");
    Json.write(
        List.of(Map.of("exemplar", List.of("a"), "synth", Map.of("gpt", List.of()))),
        temp.resolve("imagenet_seen.json"));
    assertRefused(evaluate("x"), "no synthesised image");
  }

  @Test
  void damagedFilesAreSaidToBeSo() throws IOException {
    assertEquals(0, train("mapper", 1).code());
    Path checkpoint = temp.resolve("mapper/checkpoint.safetensors");
    byte[] whole = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertRefused(train("mapper", 1), "checkpoint.safetensors");
    Files.writeString(checkpoint, "nothing");
    assertRefused(train("mapper", 1), "checkpoint.safetensors");
    Path mapper = temp.resolve("mapper/mapper.safetensors");
    byte[] good = Files.readAllBytes(mapper);
    Files.write(mapper, java.util.Arrays.copyOf(good, good.length - 20));
    assertRefused(evaluate("x", "--mapper", mapper.toString()), "mapper.safetensors");
    assertRefused(calibrate("pool", "--mapper", mapper.toString()), "mapper.safetensors");
  }

  @Test
  void saysWhatIsWrongInOneSentence() throws IOException {
    Run large = evaluate("x", "--k", "1000");
    assertEquals(1, large.code());
    assertTrue(large.err().contains("R@1000 says nothing in a pool of 502 images"), large.err());
    Files.writeString(temp.resolve("bad.safetensors"), "no");
    assertRefused(evaluate("x", "--mapper", at("bad.safetensors")), "bad.safetensors");
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
