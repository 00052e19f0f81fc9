package io.semblance.synth.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaintOptionsTest {
  @Test
  void defaultsAreAHundredInstancesOf256PixelsFromSeed42() {
    assertEquals(new PaintOptions(100, 256, 42), PaintOptions.defaults());
  }

  @Test
  void eachWithChangesOneField() {
    PaintOptions options = PaintOptions.defaults().withInstances(3).withSize(16).withSeed(-1);
    assertEquals(new PaintOptions(3, 16, -1), options);
  }

  @Test
  void theEndsOfTheRangesAreAllowed() {
    assertEquals(4096, new PaintOptions(100_000, 4096, 0).size());
    assertEquals(1, new PaintOptions(1, 16, 0).instances());
  }

  @Test
  void refusalsNameFieldValueRangeAndNextStep() {
    assertRefused(0, 256, "instances is 0", "1 to 100000", "choose");
    assertRefused(100_001, 256, "instances is 100001", "1 to 100000", "choose");
    assertRefused(1, 15, "size is 15", "16 to 4096", "choose");
    assertRefused(1, 4097, "size is 4097", "16 to 4096", "choose");
  }

  private static void assertRefused(int instances, int size, String... words) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new PaintOptions(instances, size, 1))
            .getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }
}
