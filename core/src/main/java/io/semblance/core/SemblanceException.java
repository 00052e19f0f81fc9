package io.semblance.core;

import java.io.IOException;

/// Something outside the program is wrong: a file, a folder, an option, a missing tool.
///
/// The message is one sentence for the person at the keyboard: what is wrong, where, and what to do
/// next. It is shown as it stands, without a stack trace. Our own bugs are [IllegalStateException]
/// instead.
public final class SemblanceException extends IOException {

  private static final long serialVersionUID = 1L;

  /// @param message what, where, and what to do next
  public SemblanceException(String message) {
    super(Printable.oneLine(message));
  }

  /// @param message what, where, and what to do next
  /// @param cause the failure underneath
  public SemblanceException(String message, Throwable cause) {
    super(Printable.oneLine(message), cause);
  }
}
