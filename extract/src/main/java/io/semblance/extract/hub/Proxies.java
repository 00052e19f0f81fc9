package io.semblance.extract.hub;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which proxy leads to which host: an option, else the environment as curl reads it, else what
/// this Java is set to.
public final class Proxies extends ProxySelector {

  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Way http;
  private final Way https;
  private final List<String> direct;

  /// @param proxy where it listens
  /// @param authorization the value of the header that it asks for, or null
  private record Way(Proxy proxy, String authorization) {}

  private Proxies(Way http, Way https, List<String> direct) {
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
      Way way = parse(option, "--proxy");
      return new Proxies(way, way, List.of());
    }
    Way all = from(environment, "all_proxy", "ALL_PROXY");
    Way https = from(environment, "https_proxy", "HTTPS_PROXY");
    Way http = from(environment, "http_proxy");
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
    Way way = way(uri);
    return way == null ? DIRECT : List.of(way.proxy());
  }

  /// What the proxy on the way wants to know. Java sends it through a tunnel only if
  /// `jdk.http.auth.tunneling.disabledSchemes` is set to nothing, as the launcher does.
  ///
  /// @param uri of a file
  /// @return the value of `Proxy-Authorization`; empty if it wants none or there is no proxy
  Optional<String> authorization(URI uri) {
    return Optional.ofNullable(way(uri)).map(Way::authorization);
  }

  private Way way(URI uri) {
    Way way = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
    return way == null || isDirect(uri) ? null : way;
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

  private static Way from(Map<String, String> environment, String... names)
      throws SemblanceException {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return parse(value, name);
      }
    }
    return null;
  }

  private static Way parse(String text, String from) throws SemblanceException {
    String address = text.contains("://") ? text.strip() : "http://" + text.strip();
    try {
      URI uri = URI.create(address);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        var at = InetSocketAddress.createUnresolved(uri.getHost(), port);
        return new Way(new Proxy(Proxy.Type.HTTP, at), basic(uri.getUserInfo()));
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    // not the value itself: it may hold a password
    throw new SemblanceException(
        "%s is no proxy that can be used: give http://HOST:PORT or http://NAME:PASSWORD@HOST:PORT, with %%40 for an @ in a password."
            .formatted(from));
  }

  private static String basic(String user) {
    return user == null
        ? null
        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }
}
