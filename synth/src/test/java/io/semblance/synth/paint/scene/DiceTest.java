package io.semblance.synth.paint.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DiceTest {
  @Test
  void keysAndTheirOrderDecide() {
    assertEquals(Dice.of(1, 2, 3).bits(), Dice.of(1, 2, 3).bits());
    assertNotEquals(Dice.of(1, 2, 3).bits(), Dice.of(1, 3, 2).bits());
    assertNotEquals(Dice.of(0, 1).bits(), Dice.of(1, 0).bits());
  }

  @Test
  void throwsAreEvenAndInRange() {
    Dice dice = Dice.of(42);
    int[] counts = new int[6];
    double sum = 0;
    for (int i = 0; i < 6000; i++) {
      counts[dice.between(0, 5)]++;
      double bell = dice.bell();
      assertTrue(Math.abs(bell) <= 3.5);
      sum += bell;
    }
    for (int count : counts) {
      assertEquals(1000, count, 130);
    }
    assertEquals(0, sum / 6000, 0.05);
  }

  @Test
  void noiseIsSmoothSeededAndInRange() {
    Noise noise = new Noise(Dice.of(5));
    Noise same = new Noise(Dice.of(5));
    Noise other = new Noise(Dice.of(6));
    double difference = 0;
    for (double x = -20; x < 20; x += 0.37) {
      double here = noise.at(x, x * 0.7);
      assertTrue(Math.abs(here) <= 1);
      assertEquals(here, noise.at(x + 1e-4, x * 0.7), 1e-2);
      assertEquals(here, same.at(x, x * 0.7), 0);
      difference += Math.abs(here - other.at(x, x * 0.7));
    }
    assertTrue(difference > 5);
  }
}
