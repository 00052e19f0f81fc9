package io.semblance.core.image.tiff;

import io.semblance.core.SemblanceException;

/// The rows of a strip or tile, one after the other. For one thread.
interface Rows {

  /// @param row receives the next row, all of it
  /// @throws SemblanceException if the data are damaged or end early
  void read(byte[] row) throws SemblanceException;
}
