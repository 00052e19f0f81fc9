package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.collection.Labels;
import io.semblance.core.table.EmbeddingTable;
import io.semblance.core.table.Provenance;
import io.semblance.core.table.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignmentTest {

  private static final SyntheticSalad GRID = new SyntheticSalad(3, 3, 4);
  private static final SaladOptions OPTIONS =
      SaladOptions.defaults()
          .withMetric(Metric.EUCLIDEAN)
          .withScatterPoints(0)
          .withResamples(new SaladOptions.Resamples(50, false));

  private static SaladResult analysis(SaladOptions options, EmbeddingTable... tables)
      throws SemblanceException {
    return SaladAnalysis.of(List.of(tables), options, Progress.none());
  }

  private static EmbeddingTable with(
      EmbeddingTable table, Predicate<String> kept, UnaryOperator<TableRow> changed) {
    var rows = new ArrayList<TableRow>();
    var vectors = new ArrayList<float[]>();
    for (int i = 0; i < table.size(); i++) {
      if (kept.test(table.rows().get(i).id())) {
        rows.add(changed.apply(table.rows().get(i)));
        vectors.add(table.vector(i));
      }
    }
    float[] x = new float[rows.size() * table.dimension()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(vectors.get(i), 0, x, i * table.dimension(), table.dimension());
    }
    return EmbeddingTable.of(table.provenance(), rows, x);
  }

  @Test
  void modelsAreMeasuredOnTheImagesTheyShareAndSo() throws SemblanceException {
    EmbeddingTable a = GRID.model("a", 4, 1, 1, 1);
    EmbeddingTable b = GRID.model("b", 5, 1, 2, 2);
    EmbeddingTable less =
        with(SyntheticSalad.permuted(b, 3), id -> !id.startsWith("2_1_"), row -> row);
    EmbeddingTable alone = with(a, id -> !id.startsWith("2_1_"), row -> row);
    SaladResult both = analysis(OPTIONS, a, less);
    assertEquals(
        "b lacks 4 of the 36 images that the tables hold together (2_1_0.png, 2_1_1.png,"
            + " 2_1_2.png, ...).",
        sorted(both.notes().getFirst()));
    assertTrue(both.notes().get(1).contains("on the 32 images"), both.notes().toString());
    assertTrue(both.notes().get(2).contains("1 of 9 cells have no image"), both.notes().get(2));
    ModelResult expected = analysis(OPTIONS, alone).models().getFirst();
    ModelResult actual = both.models().getFirst();
    assertArrayEquals(expected.heatmap().means().data(), actual.heatmap().means().data(), 1e-12);
    assertArrayEquals(
        expected.measures().of(Quantity.W_STYLE).replicates(),
        actual.measures().of(Quantity.W_STYLE).replicates(),
        1e-6);
  }

  /// The three named images in order: they come from a hash map.
  private static String sorted(String note) {
    int open = note.indexOf('(') + 1;
    List<String> ids = List.of(note.substring(open, note.indexOf(", ...")).split(", ", -1));
    return note.substring(0, open)
        + String.join(", ", ids.stream().sorted().toList())
        + note.substring(note.indexOf(", ..."));
  }

  @Test
  void strictRefusesTablesThatDiffer() throws SemblanceException {
    EmbeddingTable a = GRID.model("a", 4, 1, 1, 1);
    EmbeddingTable less = with(GRID.model("b", 4, 1, 1, 2), id -> !id.equals("0_0_0.png"), r -> r);
    SaladOptions strict = OPTIONS.withImages(ImageChoice.all().withStrict(true));
    SemblanceException e = assertThrows(SemblanceException.class, () -> analysis(strict, a, less));
    assertTrue(e.getMessage().contains("b lacks 1 of the 36"), e.getMessage());
    assertEquals(2, analysis(strict, a, SyntheticSalad.permuted(a, 1)).models().size());
  }

  @Test
  void tablesWithoutACommonImageAreRefused() {
    EmbeddingTable a = GRID.model("a", 4, 1, 1, 1);
    EmbeddingTable other = with(a, id -> true, r -> new TableRow("x/" + r.id(), r.labels(), null));
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> analysis(OPTIONS, a, other));
    assertTrue(e.getMessage().contains("no image in common"), e.getMessage());
  }

  @Test
  void anImageTwiceOrUnderOtherLabelsIsRefusedForThatTable() throws SemblanceException {
    EmbeddingTable a = GRID.model("a", 4, 1, 1, 1);
    EmbeddingTable twice =
        with(a, id -> true, r -> new TableRow(r.id().replace("_3.", "_2."), r.labels(), null));
    EmbeddingTable turned =
        with(
            a,
            id -> true,
            r ->
                new TableRow(
                    r.id(),
                    new Labels(
                        /* category= */ r.labels().style(),
                        /* style= */ r.labels().category(),
                        "0"),
                    null));
    SaladResult result = analysis(OPTIONS, a, twice, turned);
    assertEquals(1, result.models().size());
    assertEquals(
        "The image 0_0_2.png comes twice: remove one of its rows.",
        result.refusals().get(0).reason());
    assertTrue(result.refusals().get(1).reason().contains("is 1 / 0 here and 0 / 1 in an earlier"));
  }

  @Test
  void subsetsAndNamesChooseByWhatIsShown() throws SemblanceException {
    var names = new SaladNames(Map.of("0", "blueberries", "1", "fig"), Map.of(), Map.of("a", "A"));
    ImageChoice choice =
        ImageChoice.all()
            .withNames(names)
            .only(List.of("fig", "blueberries"), List.of(), List.of("0", "02"));
    SaladResult result = analysis(OPTIONS.withImages(choice), GRID.model("a", 4, 1, 1, 1));
    assertEquals(List.of("blueberries", "fig"), result.axes().categories());
    assertEquals("A", result.models().getFirst().name());
    assertEquals(2 * 3 * 2, result.models().getFirst().images());
    ImageChoice none = ImageChoice.all().only(List.of("fig"), List.of(), List.of());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> analysis(OPTIONS.withImages(none), GRID.model("a", 4, 1, 1, 1)));
    assertEquals("No image has the category 'fig': the tables hold 0, 1, 2.", e.getMessage());
  }

  @Test
  void namesAreReadFromLinesAndShippedForTheRecord(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("names.csv");
    Files.writeString(file, "kind,label,name\ncategory,8,avocado, ripe\nstyle,1,Watercolor\n\n");
    SaladNames names = SaladNames.read(file);
    assertEquals(Map.of("8", "avocado, ripe"), names.categories());
    assertEquals("avocado", SaladNames.fruitSalad().categories().get("8"));
    assertEquals("Watercolor", SaladNames.fruitSalad().styles().get("1"));
    assertThrows(SemblanceException.class, () -> SaladNames.read(folder.resolve("none.csv")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fruit,8,avocado", "category,8", "category,8,", "category,8,a\ncategory,8,b"})
  void linesThatNameNothingAreRefused(String text, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("names.csv");
    Files.writeString(file, text);
    assertThrows(SemblanceException.class, () -> SaladNames.read(file));
  }

  @Test
  void aConstantComponentIsSaidToTellNothing() throws SemblanceException {
    float[] x = new float[GRID.size() * 3];
    for (int i = 0; i < GRID.size(); i++) {
      x[3 * i] = GRID.categoryOf(i);
      x[3 * i + 1] = 5;
      x[3 * i + 2] = i % 7;
    }
    EmbeddingTable table = EmbeddingTable.of(Provenance.unknown("m"), GRID.rows(), x);
    ModelResult model = analysis(OPTIONS.withMetric(Metric.MAHALANOBIS), table).models().getFirst();
    assertEquals(
        "1 of 3 components is the same for every image (the first is component 1) and tells"
            + " nothing.",
        model.warnings().getFirst());
    assertEquals(2, model.space().rank());
  }
}
