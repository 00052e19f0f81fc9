package io.semblance.extract.hub;

import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;

/// Asks for files and follows redirects itself, as the token may go to the hub's own host only and
/// nothing may go from https to http.
final class HubClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final int MAX_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Hub hub;
  private final HttpClient client;

  HubClient(Hub hub) {
    this.hub = hub;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .proxy(hub.proxy())
            .build();
  }

  /// @param address of a file
  /// @param from the first byte wanted
  /// @param validator what the earlier bytes were said to belong to; only where `from` is above 0
  /// @return the answer, whatever its status; close its body
  /// @throws SemblanceException if the redirects lead nowhere or the host cannot be reached
  /// @throws TryAgain if the connection broke
  Reply get(URI address, long from, String validator) throws IOException {
    URI at = address;
    String linked = null;
    String commit = null;
    var seen = new HashSet<URI>();
    for (int hop = 0; hop <= MAX_REDIRECTS && seen.add(at); hop++) {
      HttpResponse<InputStream> response = send(request(at, from, validator), at);
      if (hub.owns(at)) {
        linked =
            response.headers().firstValue("X-Linked-Etag").map(HubClient::sha256).orElse(linked);
        commit = response.headers().firstValue("X-Repo-Commit").orElse(commit);
      }
      if (!REDIRECTS.contains(response.statusCode())) {
        return new Reply(
            response.statusCode(), response.headers(), response.body(), at, linked, commit);
      }
      response.body().close();
      at = next(at, response.headers().firstValue("Location").orElse(""));
    }
    throw new SemblanceException(
        "%s leads from redirect to redirect without an end (at last to %s): check the address of the hub."
            .formatted(address, at));
  }

  private HttpRequest request(URI at, long from, String validator) {
    var request =
        HttpRequest.newBuilder(at)
            .timeout(hub.patience())
            // a compressed body has other bytes and another length
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "semblance");
    if (hub.token() != null && hub.owns(at)) {
      request.header("Authorization", hub.token().header());
    }
    if (hub.proxy() instanceof Proxies proxies) {
      proxies.authorization(at).ifPresent(it -> request.header("Proxy-Authorization", it));
    }
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-").header("If-Range", validator);
    }
    return request.build();
  }

  private HttpResponse<InputStream> send(HttpRequest request, URI at) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpConnectTimeoutException e) {
      throw new Unreachable(at, "no answer" + proxy(at), e);
    } catch (HttpTimeoutException e) {
      throw new TryAgain("no answer in time", e);
    } catch (ConnectException e) {
      boolean unknown = e.getCause() instanceof UnresolvedAddressException;
      throw new Unreachable(at, (unknown ? "the name is unknown" : "no connection") + proxy(at), e);
    } catch (SSLException e) {
      throw new SemblanceException(
          "%s cannot be trusted (%s): check the clock, the proxy and the certificates of this Java."
              .formatted(at.getHost(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new TryAgain(e.getMessage() == null ? "the connection broke" : e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException) new CancellationException().initCause(e);
    }
  }

  /// Whose name, connection or answer it is, where it is not the host's own.
  private String proxy(URI at) {
    List<Proxy> way = hub.proxy().select(at);
    return way.isEmpty() || way.getFirst().type() == Proxy.Type.DIRECT
        ? ""
        : way.getFirst().address() instanceof InetSocketAddress address
            ? "; the proxy on the way is %s:%d"
                .formatted(address.getHostString(), address.getPort())
            : "";
  }

  /// @param at who redirects
  /// @param location to where, as the header says it
  /// @return the address to go to
  /// @throws SemblanceException if that is no address, or nothing should go there
  static URI next(URI at, String location) throws SemblanceException {
    URI to;
    try {
      to = at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new SemblanceException(
          "%s redirects to '%s', which is no address: check the address of the hub."
              .formatted(at, location),
          e);
    }
    String scheme = String.valueOf(to.getScheme());
    if ("https".equalsIgnoreCase(at.getScheme()) && "http".equalsIgnoreCase(scheme)) {
      throw new SemblanceException(
          "%s redirects from https to %s, where anyone could change the file: refused; check the address of the hub."
              .formatted(at, to));
    }
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")
        || to.getHost() == null) {
      throw new SemblanceException(
          "%s redirects to %s, which is not on the web: refused; check the address of the hub."
              .formatted(at, to));
    }
    return to;
  }

  private static String sha256(String tag) {
    String bare = tag.replace("\"", "");
    return bare.matches("[0-9a-f]{64}") ? bare : null;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
