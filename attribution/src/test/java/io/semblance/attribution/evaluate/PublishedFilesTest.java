package io.semblance.attribution.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.attribution.Golden;
import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.feature.TestSetReader;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PublishedFilesTest {

  @Test
  void ranksAsNumpyDoes() throws IOException {
    TestSet set = TestSetReader.read(Golden.path("imagenet_seen.pth"), List.of());
    assertEquals("imagenet_seen", set.name());
    FeatureMap same = FeatureMap.identity(set.dimension());
    try (Pool pool = Pool.open(List.of(Golden.path("laion_subset.pth")))) {
      List<CaseResult> results =
          new Evaluator(pool, same, same, List.of(5, 10)).evaluate(List.of(set), Progress.none());
      for (List<String> line : Golden.csv("ranks.csv")) {
        CaseResult r = results.get(line.get(0).equals("gpt") ? 0 : 1);
        assertEquals(line.get(0), r.scheme());
        QueryResult q = r.queries().get(Integer.parseInt(line.get(1)));
        String ranks =
            Arrays.stream(q.ranks()).mapToObj(Long::toString).collect(Collectors.joining(" "));
        assertEquals(line.get(2), ranks);
        assertEquals(Double.parseDouble(line.get(3)), q.averagePrecision(), 1e-12);
      }
      assertEquals(3, results.getFirst().tied());
    }
  }

  @Test
  void saysWhatAForeignFileLacks() {
    var e =
        assertThrows(
            SemblanceException.class,
            () -> TestSetReader.read(Golden.path("laion_subset.pth"), List.of()));
    assertTrue(e.getMessage().contains("exemplar_tensors"), e.getMessage());
    e =
        assertThrows(
            SemblanceException.class,
            () -> {
              try (Pool pool = Pool.open(List.of(Golden.path("mapper-affine.pth")))) {
                assertEquals(0, pool.size());
              }
            });
    assertTrue(e.getMessage().contains("feats"), e.getMessage());
  }
}
