package io.semblance.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.file.Json;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributorTest {

  private static final AttributionOptions LEAVE_OUT =
      AttributionOptions.defaults().withExcludeSelf(true);

  @TempDir Path temp;

  @Test
  void printsTheAgreedShape() throws IOException {
    var rows = List.of(row("a", "1"), row("b", "2"));
    TestTables.write(
        temp.resolve("t"), temp, TestTables.model(), rows, new float[] {0, 1, 0.6f, 0.8f});
    var query =
        new Queries(
            List.of(new Query("q.png", null, null)), new float[] {0, 2}, TestTables.model());
    Attribution answer = attribute(List.of("t"), query, AttributionOptions.defaults());
    String json = Json.of(AttributionDocument.of(answer, "semblance test"));
    assertTrue(
        json.replaceAll("\\s", "")
            .startsWith(
                "{\"schema\":1,\"queries\":[{\"query\":\"q.png\",\"hits\":["
                    + "{\"rank\":1,\"id\":\"a\",\"score\":1.0,\"influence\":null},"
                    + "{\"rank\":2,\"id\":\"b\",\"score\":0.79999"),
        json);
    assertTrue(
        json.replaceAll("\\s", "")
            .contains(
                "\"influence\":null}],\"remaining\":null}],\"metric\":\"cosine\",\"drops\":["),
        json);
    assertTrue(json.contains("\"program\" : \"semblance test\""), json);
  }

  @Test
  void findsTheSameWhetherInOneTableOrTwo() throws IOException {
    var rows = new ArrayList<TableRow>();
    for (int i = 0; i < 30; i++) {
      rows.add(row("image-" + i, "sha" + i));
    }
    float[] vectors = TestTables.vectors(5, 30);
    int cut = 11 * TestTables.D;
    TestTables.write(temp.resolve("all"), temp.resolve("x"), TestTables.model(), rows, vectors);
    TestTables.write(
        temp.resolve("p"),
        temp.resolve("p"),
        TestTables.model(),
        rows.subList(0, 11),
        java.util.Arrays.copyOf(vectors, cut));
    TestTables.write(
        temp.resolve("q"),
        temp.resolve("q"),
        TestTables.model(),
        rows.subList(11, 30),
        java.util.Arrays.copyOfRange(vectors, cut, vectors.length));
    try (EmbeddingTable table = TableFolder.open(temp.resolve("all"))) {
      Queries queries = Queries.of(table, null);
      Attribution one = attribute(List.of("all"), queries, LEAVE_OUT);
      Attribution two = attribute(List.of("p", "q"), queries, LEAVE_OUT);
      for (int q = 0; q < 30; q++) {
        assertEquals(facts(one.rankings().get(q)), facts(two.rankings().get(q)));
      }
    }
  }

  @Test
  void leavesAQueryOutOfItsOwnHitsAndSaysSo() throws IOException {
    Path table = TestTables.write(temp.resolve("t"), temp, TestTables.model(), 6, "a", "b", "c");
    try (EmbeddingTable open = TableFolder.open(table)) {
      Queries queries = Queries.of(open, temp);
      assertEquals(
          "a",
          attribute(List.of("t"), queries, AttributionOptions.defaults())
              .rankings()
              .getFirst()
              .hits()
              .getFirst()
              .image()
              .id());
      Attribution answer = attribute(List.of("t"), queries, LEAVE_OUT);
      assertEquals(2, answer.rankings().getFirst().hits().size());
      assertEquals(List.of("a"), answer.rankings().getFirst().leftOut());
      assertEquals(
          List.of("3 of 3 queries are in the index themselves; each was left out of its own hits."),
          answer.notes());
    }
  }

  @Test
  void takesTheGroupedImagesOfAnIndexAsQueries() throws IOException {
    String[] ids = new String[40];
    for (int i = 0; i < 40; i++) {
      ids[i] = i % 2 == 0 ? "dog/" + i : "lonely-" + i;
    }
    Path table = TestTables.write(temp.resolve("t"), temp, TestTables.model(), 6, ids);
    IndexBuilder.build(List.of(table), temp.resolve("index"));
    try (var index = AttributionIndex.open(temp.resolve("index"))) {
      Queries queries = Queries.of(index, Grouping.byFolder());
      assertEquals(20, queries.images().size());
      Attribution answer = new Attributor(index).attribute(queries, LEAVE_OUT, Progress.none());
      for (Ranking ranking : answer.rankings()) {
        assertEquals(List.of(ranking.query().id()), ranking.leftOut());
      }
      assertThrows(IllegalArgumentException.class, () -> Queries.of(index, _ -> null));
    }
  }

  @Test
  void knowsAnImageByItsBytesElseItsFileElseItsId() {
    var image = new IndexedImage("s/a", "s", row("a", "11"), temp.resolve("a"));
    var unhashed = new IndexedImage("s/a", "s", row("a", null), temp.resolve("a"));
    assertTrue(SameImage.same(new Query("z", temp.resolve("z"), "11"), image));
    assertEquals(false, SameImage.same(new Query("a", temp.resolve("a"), "22"), image));
    assertTrue(SameImage.same(new Query("z", temp.resolve("x/../a"), "11"), unhashed));
    assertEquals(false, SameImage.same(new Query("a", temp.resolve("b"), null), unhashed));
    assertTrue(SameImage.same(new Query("s/a", null, null), unhashed));
    assertTrue(SameImage.same(new Query("a", null, null), unhashed));
  }

  @Test
  void refusesQueriesOfAnotherModel() throws IOException {
    TestTables.write(temp.resolve("t"), temp, TestTables.model(), 6, "a");
    var images = List.of(new Query("q", null, null));
    var other = new Queries(images, new float[TestTables.D], TestTables.model("cc33"));
    var narrow = new Queries(images, new float[3], TestTables.model());
    for (Queries queries : List.of(other, narrow)) {
      var e =
          assertThrows(
              SemblanceException.class,
              () -> attribute(List.of("t"), queries, AttributionOptions.defaults()));
      assertTrue(e.getMessage().contains("The query holds vectors of test-net"), e.getMessage());
    }
  }

  @Test
  void refusesOptionsAndQueriesOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> AttributionOptions.defaults().withTop(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Queries(List.of(), new float[0], TestTables.model()));
  }

  @Test
  void findsTheLargestDrop() {
    assertEquals(Optional.empty(), ScoreDrop.largest(List.of(0.5)));
    ScoreDrop drop = ScoreDrop.largest(List.of(0.99, 0.98, 0.5, 0.49)).orElseThrow();
    assertEquals(2, drop.afterRank());
    assertEquals(0.48, drop.size(), 1e-12);
  }

  private Attribution attribute(List<String> tables, Queries queries, AttributionOptions options)
      throws IOException {
    Path index = temp.resolve("index-" + String.join("-", tables));
    IndexBuilder.build(tables.stream().map(temp::resolve).toList(), index);
    try (var opened = AttributionIndex.open(index)) {
      return new Attributor(opened).attribute(queries, options, Progress.none());
    }
  }

  private static List<Object> facts(Ranking ranking) {
    var facts = new ArrayList<Object>();
    for (Ranking.Hit hit : ranking.hits()) {
      facts.add(List.of(hit.rank(), hit.image().row().id(), hit.score()));
    }
    return facts;
  }

  private static TableRow row(String id, String sha256) {
    return new TableRow(id, Labels.NONE, sha256);
  }
}
