package io.semblance.core.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.semblance.core.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  private static final Comparator<String> BYTEWISE =
      Comparator.comparing(s -> s.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  @Test
  void aTextColumnIsTheListItWasMadeOf() {
    List<String> texts = texts(5_000);
    texts.add(null);
    texts.add("");
    texts.add("x".repeat(3_000_000)); // longer than a page
    texts.add("behind it");
    assertEquals(texts, TextColumn.of(texts));
    assertThrows(IndexOutOfBoundsException.class, () -> TextColumn.of(texts).get(texts.size()));
  }

  @Test
  void orderIsBytewiseAndStable() {
    List<String> texts = texts(2_000);
    texts.addAll(texts.subList(0, 500));
    int[] expected =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparing(texts::get, BYTEWISE))
            .mapToInt(Integer::intValue)
            .toArray();
    TextColumn column = TextColumn.of(texts);
    int[] order = column.order();
    assertArrayEquals(expected, order);
    for (int i = 0; i < texts.size(); i += 7) {
      assertEquals(texts.indexOf(texts.get(i)), column.find(texts.get(i), order));
    }
    assertEquals(-1, column.find("not there", order));
    assertEquals(-1, column.find("", order));
  }

  @Test
  void codesAndHashesComeBack() {
    var codes = new CodeColumn.Builder();
    var hashes = new HashColumn.Builder();
    for (int i = 0; i < 70_000; i++) {
      codes.add(i % 5 == 0 ? null : "label " + i % 3);
      hashes.add(i % 7 == 0 ? null : Sha256.of("" + i));
    }
    CodeColumn labels = codes.build();
    HashColumn sums = hashes.add("not a hash").build();
    assertEquals(70_000, labels.size());
    assertNull(labels.get(5));
    assertEquals("label 1", labels.get(4));
    assertEquals(Sha256.of("69999"), sums.get(69_999));
    assertNull(sums.get(7));
    assertNull(sums.get(70_000));
  }

  private static List<String> texts(int count) {
    var random = new SplittableRandom(3);
    var out = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(40); j >= 0; j--) {
        text.appendCodePoint(
            random.nextInt(3) == 0 ? random.nextInt(0x1F600, 0x1F640) : random.nextInt(32, 400));
      }
      out.add(text.toString());
    }
    return out;
  }
}
