package io.semblance.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.FileNamePattern;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Sha256;
import io.semblance.core.search.Metric;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighbourRecallTest {

  @TempDir Path temp;

  @Test
  void countsAsTheNaiveTwinDoes() throws IOException {
    String[] ids =
        IntStream.range(0, 60).mapToObj(i -> "g" + i % 9 + "/" + i).toArray(String[]::new);
    try (var index = index(TestTables.write(temp.resolve("t"), temp, TestTables.model(), 3, ids))) {
      for (int k : new int[] {1, 3, 100}) {
        GroupRecall recall =
            NeighbourRecall.measure(index, Grouping.byFolder(), k, Progress.none());
        List<Long> mates = naiveMates(index.tables().getFirst(), k);
        assertEquals(mates.stream().filter(m -> m > 0).count(), recall.found());
        assertEquals(
            mates.stream().mapToLong(m -> m).sum(),
            recall.groups().stream().mapToLong(GroupRecall.Group::mates).sum());
        assertEquals(60, recall.queries());
        assertEquals(9, recall.groups().size());
      }
    }
  }

  @Test
  void leavesTheQueryAndItsCopiesOut() throws IOException {
    var rows = List.of(row("a/0", "s0"), row("a/copy", "s0"), row("a/far", "s1"), row("b", "s2"));
    float[] vectors = {1, 0, 1, 0, 0, 1, 1, 0.1f};
    Path table = TestTables.write(temp.resolve("t"), temp, TestTables.model(), rows, vectors);
    try (var index = index(table)) {
      var near = NeighbourRecall.measure(index, Grouping.byFolder(), 1, Progress.none());
      assertEquals(0, near.found(), "of a/0 and its copy the nearest other is b, of a/far too");
      var wide = NeighbourRecall.measure(index, Grouping.byFolder(), 2, Progress.none());
      assertEquals(3, wide.found());
    }
  }

  @Test
  void ignoresGroupsOfOneAndImagesWithoutAGroup() throws IOException {
    Path table =
        TestTables.write(
            temp.resolve("t"),
            temp,
            TestTables.model(),
            4,
            "dog/0.jpg",
            "dog/1.jpg",
            "cat/0.jpg",
            "x.jpg");
    Grouping grouping = Grouping.byPattern(FileNamePattern.parse("{category}/{*}"));
    try (var index = index(table)) {
      GroupRecall recall = NeighbourRecall.measure(index, grouping, 3, Progress.none());
      assertEquals(List.of(new GroupRecall.Group("dog", 2, 2, 2)), recall.groups());
      assertEquals(1, recall.alone());
      assertEquals(1, recall.recall());
      assertEquals(1, recall.chance());
      Grouping none = _ -> null;
      assertThrows(
          SemblanceException.class, () -> NeighbourRecall.measure(index, none, 3, Progress.none()));
      assertThrows(
          IllegalArgumentException.class,
          () -> NeighbourRecall.measure(index, grouping, 0, Progress.none()));
    }
  }

  @Test
  void chanceIsThatOfDrawingWithoutReplacement() {
    // Two of four others are of the group: 1 - 2/4 * 1/3 with two draws.
    var recall = new GroupRecall(2, 5, 0, List.of(new GroupRecall.Group("g", 3, 1, 2)));
    assertEquals(1 - 1.0 / 6, recall.chance(), 1e-12);
    assertEquals(1.0 / 3, recall.recall(), 1e-12);
    assertEquals(2.0 / 6, recall.matesRecall(), 1e-12);
  }

  private AttributionIndex index(Path table) throws IOException {
    Path index = temp.resolve("index");
    IndexBuilder.build(List.of(table), index);
    return AttributionIndex.open(index);
  }

  private static List<Long> naiveMates(EmbeddingTable table, int k) {
    var mates = new ArrayList<Long>();
    for (int q = 0; q < table.size(); q++) {
      var others = new ArrayList<Integer>();
      for (int r = 0; r < table.size(); r++) {
        if (r != q) {
          others.add(r);
        }
      }
      float[] query = table.vector(q);
      others.sort(Comparator.comparingDouble(r -> -Metric.COSINE.score(query, table.vector(r))));
      String group = group(table, q);
      mates.add(others.stream().limit(k).filter(r -> group(table, r).equals(group)).count());
    }
    return mates;
  }

  private static String group(EmbeddingTable table, int row) {
    return table.rows().get(row).id().split("/", 2)[0];
  }

  private static TableRow row(String id, String sha256) {
    return new TableRow(id, Labels.NONE, Sha256.of(sha256));
  }
}
