package io.semblance.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Classical scaling and SMACOF.
class ScalingTest {

  private final Matrix distances = Golden.read("mds-distances");

  @Test
  void classicalScalingIsNumpys() {
    ClassicalMds mds = ClassicalMds.of(distances, 2);
    Golden.assertClose(Golden.read("mds-classical"), mds.points(), 1e-11);
    Golden.assertClose(
        Golden.read("mds-classical-eigenvalues"), Golden.column(mds.eigenvalues()), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "default, mds-init, 1e-6, 300, 67, 86.118672324056, 0.08797561849116048",
    "converged, mds-init, 1e-12, 20000, 153, 86.06643955197876, 0.08794870920240733",
    "from-classical, mds-classical, 1e-6, 300, 16, 86.10285379325934, 0.08796747540557617"
  })
  void smacofIsScikitLearns(
      String run, String init, double eps, int most, int iterations, double raw, double stress1) {
    Smacof ours = Smacof.from(distances, Golden.read(init), new Smacof.Stop(most, eps));
    assertEquals(iterations, ours.iterations(), run.equals("converged") ? 1 : 0);
    assertEquals(raw, ours.rawStress(), 1e-10 * raw);
    assertEquals(stress1, ours.stress1(), 1e-11);
    Golden.assertClose(
        Golden.read("mds-smacof-" + run), ours.points(), run.equals("converged") ? 1e-6 : 1e-10);
  }

  @Test
  void theBestOfSeveralStartsIsNoWorseThanTheClassicalOneAndRepeats() {
    var stop = Smacof.Stop.defaults();
    Smacof classical = Smacof.best(distances, 2, 1, 1, stop);
    Smacof best = Smacof.best(distances, 2, 4, 1, stop);
    assertTrue(best.rawStress() <= classical.rawStress());
    Golden.assertClose(best.points(), Smacof.best(distances, 2, 4, 1, stop).points(), 0);
  }

  @Test
  void pointsInThePlaneAreRecovered() {
    Matrix plane = Golden.random(12, 2, 5);
    Smacof mds = Smacof.best(Distances.matrix(plane), 2, 1, 1, Smacof.Stop.defaults());
    assertEquals(0, mds.stress1(), 1e-12);
    Golden.assertClose(Distances.matrix(plane), Distances.matrix(mds.points()), 1e-9);
  }

  @Test
  void pointsAllInOnePlaceHaveNoStress() {
    Smacof mds = Smacof.best(Matrix.zeros(3, 3), 2, 2, 1, Smacof.Stop.defaults());
    assertEquals(0, mds.stress1());
  }
}
