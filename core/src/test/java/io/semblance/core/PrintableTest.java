package io.semblance.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void aSentenceStaysOnItsLine() {
    String plain = "Größe: 3 µm, 林檎 🍎.";
    assertSame(plain, Printable.oneLine(plain));
    assertEquals("a?[31mb?c?d", Printable.oneLine("a\u001B[31mb\nc\u2028d"));
    assertEquals("x?y", new SemblanceException("x\ny").getMessage());
  }
}
