package io.semblance.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EmptyProductTest {

  @Test
  void aProductWithoutColumnsIsEmpty() {
    Matrix product = LinearAlgebra.product(Matrix.zeros(2, 3), Matrix.zeros(3, 0));
    assertEquals(2, product.rows());
    assertEquals(0, product.columns());
  }
}
