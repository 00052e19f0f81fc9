package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether photos are turned upright is said once, on embedding, and holds from there on.
class ImageReadingTest {

  private static final Path FIXTURES =
      Path.of("../core/src/test/resources/io/semblance/core/image/fixtures");

  @TempDir Path temp;
  private Path photos;
  private Path on;

  @BeforeEach
  void writePhotos() throws IOException {
    photos = Files.createDirectories(temp.resolve("photos"));
    for (String name : List.of("shapes-420.jpg", "shapes-gray.jpg")) {
      Files.write(photos.resolve(name), onItsSide(Files.readAllBytes(FIXTURES.resolve(name))));
    }
    on = photos.resolve("shapes-420.jpg");
  }

  @Test
  void orientationIsPartOfTheTableAndOfWhatIsAskedOfIt() throws IOException {
    embed(0, "stored");
    embed(0, "upright", "--exif-orientation", "apply");
    assertNotEquals(score("stored"), score("upright"));
    for (String tables : List.of("stored", "upright")) {
      String manifest =
          Files.readString(temp.resolve(tables).resolve("efficientnet-lite0/manifest.json"));
      String how = tables.equals("stored") ? "ignored" : "applied";
      assertTrue(manifest.contains("\"reading\" : \"EXIF orientation " + how), manifest);
      run(0, "index", "build", table(tables), "--out", temp.resolve(tables + "-index").toString());
      Run asked =
          run(
              0,
              "attribute",
              on.toString(),
              "--index",
              temp.resolve(tables + "-index").toString(),
              "--json");
      var best = asked.json().get("queries").get(0).get("hits").get(0);
      assertEquals("shapes-420.jpg", best.get("id").asString());
      assertEquals(1, best.get("score").asDouble(), 1e-5);
    }
  }

  @Test
  void aTableIsOfOneReading() {
    embed(0, "tables");
    Run other = embed(1, "tables", "--exif-orientation", "apply");
    assertTrue(other.err().contains("EXIF orientation applied"), other.err());
    assertTrue(other.err().contains("EXIF orientation ignored"), other.err());
  }

  @Test
  void largeImagesAreListedAsFailures() throws IOException {
    Files.copy(FIXTURES.resolve("shapes.png"), photos.resolve("large.png"));
    embed(0, "tables", "--max-pixels", "11000");
    String failures =
        Files.readString(temp.resolve("tables/efficientnet-lite0").resolve("failures.csv"));
    assertTrue(failures.contains("more than the 11000 that are read"), failures);
  }

  @Test
  void wrongOptionsAreWrongUsage() {
    assertTrue(embed(2, "t", "--exif-orientation", "turn").err().contains("--exif-orientation"));
    assertTrue(embed(2, "t", "--grey16", "low").err().contains("neither high-byte nor saturate"));
    assertTrue(embed(2, "t", "--max-pixels", "0").err().contains("--max-pixels is 0"));
    assertTrue(embed(2, "t", "--max-seconds", "-1").err().contains("--max-seconds is"));
  }

  /// The same JPEG, saying that its right side is the top (orientation 6).
  private static byte[] onItsSide(byte[] jpeg) throws IOException {
    byte[] exif =
        HexFormat.of()
            .parseHex(
                "ffe10022457869660000"
                    + "49492a0008000000"
                    + "0100"
                    + "120103000100000006000000"
                    + "00000000");
    var out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(exif);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private String table(String tables) {
    return temp.resolve(tables).resolve("efficientnet-lite0").toString();
  }

  private double score(String tables) throws IOException {
    byte[] vectors = Files.readAllBytes(Path.of(table(tables)).resolve("img_emb/img_emb_0.npy"));
    return java.nio.ByteBuffer.wrap(vectors).order(java.nio.ByteOrder.LITTLE_ENDIAN).getFloat(128);
  }

  private Run embed(int code, String out, String... more) {
    var args =
        new ArrayList<>(
            List.of(
                "embed",
                photos.toString(),
                "--model",
                "efficientnet-lite0",
                "--out",
                temp.resolve(out).toString()));
    args.addAll(List.of(more));
    return run(code, args.toArray(String[]::new));
  }

  private static Run run(int code, String... args) {
    Run run = Run.of(args);
    assertEquals(code, run.code(), run.err());
    return run;
  }
}
