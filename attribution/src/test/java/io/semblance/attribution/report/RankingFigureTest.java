package io.semblance.attribution.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.feature.MemoryFeatures;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSet.Scheme;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.attribution.report.RankingFigure.Ranked;
import io.semblance.attribution.report.RankingFigure.Space;
import io.semblance.attribution.synthetic.SyntheticBenchmark;
import io.semblance.core.search.Metric;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankingFigureTest {

  private static final int D = 8;
  private static final int TOP = 5;

  @TempDir Path temp;
  private final SyntheticBenchmark data = new SyntheticBenchmark(D, 0.9, 3);
  private final TestSet set = data.split("seen", 6, 2, 3);
  private final MemoryFeatures distractors = data.distractors(60);

  private Pool pool() {
    return Pool.of(distractors);
  }

  private static Space plain(String name) {
    return new Space(name, FeatureMap.identity(D), FeatureMap.identity(D));
  }

  /// The naive twin: all scores of a query's pool, sorted, distractors first among equals.
  private List<Ranked> naive(Scheme scheme, int query) {
    float[] x = Arrays.copyOfRange(scheme.queries().vectors(), query * D, (query + 1) * D);
    var all = new ArrayList<Ranked>();
    for (int r = 0; r < distractors.size(); r++) {
      float[] y = Arrays.copyOfRange(distractors.vectors(), r * D, (r + 1) * D);
      all.add(new Ranked(0, distractors.id(r), Metric.COSINE.score(x, y), false));
    }
    var model = set.models().get(scheme.model()[query]);
    for (int e = model.from(); e < model.to(); e++) {
      float[] y = Arrays.copyOfRange(set.exemplars().vectors(), e * D, (e + 1) * D);
      all.add(new Ranked(0, set.exemplars().ids().get(e), Metric.COSINE.score(x, y), true));
    }
    all.sort(Comparator.comparingDouble(Ranked::score).reversed());
    return all;
  }

  @Test
  void rankingsAreThoseOfTheNaiveTwin() throws IOException {
    Scheme scheme = set.schemes().getFirst();
    try (Pool pool = pool()) {
      var figure = new RankingFigure(pool, List.of(), TOP);
      List<List<Ranked>> found = figure.ranked(set, plain("nearest"));
      int behind = 0;
      for (int q = 0; q < scheme.queries().size(); q++) {
        List<Ranked> all = naive(scheme, q);
        for (int i = 0; i < TOP; i++) {
          assertEquals(all.get(i).id(), found.get(q).get(i).id());
          assertEquals(i + 1, found.get(q).get(i).rank());
          assertEquals(all.get(i).score(), found.get(q).get(i).score(), 1e-6);
        }
        if (all.stream().limit(TOP).noneMatch(Ranked::exemplar)) {
          Ranked last = found.get(q).getLast();
          Ranked best = all.stream().filter(Ranked::exemplar).findFirst().orElseThrow();
          assertEquals(best.id(), last.id());
          assertEquals(all.indexOf(best) + 1, last.rank());
          behind++;
        } else {
          assertEquals(TOP, found.get(q).size());
        }
      }
      assertTrue(behind > 0, "the data are noisy enough that some exemplar is not found");
    }
  }

  @Test
  void exemplarsAreBoxedAndPicturesAreInTheFile() throws IOException {
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    String query = set.schemes().getFirst().queries().ids().get(9);
    Path file = temp.resolve("images").resolve(query);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    try (Pool pool = pool()) {
      new RankingFigure(pool, List.of(temp.resolve("images")), TOP)
          .write(
              List.of(set), 1, List.of(plain("before"), plain("after")), temp.resolve("out.svg"));
    }
    String svg = Files.readString(temp.resolve("out.svg"));
    assertEquals(2, svg.split("data:image/jpeg", -1).length, "the query's picture, once");
    assertTrue(svg.contains(">before<") && svg.contains(">after<"));
    int boxes = svg.split("stroke=\"" + Strips.RED, -1).length - 1;
    assertTrue(boxes >= 2 && boxes % 2 == 0, boxes + " boxes");
    assertFalse(svg.contains(temp.toString()), "no path of this machine");
  }
}
