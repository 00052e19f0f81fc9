package io.semblance.extract.hub;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Which proxy leads to which host: an option, else the environment as curl reads it, else what
/// this Java is set to.
public final class Proxies extends ProxySelector {

  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Proxy http;
  private final Proxy https;
  private final List<String> direct;

  private Proxies(Proxy http, Proxy https, List<String> direct) {
    this.http = http;
    this.https = https;
    this.direct = direct;
  }

  /// @param option what `--proxy` says, or null
  /// @param environment variables by name
  /// @return the way to hosts
  /// @throws SemblanceException if an address is no proxy's
  public static ProxySelector choose(String option, Map<String, String> environment)
      throws SemblanceException {
    if (option != null) {
      Proxy proxy = parse(option, "--proxy");
      return new Proxies(proxy, proxy, List.of());
    }
    Proxy all = from(environment, "all_proxy", "ALL_PROXY");
    Proxy https = from(environment, "https_proxy", "HTTPS_PROXY");
    Proxy http = from(environment, "http_proxy");
    if (all == null && https == null && http == null) {
      return ProxySelector.getDefault();
    }
    String except = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    return new Proxies(
        http == null ? all : http,
        https == null ? all : https,
        List.of(except.toLowerCase(Locale.ROOT).strip().split("[\\s,]+")));
  }

  @Override
  public List<Proxy> select(URI uri) {
    Proxy proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
    return proxy == null || isDirect(uri) ? DIRECT : List.of(proxy);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // there is one proxy only: the failure is told where the connection was wanted
  }

  private boolean isDirect(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    for (String entry : direct) {
      String name = entry.replaceFirst("^\\*?\\.", "");
      boolean named =
          !name.isEmpty()
              && (host.equals(name)
                  || host.endsWith("." + name)
                  || name.equals(host + ":" + uri.getPort()));
      if (entry.equals("*") || named) {
        return true;
      }
    }
    return false;
  }

  private static Proxy from(Map<String, String> environment, String... names)
      throws SemblanceException {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return parse(value, name);
      }
    }
    return null;
  }

  private static Proxy parse(String text, String from) throws SemblanceException {
    String address = text.contains("://") ? text.strip() : "http://" + text.strip();
    try {
      URI uri = URI.create(address);
      if ("http".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    // not the value itself: it may hold a password
    throw new SemblanceException(
        "%s is no proxy that can be used: give http://HOST:PORT, without a name or password."
            .formatted(from));
  }
}
