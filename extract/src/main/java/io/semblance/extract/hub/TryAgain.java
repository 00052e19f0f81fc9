package io.semblance.extract.hub;

import java.io.IOException;
import java.time.Duration;

/// A transfer that broke in a way that may pass.
final class TryAgain extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Duration after;

  TryAgain(String reason) {
    this(reason, Duration.ZERO, null);
  }

  TryAgain(String reason, Throwable cause) {
    this(reason, Duration.ZERO, cause);
  }

  TryAgain(String reason, Duration after, Throwable cause) {
    super(reason, cause);
    this.after = after;
  }

  /// @return how long the server wants to be left alone, at least
  Duration after() {
    return after;
  }
}
