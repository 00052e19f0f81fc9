package io.semblance.extract.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.semblance.core.SemblanceException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void allHaveEndedWhenOneFails() {
    var done = new AtomicInteger();
    var failure = new SemblanceException("a network failed.");
    Callable<Void> slow =
        () -> {
          Thread.sleep(100);
          done.incrementAndGet();
          return null;
        };
    Callable<Void> bad =
        () -> {
          throw failure;
        };
    assertSame(
        failure,
        assertThrows(SemblanceException.class, () -> Workers.run(List.of(bad, slow, slow))));
    assertEquals(2, done.get());
  }

  @Test
  void noWorkIsNoFailure() throws SemblanceException {
    Workers.run(List.of());
  }
}
