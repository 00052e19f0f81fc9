package io.semblance.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareTest {

  @Test
  void bothSidesRunAndTheMedianIsTaken() throws IOException, InterruptedException {
    Compare.Result result = Compare.compare("nothing", 3, "true", "true");
    assertEquals(3, result.ours().seconds().size());
    assertEquals(Compare.median(result.peer().seconds()), result.peer().median());
    assertTrue(result.ratio() > 0);
    assertEquals(2.5, Compare.median(List.of(4.0, 1.0, 3.0, 2.0)));
  }

  @Test
  void aCommandThatFailsIsNamed() {
    IOException e =
        assertThrows(IOException.class, () -> Compare.compare("fails", 1, "exit 3", "true"));
    assertTrue(e.getMessage().contains("exit code 3"), e.getMessage());
  }
}
