package io.semblance.synth.paint.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GeometryTest {
  private static final Profile PEAR =
      Profile.through(0, 0, 0.1, 0.15, 0.4, 0.2, 0.7, 0.4, 0.95, 0.2, 1, 0);

  @Test
  void placementAndItsInverseCancel() {
    Placement at = Placement.at(0.3, 0.7, 1.1, 0.4).child(0.2, -0.1, -0.5, 0.6);
    assertEquals(0.25, at.localU(at.sceneX(0.25, -0.4), at.sceneY(0.25, -0.4)), 1e-12);
    assertEquals(-0.4, at.localV(at.sceneX(0.25, -0.4), at.sceneY(0.25, -0.4)), 1e-12);
  }

  @Test
  void aProfilePassesThroughItsPointsAndClosesAtTheEnds() {
    assertEquals(0.2, PEAR.width(0.4), 0.01);
    assertEquals(0.4, PEAR.width(0.7), 0.01);
    assertEquals(0, PEAR.width(0), 1e-9);
    assertEquals(0, PEAR.width(1), 1e-9);
    assertTrue(PEAR.slope(0.55) > 0 && PEAR.slope(0.9) < 0);
  }

  @Test
  void locateFindsThePointThatABentSweepPutThere() {
    for (double curve : new double[] {0, 1.4, -0.9}) {
      Sweep sweep = new Sweep(Placement.at(0.4, 0.2, 0.3, 0.5), 1, curve, PEAR, 1);
      Spot spot = new Spot();
      sweep.locate(sweep.sceneX(0.1, 0.6), sweep.sceneY(0.1, 0.6), spot);
      assertEquals(0.6, spot.s, 1e-3);
      assertEquals(0.1, spot.x, 1e-3);
      assertEquals(0.1 / PEAR.width(0.6), spot.t, 1e-2);
    }
  }

  @Test
  void normalsPointOutwardsAndHaveAtMostUnitLength() {
    Sweep sweep = new Sweep(Placement.at(0.5, 0, 0, 1), 1, 0, PEAR, 1);
    Spot spot = new Spot();
    sweep.locate(0.5 + 0.39, 0.7, spot);
    assertTrue(spot.nx > 0.8);
    sweep.locate(0.5, 0.97, spot);
    assertTrue(spot.ny > 0.6);
    assertTrue(spot.nx * spot.nx + spot.ny * spot.ny <= 1);
  }

  @Test
  void aCutFaceHasTheOutlineOfItsBody() {
    Face face = Face.cut(Placement.at(0, 0.6, 0, 1), PEAR, 1, 1, 0.6);
    assertEquals(0.6, face.radius(-Math.PI / 2), 1e-3);
    assertEquals(0.4, face.radius(Math.PI / 2), 1e-3);
    assertEquals(PEAR.width(0.6), face.radius(0), 1e-3);
  }

  @Test
  void approximationsStayWithinTheirStatedErrors() {
    for (double x = -1; x <= 1; x += 0.01) {
      assertEquals(Math.asin(x), Curve.asin(x), 7e-5);
      assertEquals(Math.atan2(x, 0.3), Curve.atan2(x, 0.3), 1e-4);
      assertEquals(Math.atan2(x, -0.7), Curve.atan2(x, -0.7), 1e-4);
    }
  }
}
