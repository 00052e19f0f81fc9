package io.semblance.core.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.semblance.core.linalg.Matrix;
import io.semblance.core.table.Npy;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What faiss's `IndexFlatIP` finds on rows of norm 1 (`tools/reference/golden_linalg.py`): on such
/// rows all three metrics rank alike.
class FaissGoldenTest {

  @ParameterizedTest
  @EnumSource(Metric.class)
  void findsWhatFaissFinds(Metric metric) throws Exception {
    Matrix base = golden("topk-base");
    Matrix queries = golden("topk-queries");
    Matrix ids = golden("topk-ids");
    Matrix scores = golden("topk-scores");
    var found =
        new ExactSearch(List.of(Tables.of(32, floats(base))), metric)
            .search(floats(queries), ids.columns());
    for (int q = 0; q < queries.rows(); q++) {
      for (int i = 0; i < ids.columns(); i++) {
        SearchHit hit = found.get(q).get(i);
        assertEquals(ids.get(q, i), hit.row(), "query " + q + ", rank " + (i + 1));
        double cosine =
            metric == Metric.EUCLIDEAN ? 1 - hit.score() * hit.score() / 2 : hit.score();
        assertEquals(scores.get(q, i), cosine, 1e-6);
      }
    }
  }

  private static Matrix golden(String name) throws Exception {
    return Npy.read(path("/io/semblance/core/golden/" + name + ".npy"));
  }

  private static Path path(String resource) throws URISyntaxException {
    return Path.of(FaissGoldenTest.class.getResource(resource).toURI());
  }

  private static float[] floats(Matrix m) {
    float[] out = new float[m.data().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) m.data()[i];
    }
    return out;
  }
}
