package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The verbs of `semblance models`, against a hub on this machine.
class ModelsVerbTest {

  @TempDir private Path temp;

  private HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void startHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            boolean known = path.contains("dino-vitb16");
            exchange.sendResponseHeaders(known ? 200 : 404, known ? 9 : -1);
            if (known) {
              exchange.getResponseBody().write("not ONNX.".getBytes(StandardCharsets.UTF_8));
            }
          }
        });
    server.start();
  }

  @AfterEach
  void stopHub() {
    server.stop(0);
  }

  private String hub() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String cache() {
    return temp.resolve("models").toString();
  }

  private static JsonNode model(Run list, String id) {
    for (JsonNode model : list.json().get("models")) {
      if (model.get("id").asString().equals(id)) {
        return model;
      }
    }
    throw new AssertionError(id + " is not listed in " + list.out());
  }

  @Test
  void modelsAreListedByPaperWithWhatItTakesToUseThem() throws IOException {
    Run all = Run.of("models", "list", "--cache", cache(), "--json");
    assertEquals("built in", model(all, "gif-compression").get("state").asString());
    assertEquals("pull", model(all, "dino-b-16-in1k").get("state").asString());
    assertEquals("pull, licence", model(all, "dinov3-b-16").get("state").asString());
    assertEquals("export", model(all, "clip-h-14-l2b").get("state").asString());
    assertEquals("yours", model(all, "convnextv2-l400m").get("state").asString());
    assertEquals("export", model(all, "clip-h-14-l2b").get("text").asString());
    assertTrue(model(all, "dino-b-16-in1k").get("text").isNull());
    assertTrue(model(all, "vgg19-in1k").get("source").asString().startsWith("torchvision VGG19"));
    Files.createDirectories(temp.resolve("models/clip-h-14-l2b"));
    Files.write(temp.resolve("models/clip-h-14-l2b/model.onnx"), new byte[1]);
    Run paper = Run.of("models", "list", "--cache", cache(), "--paper", "fruit-salad", "--json");
    assertEquals("here", model(paper, "clip-h-14-l2b").get("state").asString());
    assertEquals(17, paper.json().get("models").size());
    Run plain = Run.of("models", "list", "--cache", cache(), "--paper", "since");
    assertTrue(plain.out().contains("SigLIP2-B + text (pull)"), plain.out());
    Run wrong = Run.of("models", "list", "--paper", "salad");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("choose from fruit-salad, abc, since"), wrong.err());
  }

  @Test
  void aModelIsShownUnderTheNameOfThePaper() {
    Run run = Run.of("models", "show", "CLIP-RN50_OA", "style_blind", "--cache", cache());
    assertEquals(0, run.code(), run.err());
    for (String words :
        List.of(
            "clip-rn50-openai: CLIP ResNet-50, OpenAI",
            "dimension      1024",
            "shorter side 224 (bicubic, antialiased)",
            "export_model.py open_clip:RN50/openai --id clip-rn50-openai --out "
                + temp.resolve("models/clip-rn50-openai"),
            "style-blind: ")) {
      assertTrue(run.out().contains(words), words + " in " + run.out());
    }
    Run json = Run.of("models", "show", "ConvNeXt-v2_L400M", "--json", "--cache", cache());
    JsonNode shown = json.json().get("models").get(0);
    assertTrue(shown.get("notes").get(0).asString().contains("cannot be identified"));
    assertEquals(2, Run.of("models", "show", "nobody").code());
  }

  @Test
  void aModelIsPulledVerifiedAndNamedWhereItCannotBeUsed() {
    Run pulled = Run.of("models", "pull", "DINO_IN1k", "--hub", hub(), "--cache", cache());
    assertEquals(0, pulled.code(), pulled.err());
    assertTrue(pulled.out().startsWith("dino-b-16-in1k: 9 bytes to "), pulled.out());
    assertEquals(List.of("/Xenova/dino-vitb16/resolve/main/onnx/model.onnx"), asked);
    Run again = Run.of("models", "pull", "DINO_IN1k", "--hub", hub(), "--cache", cache(), "--json");
    assertEquals(0, again.json().get("pulled").get(0).get("bytes").asInt(-1), again.err());
    assertEquals(1, asked.size());
    Run verified = Run.of("models", "verify", "--cache", cache());
    assertEquals(1, verified.code());
    assertTrue(verified.out().startsWith("dino-b-16-in1k: unusable"), verified.out());
    assertTrue(verified.out().contains("(as expected)"), verified.out());
    assertTrue(verified.out().contains("cannot be loaded by ONNX Runtime"), verified.out());
  }

  @Test
  void whatCannotBePulledIsSaidAndTheRestIsPulled() {
    Run run =
        Run.of(
            "models",
            "pull",
            "clip-b-16-openai",
            "abc-sscd",
            "dinov3-b-16",
            "png-filesize",
            "DINO_IN1k",
            "--hub",
            hub(),
            "--cache",
            cache(),
            "--json");
    assertEquals(1, run.code());
    JsonNode refused = run.json().get("refused");
    assertEquals(3, refused.size(), run.out());
    assertTrue(refused.get("clip-b-16-openai").asString().startsWith("There is no " + hub()));
    assertTrue(refused.get("abc-sscd").asString().contains("bring your own as "));
    assertTrue(refused.get("dinov3-b-16").asString().contains("--accept-licence"));
    assertEquals("dino-b-16-in1k", run.json().get("pulled").get(0).get("id").asString());
    assertEquals(2, Run.of("models", "pull", "nobody", "DINO_IN1k", "--hub", hub()).code());
  }

  @Test
  void whatIsNotThereIsAbsent() {
    Run empty = Run.of("models", "verify", "--cache", cache());
    assertEquals(0, empty.code());
    assertTrue(empty.out().startsWith("There is no model in "), empty.out());
    Run absent = Run.of("models", "verify", "csd", "--cache", cache());
    assertEquals(1, absent.code());
    assertTrue(absent.out().startsWith("csd: absent"), absent.out());
    assertEquals(2, Run.of("models", "verify", "png-filesize").code());
  }

  @Test
  void embeddingWithAModelThatIsNotThereSaysWhichFileToPutWhereBeforeAnythingRuns()
      throws IOException {
    Path images = Files.createDirectories(temp.resolve("images"));
    Files.write(images.resolve("a.png"), new byte[] {1, 2, 3});
    Path out = temp.resolve("tables");
    Run run =
        Run.of(
            "embed",
            images.toString(),
            "--model",
            "png-filesize,CLIP-ViT-B-16_OA",
            "--cache",
            cache(),
            "--out",
            out.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("semblance models pull clip-b-16-openai"), run.err());
    assertTrue(run.err().contains(temp.resolve("models/clip-b-16-openai/model.onnx").toString()));
    assertFalse(Files.exists(out));
  }

  @Test
  void anIndexOfAModelThatIsNotThereSaysWhichFileToPutWhere() throws IOException {
    Path csv = temp.resolve("vectors.csv");
    Files.write(csv, List.of("file,0,1", "a.png,0.5,-1.25", "b.png,1.0,3.0"));
    String table = temp.resolve("table").toString();
    String index = temp.resolve("index").toString();
    assertEquals(0, Run.of("convert", csv.toString(), table, "--model", "csd").code());
    assertEquals(0, Run.of("index", "build", table, "--out", index).code());
    Path query = temp.resolve("query.png");
    Files.write(query, new byte[] {1, 2, 3});
    Run run = Run.of("attribute", query.toString(), "--index", index);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("csd is not on this machine (no "), run.err());
  }
}
