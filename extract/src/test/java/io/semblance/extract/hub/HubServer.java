package io.semblance.extract.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.semblance.core.SemblanceException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real server on a free port of this machine, with answers of every bad kind.
public final class HubServer implements AutoCloseable {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Headers> seen = new CopyOnWriteArrayList<>();

  /// What is answered.
  @FunctionalInterface
  public interface Answer {

    /// @param exchange to be answered
    /// @param number of the request to this server, from 1
    void to(HttpExchange exchange, int number) throws IOException;
  }

  private HubServer(HttpServer server) {
    this.server = server;
  }

  /// @param answer to every request
  /// @return a running server
  public static HubServer start(Answer answer) throws IOException {
    var server =
        new HubServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    server.server.setExecutor(server.threads);
    server.server.createContext("/", exchange -> server.handle(exchange, answer));
    server.server.start();
    return server;
  }

  private void handle(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      seen.add(exchange.getRequestHeaders());
      answer.to(exchange, seen.size());
    }
  }

  /// @return e.g. `http://127.0.0.1:40123`
  public String address() {
    InetSocketAddress at = server.getAddress();
    return "http://127.0.0.1:" + at.getPort();
  }

  Hub hub() throws SemblanceException {
    return Hub.at(address()).withPatience(Duration.ofSeconds(20), 3, Duration.ofMillis(1));
  }

  URI file() {
    return URI.create(address() + "/a/model/resolve/main/model.onnx");
  }

  /// @return the headers of all requests so far
  public List<Headers> seen() {
    return seen;
  }

  /// A file as a good server serves it: with ranges, and a tag that they can be bound to.
  ///
  /// @param content the file
  /// @param tag its entity tag, or null for none
  /// @return the answer
  public static Answer file(byte[] content, String tag) {
    return (exchange, _) -> serve(exchange, content, tag, content.length);
  }

  /// Serves a file, or the part that is asked for, but at most so many bytes.
  static void serve(HttpExchange exchange, byte[] content, String tag, int most)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    if (tag != null) {
      headers.set("ETag", tag);
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    Matcher from = RANGE.matcher(range == null ? "" : range);
    boolean same = tag != null && tag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
    if (!from.matches() || !same) {
      send(exchange, 200, content, 0, most);
      return;
    }
    int start = Integer.parseInt(from.group(1));
    if (start >= content.length) {
      headers.set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    headers.set(
        "Content-Range", "bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
    send(exchange, 206, content, start, most);
  }

  private static void send(HttpExchange exchange, int status, byte[] content, int from, int most)
      throws IOException {
    exchange.sendResponseHeaders(status, content.length - from);
    OutputStream out = exchange.getResponseBody();
    out.write(content, from, Math.min(most, content.length - from));
    out.flush();
  }

  /// @param status with an empty body
  /// @return the answer
  static Answer status(int status) {
    return (exchange, _) -> exchange.sendResponseHeaders(status, -1);
  }

  /// @param location where to
  /// @return the answer
  static Answer redirect(String location) {
    return (exchange, _) -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
