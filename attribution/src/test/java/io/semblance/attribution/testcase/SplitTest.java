package io.semblance.attribution.testcase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitTest {

  private static final String TWO =
      "[{\"z\":{\"b\":1,\"a\":2.50},\"exemplar\":[\"e/0.jpg\",\"e/1.jpg\"],\"synth\":{\"media\":[\"s/ä.png\"],"
          + "\"gpt\":[]},\"class_id\":\"n0144\",\"category\":\"tench\"},"
          + "{\"exemplar\":[\"e/2.jpg\"],\"synth\":{\"object\":[\"s/1.png\"]},\"class_id\":7,\"category\":null}]";

  @TempDir Path temp;

  @Test
  void anEntryIsReadAndWrittenAgainAsItWas() throws IOException {
    Split split = read(TWO);
    CustomizedModel first = split.models().getFirst();
    assertEquals(List.of("e/0.jpg", "e/1.jpg"), first.exemplars());
    assertEquals(List.of("s/ä.png"), first.synthesized("media"));
    assertEquals(List.of(), first.synthesized("object"));
    assertEquals("n0144", first.classId());
    assertEquals("tench", first.category());
    assertEquals("7", split.models().get(1).classId());
    assertNull(split.models().get(1).category());
    assertEquals(Set.of("media", "gpt", "object"), split.schemes());
    assertEquals(3, split.exemplars());
    assertEquals(1, split.synthesized("media"));
    split.write(temp.resolve("again.json"));
    String again = Files.readString(temp.resolve("again.json")).strip();
    assertEquals(TWO.replace("2.50", "2.5"), again.replace("2.50", "2.5"));
  }

  @Test
  void whatIsNoSplitIsRefusedByItsEntry() {
    assertRefused("no list of customised models", "{}");
    assertRefused("no list of customised models", "[]");
    assertRefused("line 1", "[{]");
    assertRefused("entry 0: no object", "[1]");
    assertRefused("entry 0: 'exemplar' is no list", "[{\"synth\":{}}]");
    assertRefused("entry 0: no exemplar", "[{\"exemplar\":[],\"synth\":{}}]");
    assertRefused("comes twice", "[{\"exemplar\":[\"a\",\"a\"],\"synth\":{}}]");
    assertRefused("'synth' is no object", "[{\"exemplar\":[\"a\"]}]");
    assertRefused("'synth.gpt' holds 5", "[{\"exemplar\":[\"a\"],\"synth\":{\"gpt\":[5]}}]");
    assertRefused("'category'", "[{\"exemplar\":[\"a\"],\"synth\":{},\"category\":[]}]");
    assertRefused("line 1", "[{\"exemplar\":[\"a\"],\"synth\":{},\"synth\":{}}]");
    assertRefused("line 1", "[".repeat(100_000));
  }

  @Test
  void damageIsAValueOrASentence() throws IOException {
    damage(300);
  }

  @Test
  @Tag("slow")
  void muchDamageIsAValueOrASentence() throws IOException {
    damage(2000);
  }

  private void damage(int times) throws IOException {
    Path file = temp.resolve("damaged.json");
    for (int seed = 0; seed < times; seed++) {
      Files.write(file, damaged(TWO.getBytes(StandardCharsets.UTF_8), seed));
      try {
        assertFalse(Split.read(file).models().isEmpty());
      } catch (SemblanceException e) {
        assertTrue(e.getMessage().endsWith("."), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), "seed " + seed + ": " + e.getMessage());
      } catch (RuntimeException e) {
        throw new IllegalStateException("seed " + seed, e);
      }
    }
  }

  /// Some bytes become others that JSON knows, or the end is lost.
  private static byte[] damaged(byte[] whole, long seed) {
    var random = new SplittableRandom(seed);
    byte[] out =
        random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
    byte[] known = "[]{}\",:0null\\ \u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    for (int i = random.nextInt(1, 5); i > 0 && out.length > 0; i--) {
      out[random.nextInt(out.length)] = known[random.nextInt(known.length)];
    }
    return out;
  }

  private void assertRefused(String part, String json) {
    SemblanceException e = assertThrows(SemblanceException.class, () -> read(json));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private Split read(String json) throws IOException {
    Path file = temp.resolve("split.json");
    Files.writeString(file, json);
    return Split.read(file);
  }
}
