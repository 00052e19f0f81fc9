package io.semblance.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PcaTest {

  @Test
  void isScikitLearns() {
    Matrix x = Golden.read("pca-x");
    Pca pca = Pca.fit(x, 8);
    Golden.assertClose(Golden.read("pca-mean"), Golden.column(pca.mean()), 1e-12);
    Golden.assertClose(Golden.read("pca-components"), pca.components(), 1e-10);
    Golden.assertClose(
        Golden.read("pca-explained-variance"), Golden.column(pca.explainedVariance()), 1e-12);
    Golden.assertClose(
        Golden.read("pca-explained-variance-ratio"),
        Golden.column(pca.explainedVarianceRatio()),
        1e-12);
    Golden.assertClose(Golden.read("pca-transformed"), pca.transform(x), 1e-10);
  }

  @Test
  void wideDataGiveTheSameComponentsAsTheirRotationIntoFewColumns() {
    Matrix x = Golden.random(9, 30, 1);
    Pca wide = Pca.fit(x, 100);
    assertEquals(8, wide.components().rows());
    Matrix scores = wide.transform(x);
    Pca narrow = Pca.fit(scores, 100);
    Golden.assertClose(
        Golden.column(wide.explainedVariance()), Golden.column(narrow.explainedVariance()), 1e-12);
    Golden.assertClose(Distances.matrix(x), Distances.matrix(scores), 1e-12);
  }

  @Test
  void constantRowsHaveNoComponents() {
    Pca pca = Pca.fit(Matrix.zeros(4, 3), 2);
    assertEquals(0, pca.components().rows());
    assertEquals(0, pca.transform(Matrix.zeros(4, 3)).columns());
  }
}
