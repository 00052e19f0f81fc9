package io.semblance.extract.hub;

import io.semblance.core.SemblanceException;
import java.nio.file.Path;
import java.util.Map;

/// Which hub, as whom and through what: options first, then the environment.
public final class HubSettings {

  private HubSettings() {}

  /// The hub that a user means.
  ///
  /// The address is the option, else `SEMBLANCE_HUB`, else `HF_ENDPOINT`, else [Hub#DEFAULT]. The
  /// token is that of the file, else of `SEMBLANCE_HUB_TOKEN`, else of `HF_TOKEN`; the last belongs
  /// to one hub and is not shown to others that option or `SEMBLANCE_HUB` name.
  ///
  /// @param address an option, or null
  /// @param tokenFile an option, or null
  /// @param proxy an option, or null
  /// @param environment variables by name
  /// @return the hub
  /// @throws SemblanceException if one of them is wrong; the message says which
  public static Hub hub(
      String address, Path tokenFile, String proxy, Map<String, String> environment)
      throws SemblanceException {
    String own = address == null ? variable(environment, "SEMBLANCE_HUB") : address;
    String theirs = variable(environment, "HF_ENDPOINT");
    String base = own != null ? own : theirs != null ? theirs : Hub.DEFAULT;
    Hub hub = Hub.at(base).withProxy(Proxies.choose(proxy, environment));
    boolean known = own == null || hub.base().equals(Hub.at(Hub.DEFAULT).base());
    return hub.withToken(token(tokenFile, known, environment));
  }

  private static HubToken token(Path file, boolean known, Map<String, String> environment)
      throws SemblanceException {
    if (file != null) {
      return HubToken.read(file);
    }
    String own = variable(environment, "SEMBLANCE_HUB_TOKEN");
    if (own != null) {
      return HubToken.of(own, "SEMBLANCE_HUB_TOKEN");
    }
    String theirs = known ? variable(environment, "HF_TOKEN") : null;
    return theirs == null ? null : HubToken.of(theirs, "HF_TOKEN");
  }

  private static String variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }
}
