package io.semblance.extract.hub;

import java.io.IOException;
import java.net.URI;

/// A host that cannot be reached at all. In the midst of a download that may pass; at its beginning
/// it means that there is no way to the hub.
final class Unreachable extends IOException {

  private static final long serialVersionUID = 1L;

  Unreachable(URI address, String reason, Throwable cause) {
    super("%s cannot be reached (%s)".formatted(address.getAuthority(), reason), cause);
  }
}
