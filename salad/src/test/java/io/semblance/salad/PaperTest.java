package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.table.EmbeddingTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperTest {

  private static PaperComparison compare(EmbeddingTable... tables) throws SemblanceException {
    SaladOptions options =
        SaladOptions.defaults()
            .withScatterPoints(0)
            .withResamples(new SaladOptions.Resamples(0, false));
    return PaperComparison.of(SaladAnalysis.of(List.of(tables), options, Progress.none()));
  }

  private static PaperComparison.Row row(PaperComparison paper, String where, String what) {
    return paper.rows().stream()
        .filter(r -> r.where().startsWith(where) && r.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theMaximumIsNowhereBelowTheExampleModel() throws SemblanceException {
    PaperComparison paper = compare(new SyntheticSalad(2, 2, 2).balanced());
    assertEquals(223, paper.rows().size());
    for (int k = 0; k < 100; k++) {
      PaperComparison.Row best = paper.rows().get(k);
      PaperComparison.Row example = paper.rows().get(100 + k);
      assertEquals(best.what(), example.what());
      assertTrue(best.published() >= example.published(), best.what());
      assertTrue(Double.isNaN(best.ours()));
    }
    assertEquals(100, row(paper, "figure 3, left", "blueberries / Pixel").published());
    assertEquals(94.23, row(paper, "figure 3, left", "orange / Watercolor").published());
    assertEquals(71.48, row(paper, "figure 3, right", "orange / Watercolor").published());
    assertEquals(99.80, row(paper, "figure 3, left", "kiwi / Oil").published());
    assertEquals(100, row(paper, "figure 3, right", "pear / Pixel").published());
    assertTrue(paper.notes().getFirst().contains("not that of the paper"));
  }

  @Test
  void oursStandBesideThePublishedWhereGridAndModelMatch() throws SemblanceException {
    var grid = new SyntheticSalad(10, 10, 100);
    PaperComparison paper =
        compare(grid.model("ResNet50_IN21k", 4, 9, 9, 1), grid.styleBlind(), grid.balanced());
    PaperComparison.Row best = row(paper, "figure 3, left", "orange / Watercolor");
    assertEquals(row(paper, "figure 3, right", "orange / Watercolor").ours(), best.ours());
    assertTrue(best.ours() > 20, best.toString());
    assertEquals(10, row(paper, "tables", "style_blind").ours());
    assertEquals(4, row(paper, "tables", "ResNet50_IN1k").ours());
    assertEquals(2048, row(paper, "tables", "ResNet50_IN1k").published());
    assertTrue(paper.notes().getFirst().contains("over 1 computational models"));
  }

  @ParameterizedTest
  @CsvSource({
    "ResNet50_IN21k,ResNet50_IN1k",
    "DINO-ViT-B-16_IN1k,DINO_IN1k",
    "DINOv2-B_LVD,DINOv2_B_LVD",
    "vit_b_32_in21,ViT-B-32_IN21k",
    "compression-ensemble,CompressionEnsembles",
    "png-filesize,PNG_filesizes",
    "gif-compression,GIF_compression",
    "style-blind,style_blind"
  })
  void modelsAreKnownUnderEveryNameThePaperHasForThem(String name, String inTables) {
    assertEquals(Optional.of(inTables), PaperModels.find(name));
  }

  @Test
  void thePaperComparesTwentyThreeModels() {
    assertEquals(23, PaperModels.DIMENSIONS.size());
    assertTrue(PaperModels.conceptual("category_blind"));
    assertEquals(Optional.empty(), PaperModels.find("efficientnet-lite0"));
  }
}
