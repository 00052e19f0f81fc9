package io.semblance.attribution.feature;

import java.io.IOException;
import java.util.List;

/// Closes what a pool or a test set opened.
final class Closing {

  private Closing() {}

  static void all(List<AutoCloseable> owned) throws IOException {
    for (AutoCloseable one : owned) {
      try {
        one.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("closing failed", e);
      }
    }
  }
}
