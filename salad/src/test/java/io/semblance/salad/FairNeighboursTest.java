package io.semblance.salad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairNeighboursTest {

  /// Breaks ties at random, many times, and takes the mean.
  private static double simulated(double[] distances, int[] cellOf, int own, int places) {
    var random = new Random(1);
    int rounds = 20_000;
    long hits = 0;
    for (int round = 0; round < rounds; round++) {
      double[][] keyed = new double[distances.length][];
      for (int j = 0; j < distances.length; j++) {
        keyed[j] = new double[] {distances[j], random.nextDouble(), cellOf[j]};
      }
      Arrays.sort(
          keyed, (a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
      for (int k = 0; k < places; k++) {
        hits += keyed[k][2] == own ? 1 : 0;
      }
    }
    return (double) hits / rounds;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void countsWhatRandomTieBreakingGivesOnAverage(int seed) {
    var random = new Random(seed);
    double[] distances = new double[12];
    int[] cellOf = new int[12];
    for (int j = 0; j < 12; j++) {
      distances[j] = random.nextInt(4);
      cellOf[j] = random.nextInt(3);
    }
    for (int places = 1; places <= 12; places++) {
      assertEquals(
          simulated(distances, cellOf, 1, places),
          FairNeighbours.count(distances, cellOf, 1, places),
          0.05);
    }
  }

  @Test
  void withoutTiesItIsSorting() {
    var random = new Random(9);
    int n = 501;
    double[] distances = random.doubles(n).toArray();
    int[] cellOf = random.ints(n, 0, 4).toArray();
    Integer[] order = new Integer[n];
    Arrays.setAll(order, j -> j);
    Arrays.sort(order, (a, b) -> Double.compare(distances[a], distances[b]));
    int expected = 0;
    for (int places = 1; places <= n; places++) {
      expected += cellOf[order[places - 1]] == 2 ? 1 : 0;
      assertEquals(expected, FairNeighbours.count(distances, cellOf, 2, places));
    }
  }

  @Test
  void roundingDoesNotBreakATieAndTheImageItselfHasNoPrivilege() {
    int[] cellOf = {0, 1, 1, 1};
    assertEquals(0.25, FairNeighbours.count(new double[] {0, 0, 0, 0}, cellOf, 0, 1));
    double almost = 1 + 1e-12;
    assertEquals(0.5, FairNeighbours.count(new double[] {almost, 1, 2, 3}, cellOf, 0, 1));
    assertEquals(0, FairNeighbours.count(new double[] {1.00001, 1, 2, 3}, cellOf, 0, 1));
  }
}
