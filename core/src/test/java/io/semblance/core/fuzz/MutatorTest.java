package io.semblance.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MutatorTest {

  @Test
  void oneSeedMakesOneMutantAndLeavesTheFileAlone() {
    byte[] whole = noise(500);
    byte[] before = whole.clone();
    for (long seed = 0; seed < 500; seed++) {
      Mutant mutant = Mutator.mutate(whole, seed);
      assertArrayEquals(mutant.bytes(), Mutator.mutate(whole, seed).bytes());
      assertEquals(mutant.damage(), Mutator.mutate(whole, seed).damage());
      assertTrue(mutant.bytes().length <= 2 * whole.length + 64, mutant.damage());
    }
    assertArrayEquals(before, whole);
  }

  @Test
  void nearlyEveryMutantDiffersAndManyKeepTheirLength() {
    byte[] whole = noise(500);
    int changed = 0;
    int sameLength = 0;
    for (long seed = 0; seed < 1000; seed++) {
      byte[] bytes = Mutator.mutate(whole, seed).bytes();
      changed += Arrays.equals(bytes, whole) ? 0 : 1;
      sameLength += bytes.length == whole.length ? 1 : 0;
    }
    assertTrue(changed > 970, changed + " of 1000 differ");
    assertTrue(sameLength > 350, sameLength + " of 1000 have the length of the file");
  }

  @Test
  void shortAndEmptyFilesAreTakenToo() {
    for (int length = 0; length < 12; length++) {
      for (long seed = 0; seed < 300; seed++) {
        assertTrue(Mutator.mutate(noise(length), seed).bytes().length <= 2 * length + 64);
      }
    }
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(1).nextBytes(bytes);
    return bytes;
  }
}
