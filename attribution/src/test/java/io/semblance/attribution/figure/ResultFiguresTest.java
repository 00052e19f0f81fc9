package io.semblance.attribution.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.TestTables;
import io.semblance.attribution.evaluate.Evaluation;
import io.semblance.attribution.evaluate.Evaluation.Case;
import io.semblance.attribution.evaluate.Evaluation.Metric;
import io.semblance.attribution.evaluate.PaperTables;
import io.semblance.attribution.figure.Bars.Group;
import io.semblance.attribution.figure.Bars.Panel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ResultFiguresTest {

  @TempDir Path temp;

  private static Evaluation result(String variant, Map<String, Double> recalls) {
    List<Case> cases =
        recalls.entrySet().stream()
            .map(
                e ->
                    new Case(
                        e.getKey(),
                        e.getKey().equals("bam_fg_test") ? "object" : "gpt",
                        2,
                        4,
                        0,
                        List.of(new Metric("R@10", e.getValue(), null, 1, 0))))
            .toList();
    return new Evaluation(
        1, cases, List.of(), 100, TestTables.model(), "cafe", "none", Map.of(), "test", variant);
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void ablationsOfThePaperAreItsMeansOverEightTestCases() throws IOException {
    Bars bars = AblationFigure.of(List.of(), true).orElseThrow();
    assertEquals("Mean R@10 over 8 test cases", bars.title());
    assertEquals(
        List.of("Regularisation", "Map", "Augmentation"),
        bars.panels().stream().map(Panel::title).toList());
    assertEquals(List.of(6, 2, 2), bars.panels().stream().map(p -> p.groups().size()).toList());
    double dino =
        PaperTables.all().stream()
            .filter(r -> r.features().equals("DINO") && r.training().equals("both (mlp)"))
            .mapToDouble(PaperTables.Row::recall10)
            .average()
            .orElseThrow();
    Group group =
        bars.panels().get(1).groups().stream()
            .filter(g -> g.name().equals("DINO"))
            .findFirst()
            .orElseThrow();
    assertEquals(dino, group.values().get(2), 1e-12);
    assertTrue(group.values().get(2) < group.values().get(0), "the paper's finding");
  }

  @Test
  void oursAndThePaperAreComparedOnTheSameTestCases() throws IOException {
    Evaluation whole = result("", Map.of("artchive", 0.4, "bam_fg_test", 0.6));
    Evaluation part = result("no reg.", Map.of("artchive", 0.3, "val", 0.9));
    Bars bars = AblationFigure.of(List.of(whole, part), true).orElseThrow();
    assertEquals("Mean R@10 over 1 test case", bars.title());
    Group ours = bars.panels().getFirst().groups().getFirst();
    assertEquals(List.of(0.4, 0.3), ours.values());
    double moco =
        PaperTables.all().stream()
            .filter(r -> r.features().equals("MoCo") && r.training().equals("both"))
            .filter(r -> (r.source() + r.prompts()).equals("artchivegpt"))
            .mapToDouble(PaperTables.Row::recall10)
            .sum();
    assertTrue(
        bars.panels().getFirst().groups().stream()
            .anyMatch(g -> g.name().equals("MoCo") && g.values().getFirst() == moco));
  }

  @Test
  void oneAnswerIsNoAblation() throws IOException {
    Evaluation alone = result("", Map.of("artchive", 0.4));
    assertTrue(AblationFigure.of(List.of(alone), false).isEmpty());
    Evaluation plain = result(null, Map.of("artchive", 0.4));
    assertTrue(AblationFigure.of(List.of(alone, plain), false).isEmpty());
  }

  @Test
  void onlyTheEightTestCasesAreThePapers() {
    assertEquals(
        Optional.of("imagenet-seen media"), PaperTables.testCase("imagenet_seen_test", "medium"));
    assertTrue(PaperTables.testCase("artchive", "media").isEmpty());
    assertTrue(PaperTables.testCase("val", "gpt").isEmpty());
  }

  @Test
  void figuresAreWrittenAsXml() throws Exception {
    Evaluation one = result("", Map.of("artchive", 0.4, "bam_fg_test", 0.6));
    Evaluation two = result("channel", Map.of("artchive", 0.35, "bam_fg_test", 0.5));
    List<String> written = ResultFigures.write(Map.of("a <b>", one, "c", two), true, temp);
    assertTrue(written.contains("ablations.svg"), written.toString());
    for (String name : written) {
      String svg = Files.readString(temp.resolve(name));
      assertTrue(parsed(svg).getDocumentElement().hasAttribute("viewBox"), name);
      assertFalse(svg.contains("NaN"), name);
    }
    Document bars = parsed(Files.readString(temp.resolve("ablations.svg")));
    int published = 6 * 2 + 2 * 3 + 2 * 2;
    assertEquals(published + 2, bars.getElementsByTagName("title").getLength());
  }
}
