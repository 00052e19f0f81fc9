package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A collection's way through the verbs: listed, packed, embedded in parts, joined, brought up to
/// date.
class CollectionsTest {

  @TempDir Path temp;
  private Path images;

  @BeforeEach
  void paint() {
    images = temp.resolve("images");
    run(0, "paint", "--out", images.toString(), "--instances", "1", "--size", "32");
  }

  @Test
  void partsOfAListingJoinToTheTableOfOneRun() throws IOException {
    Path listing = temp.resolve("listing.parquet");
    Run listed = run(0, "list", images.toString(), "--out", listing.toString(), "--json");
    assertEquals(100, listed.json().get("images").asInt());
    embed(images, "whole");
    Path[] parts = new Path[3];
    for (int i = 1; i <= 3; i++) {
      embed(listing, "parts", "--shard", i + "/3");
      parts[i - 1] = temp.resolve("parts/png-filesize.shard-%d-of-3".formatted(i));
    }
    Run merged =
        run(
            0,
            "merge",
            parts[2].toString(),
            parts[0].toString(),
            parts[1].toString(),
            "--out",
            temp.resolve("merged").toString());
    assertTrue(merged.out().contains("100 rows of 3 tables"), merged.out());
    assertEquals(hashes(temp.resolve("whole/png-filesize")), hashes(temp.resolve("merged")));
    Run salad =
        run(1, "salad", temp.resolve("parts").toString(), "--out", temp.resolve("r").toString());
    assertTrue(salad.err().contains("join them first with 'semblance merge'"), salad.err());
  }

  @Test
  void packedImagesGiveTheSameVectors() throws IOException {
    Path packed = temp.resolve("packed");
    Run pack = run(0, "pack", images.toString(), "--out", packed.toString(), "--per-tar", "40");
    assertTrue(pack.out().contains("100 images in 3 tars"), pack.out());
    embed(images, "plain");
    embed(packed, "fromTars");
    assertEquals(
        Sha256.of(temp.resolve("plain/png-filesize/img_emb/img_emb_0.npy")),
        Sha256.of(temp.resolve("fromTars/png-filesize/img_emb/img_emb_0.npy")));
  }

  @Test
  void embedSaysWhatItAddedKeptAndMisses() throws IOException {
    embed(images, "t");
    Files.delete(images.resolve("apple_comic_000.png"));
    Files.copy(images.resolve("pear_comic_000.png"), images.resolve("quince_comic_000.png"));
    Run again = embed(images, "t");
    assertTrue(
        again.out().contains("100 of 100 images; 1 embedded now, 99 kept from before"),
        again.out());
    assertTrue(again.out().contains("1 more rows of images that are gone"), again.out());
    assertTrue(again.out().contains("1 are copies of others"), again.out());
    Run pruned = embed(images, "t", "--prune", "--json");
    assertEquals(0, pruned.json().get("tables").get(0).get("kept").asInt());
    assertEquals(100, pruned.json().get("tables").get(0).get("rows").asInt());
  }

  @Test
  void columnsMayHaveAnyName() throws IOException {
    Path csv = temp.resolve("works.csv");
    Files.writeString(
        csv,
        """
        path,n,N2,state,reason,listed,file_row_number,Sha256
        images/apple_comic_000.png,1,2,Texas,why,yes,7,abc
        images/pear_comic_000.png,2,3,Ohio,so,no,8,def
        """);
    Run first = embed(csv, "named");
    assertTrue(first.out().contains("2 of 2 images"), first.out());
    Files.writeString(
        csv, Files.readString(csv).lines().limit(2).reduce("", (a, b) -> a + b + "\n"));
    Run second = embed(csv, "named");
    assertTrue(second.out().contains("1 more rows of images that are gone"), second.out());
    Run listed = run(0, "inspect", temp.resolve("named/png-filesize").toString());
    assertTrue(
        listed
            .out()
            .contains("n, N2, state, reason, listed, source_file_row_number, source_Sha256"),
        listed.out());
  }

  @Test
  void wrongPartsAreWrongUsage() {
    for (String part : new String[] {"0/3", "4/3", "1", "a/b", "1/0"}) {
      Run run =
          run(2, "embed", images.toString(), "--model", "balanced", "--out", "x", "--shard", part);
      assertTrue(run.err().contains("--shard is '" + part + "'"), run.err());
    }
    assertFalse(Files.exists(Path.of("x")));
  }

  private Run embed(Path from, String out, String... more) {
    var args =
        new java.util.ArrayList<String>(
            java.util.List.of(
                "embed",
                from.toString(),
                "--model",
                "png-filesize",
                "--out",
                temp.resolve(out).toString()));
    args.addAll(java.util.List.of(more));
    return run(0, args.toArray(String[]::new));
  }

  private static Run run(int code, String... args) {
    Run run = Run.of(args);
    assertEquals(code, run.code(), run.err());
    return run;
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    var out = new TreeMap<String, String>();
    try (var walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        out.put(folder.relativize(file).toString(), Sha256.of(file));
      }
    }
    return out;
  }
}
