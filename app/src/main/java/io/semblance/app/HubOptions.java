package io.semblance.app;

import io.semblance.core.SemblanceException;
import io.semblance.extract.hub.Hub;
import io.semblance.extract.hub.HubSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The options that say which hub is asked, as whom and through what.
final class HubOptions {

  @Option(
      names = "--hub",
      paramLabel = "URL",
      description =
          "Address of the hub (SEMBLANCE_HUB or HF_ENDPOINT if not given, else "
              + Hub.DEFAULT
              + ").")
  private String address;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File that holds your token (SEMBLANCE_HUB_TOKEN or HF_TOKEN if not given). Only the"
              + " hub's own host sees it.")
  private Path tokenFile;

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description =
          "http://HOST:PORT of a proxy (https_proxy, http_proxy, all_proxy and no_proxy if not"
              + " given).")
  private String proxy;

  Hub hub() throws SemblanceException {
    return HubSettings.hub(address, tokenFile, proxy, System.getenv());
  }
}
