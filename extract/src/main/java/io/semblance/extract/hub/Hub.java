package io.semblance.extract.hub;

import io.semblance.core.SemblanceException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// A model hub: where files are asked for, as whom, and how patiently.
///
/// @param base address that `/<repository>/resolve/<revision>/<path>` is appended to, without a
///   slash at its end
/// @param token sent to the base's own host only, or null
/// @param proxy through which hosts are reached
/// @param patience time without a byte after which a connection counts as broken
/// @param attempts tries in a row that may bring nothing before a download is given up, at least 1
/// @param backoff pause before the second try; it doubles from try to try, up to a minute
public record Hub(
    URI base,
    HubToken token,
    ProxySelector proxy,
    Duration patience,
    int attempts,
    Duration backoff) {

  /// The hub that is asked where nobody names another.
  public static final String DEFAULT = "https://huggingface.co";

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of range; the message says which
  public Hub {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is " + attempts + ": give 1 or more");
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience is " + patience + ": give more than nothing");
    }
  }

  /// A hub with the usual patience, reached as this Java reaches everything.
  ///
  /// @param address `http://` or `https://`, a host, perhaps a port and a path
  /// @return the hub
  /// @throws SemblanceException if that is no such address
  public static Hub at(String address) throws SemblanceException {
    return new Hub(
        parse(address),
        null,
        ProxySelector.getDefault(),
        Duration.ofSeconds(60),
        5,
        Duration.ofSeconds(1));
  }

  /// @param whom null for nobody
  /// @return this hub, asked as someone
  /// @throws SemblanceException if everyone on the way could read the token
  public Hub withToken(HubToken whom) throws SemblanceException {
    if (whom != null && !"https".equals(base.getScheme()) && !isLoopback(base.getHost())) {
      throw new SemblanceException(
          "The token is not sent to %s, where everyone on the way could read it: give an https:// address, or no token."
              .formatted(base));
    }
    return new Hub(base, whom, proxy, patience, attempts, backoff);
  }

  /// @param way to the hosts
  /// @return this hub, reached that way
  public Hub withProxy(ProxySelector way) {
    return new Hub(base, token, way, patience, attempts, backoff);
  }

  /// @param time without a byte after which a connection counts as broken
  /// @param tries in a row that may bring nothing
  /// @param pause before the second try
  /// @return this hub, asked that patiently
  public Hub withPatience(Duration time, int tries, Duration pause) {
    return new Hub(base, token, proxy, time, tries, pause);
  }

  /// The address of a file.
  ///
  /// @param repository `owner/name`
  /// @param revision branch or commit
  /// @param path within the repository
  /// @return where to ask for it
  public URI file(String repository, String revision, String path) {
    String tail = repository + "/resolve/" + revision + "/" + path;
    String escaped =
        Arrays.stream(tail.split("/")).map(Hub::escape).collect(Collectors.joining("/"));
    return URI.create(base + "/" + escaped);
  }

  /// @param address any
  /// @return whether it is on the hub's own host, the only one that may see the token
  boolean owns(URI address) {
    return base.getScheme().equalsIgnoreCase(address.getScheme())
        && base.getHost().equalsIgnoreCase(address.getHost())
        && port(base) == port(address);
  }

  private static String escape(String part) {
    try {
      return new URI(null, null, "/" + part, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no name of a file: " + part, e);
    }
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  private static boolean isLoopback(String host) {
    try {
      return host.matches("localhost|127[0-9.]*|\\[.*\\]")
          && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private static URI parse(String address) throws SemblanceException {
    String trimmed = address.strip().replaceAll("/+$", "");
    try {
      URI base = new URI(trimmed);
      String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
      boolean fits =
          (scheme.equals("http") || scheme.equals("https"))
              && base.getHost() != null
              && base.getRawUserInfo() == null
              && base.getRawQuery() == null
              && base.getRawFragment() == null;
      if (fits) {
        return base;
      }
    } catch (URISyntaxException _) {
      // said below
    }
    throw new SemblanceException(
        "'%s' is no address of a model hub: give one such as %s.".formatted(address, DEFAULT));
  }
}
