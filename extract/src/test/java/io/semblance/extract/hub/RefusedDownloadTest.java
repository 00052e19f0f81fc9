package io.semblance.extract.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import io.semblance.extract.hub.HubServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Downloads that cannot go well end with a sentence that says why and what to do.
class RefusedDownloadTest {

  private static final String TAG = "\"one\"";

  @TempDir private Path temp;

  private final byte[] content = new byte[100_000];

  private Path target() {
    return temp.resolve("tiny/model.onnx");
  }

  private Path part() {
    return temp.resolve("tiny/model.onnx.part");
  }

  private String refusal(Hub hub, Wanted wanted, PartFile.Sink sink) {
    try (var download = new Download(hub, sink)) {
      SemblanceException e =
          assertThrows(SemblanceException.class, () -> download.fetch(wanted, Progress.none()));
      assertFalse(Files.exists(target()));
      assertFalse(e.getMessage().contains("\n"), e.getMessage());
      return e.getMessage();
    }
  }

  private String refusal(HubServer server) throws IOException {
    return refusal(
        server.hub(), new Wanted(server.file(), target(), -1, null), PartFile.Sink.disk());
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void aFileThatIsNotThereIsNamed(int status) throws IOException {
    try (var server = HubServer.start(HubServer.status(status))) {
      String message = refusal(server);
      assertTrue(message.startsWith("There is no " + server.file()), message);
      assertFalse(Files.exists(target().getParent()), "an empty folder is left");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aGatedFileAsksForATokenAndTheLicence(int status) throws IOException {
    try (var server = HubServer.start(HubServer.status(status))) {
      String without = refusal(server);
      assertTrue(
          without.contains(
              "accept its licence on " + server.address() + "/a/model, then give your token"),
          without);
      String with =
          refusal(
              server.hub().withToken(HubToken.of("hf_secret", "test")),
              new Wanted(server.file(), target(), -1, null),
              PartFile.Sink.disk());
      assertTrue(with.contains("as the token's owner"), with);
      assertFalse(with.contains("hf_secret"), with);
    }
  }

  @Test
  void redirectsThatLeadNowhereEnd() throws IOException {
    try (var loop = HubServer.start(HubServer.redirect("/a/model/resolve/main/model.onnx"))) {
      assertTrue(refusal(loop).contains("without an end"));
      assertEquals(1, loop.seen().size());
    }
    Answer onward = (exchange, n) -> HubServer.redirect("/" + n).to(exchange, n);
    try (var chain = HubServer.start(onward)) {
      assertTrue(refusal(chain).contains("without an end"));
      assertEquals(11, chain.seen().size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://hub/x, http://cdn/y, from https to http://cdn/y",
    "https://hub/x, ftp://cdn/y, is not on the web",
    "http://hub/x, file:///etc/passwd, is not on the web",
    "http://hub/x, 'http://c d/', which is no address"
  })
  void redirectsToWhereNothingShouldGoAreRefused(String at, String location, String words) {
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> HubClient.next(URI.create(at), location));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void redirectsWithinTheWebAreFollowed() throws IOException {
    assertEquals(URI.create("https://hub/y"), HubClient.next(URI.create("https://hub/x"), "/y"));
    assertEquals(
        URI.create("https://cdn/y"), HubClient.next(URI.create("http://hub/x"), "https://cdn/y"));
  }

  @Test
  void aWrongHashIsNotKept() throws IOException {
    try (var server = HubServer.start(HubServer.file(content, TAG))) {
      String right = Sha256.of("something else");
      String message =
          refusal(
              server.hub(), new Wanted(server.file(), target(), -1, right), PartFile.Sink.disk());
      assertTrue(message.contains(Sha256.of(content)) && message.contains(right), message);
      assertFalse(Files.exists(part()));
      assertEquals(1, server.seen().size());
    }
  }

  @Test
  void aFileOfAnotherLengthIsRefusedBeforeItComes() throws IOException {
    try (var server = HubServer.start(HubServer.file(content, TAG))) {
      String message =
          refusal(
              server.hub(),
              new Wanted(server.file(), target(), 99_999, null),
              PartFile.Sink.disk());
      assertTrue(message.contains("has 100,000 bytes, 99,999 were expected"), message);
    }
  }

  @Test
  void aServerThatAnnouncesMoreThanItSendsIsGivenUp() throws IOException {
    Answer answer =
        (exchange, _) -> {
          exchange.sendResponseHeaders(200, content.length + 1);
          exchange.getResponseBody().write(content);
        };
    try (var server = HubServer.start(answer)) {
      String message = refusal(server);
      assertTrue(message.contains("the transfer broke, 3 times in a row"), message);
      assertTrue(message.contains("what came is kept"), message);
    }
  }

  @Test
  void aServerThatStaysBusyIsGivenUp() throws IOException {
    try (var server = HubServer.start(HubServer.status(503))) {
      assertTrue(refusal(server).contains("HTTP 503, 3 times in a row"));
      assertEquals(3, server.seen().size());
    }
  }

  @Test
  void anUnexpectedAnswerIsToldAtOnce() throws IOException {
    try (var server = HubServer.start(HubServer.status(418))) {
      assertTrue(refusal(server).contains("is answered with HTTP 418"));
      assertEquals(1, server.seen().size());
    }
  }

  @Test
  void aPageThatAsksToLogInIsNotTakenForTheFile() throws IOException {
    Answer page =
        (exchange, n) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          HubServer.file("<html>Log in</html>".getBytes(UTF_8), null).to(exchange, n);
        };
    try (var server = HubServer.start(page)) {
      String message = refusal(server);
      assertTrue(message.contains("with a web page, not with the file"), message);
      assertFalse(Files.exists(target()));
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws IOException {
    Hub behind;
    URI file;
    String proxy;
    try (var server = HubServer.start(HubServer.status(500))) {
      proxy = server.address();
      file = URI.create("http://hub.invalid/a/model/resolve/main/model.onnx");
      behind =
          Hub.at("http://hub.invalid")
              .withPatience(Duration.ofSeconds(20), 3, Duration.ofMillis(1))
              .withProxy(Proxies.choose(proxy, Map.of()));
    }
    String message = refusal(behind, new Wanted(file, target(), -1, null), PartFile.Sink.disk());
    assertTrue(message.contains("the proxy on the way is " + proxy.substring(7)), message);
  }

  /// The disk is simulated: a sink that fails as the system's does when a device is full.
  @Test
  void aFullDiskKeepsWhatCame() throws IOException {
    try (var server = HubServer.start(HubServer.file(content, TAG))) {
      var wanted = new Wanted(server.file(), target(), -1, Sha256.of(content));
      PartFile.Sink full =
          (to, bytes) -> {
            if (to.size() > 50_000) {
              throw new IOException("No space left on device");
            }
            PartFile.Sink.disk().write(to, bytes);
          };
      String message = refusal(server.hub(), wanted, full);
      assertTrue(message.contains("model.onnx.part (No space left on device): make room"), message);
      long kept = Files.size(part());
      assertTrue(kept > 50_000, kept + " bytes");
      try (var download = new Download(server.hub())) {
        download.fetch(wanted, Progress.none());
      }
      assertEquals("bytes=" + kept + "-", server.seen().getLast().getFirst("Range"));
      assertArrayEquals(content, Files.readAllBytes(target()));
    }
  }

  @Test
  void aFileLargerThanTheDiskIsRefusedBeforeItComes() throws IOException {
    Answer answer =
        (exchange, _) -> {
          exchange.sendResponseHeaders(200, 1L << 60);
          exchange.getResponseBody().write(content);
          exchange.getResponseBody().flush();
        };
    try (var server = HubServer.start(answer)) {
      String message = refusal(server);
      assertTrue(message.contains("needs 1,152,921,504,606,846,976 bytes more"), message);
    }
  }

  @Test
  void oneFileIsDownloadedByOneProcessAtATime() throws IOException {
    try (var server = HubServer.start(HubServer.file(content, TAG));
        PartFile _ = PartFile.open(target(), PartFile.Sink.disk())) {
      assertTrue(refusal(server).contains("by another process"));
      assertEquals(0, server.seen().size());
    }
  }

  @Test
  void withoutAWayToTheHubItIsSaidWhichFileToPutWhere() throws IOException {
    Hub gone;
    URI file;
    try (var server = HubServer.start(HubServer.status(500))) {
      gone = server.hub();
      file = server.file();
    }
    String message = refusal(gone, new Wanted(file, target(), -1, null), PartFile.Sink.disk());
    assertTrue(message.contains("cannot be reached"), message);
    assertTrue(message.contains("download " + file + " on another one"), message);
    assertTrue(message.contains("put it here as " + target()), message);
  }
}
