package io.semblance.extract.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.Sha256;
import io.semblance.extract.hub.HubServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Downloads that go well in the end, whatever happens on the way, from a real server.
class DownloadTest {

  private static final String TAG = "\"one\"";

  @TempDir private Path temp;

  private final byte[] content = bytes(1);

  private static byte[] bytes(long seed) {
    byte[] out = new byte[300_000];
    new Random(seed).nextBytes(out);
    return out;
  }

  private Path target() {
    return temp.resolve("cache/tiny/model.onnx");
  }

  private Wanted wanted(HubServer server, String sha256) {
    return new Wanted(server.file(), target(), -1, sha256);
  }

  private Download.Received fetch(HubServer server, String sha256) throws IOException {
    try (var download = new Download(server.hub())) {
      return download.fetch(wanted(server, sha256), Progress.none());
    }
  }

  private void assertWhole(byte[] expected) throws IOException {
    assertArrayEquals(expected, Files.readAllBytes(target()));
    try (Stream<Path> files = Files.list(target().getParent())) {
      assertEquals(List.of(target()), files.toList());
    }
  }

  /// The headers of the second request, which asks for a part.
  private static void assertResumed(HubServer server) {
    Headers second = server.seen().get(1);
    assertTrue(second.getFirst("Range").matches("bytes=[1-9][0-9]*-"), second.getFirst("Range"));
    assertEquals(TAG, second.getFirst("If-Range"));
  }

  /// A run that is stopped when the first bytes have come.
  private void stopEarly(HubServer server) throws IOException {
    try (var download = new Download(server.hub())) {
      Progress stop =
          (done, _) -> {
            if (done > 0) {
              throw new CancellationException();
            }
          };
      assertThrows(CancellationException.class, () -> download.fetch(wanted(server, null), stop));
    }
    assertFalse(Files.exists(target()));
    assertTrue(Files.size(target().resolveSibling("model.onnx.part")) > 0);
  }

  @Test
  void aFileComesWholeAndSaysWhatItIs() throws IOException {
    Answer answer =
        (exchange, n) -> {
          exchange.getResponseHeaders().set("X-Repo-Commit", "c0ffee");
          HubServer.file(content, TAG).to(exchange, n);
        };
    try (var server = HubServer.start(answer)) {
      long[] last = {0, 0};
      try (var download = new Download(server.hub())) {
        Download.Received received =
            download.fetch(
                wanted(server, Sha256.of(content)),
                (done, total) -> {
                  last[0] = done;
                  last[1] = total;
                });
        assertEquals(new Download.Received(content.length, Sha256.of(content), "c0ffee"), received);
      }
      assertArrayEquals(new long[] {content.length, content.length}, last);
      assertNull(server.seen().getFirst().getFirst("Range"));
    }
    assertWhole(content);
  }

  @Test
  void aBrokenTransferGoesOnWhereItBroke() throws IOException {
    Answer answer =
        (exchange, n) -> HubServer.serve(exchange, content, TAG, n == 1 ? 200_000 : 1 << 20);
    try (var server = HubServer.start(answer)) {
      fetch(server, Sha256.of(content));
      assertResumed(server);
    }
    assertWhole(content);
  }

  @Test
  void aConnectionThatBreaksAgainAndAgainButBringsBytesIsGoneOnWith() throws IOException {
    Answer answer = (exchange, _) -> HubServer.serve(exchange, content, TAG, 40_000);
    try (var server = HubServer.start(answer)) {
      fetch(server, Sha256.of(content));
      assertTrue(server.seen().size() > server.hub().attempts(), "more tries than may fail");
    }
    assertWhole(content);
  }

  @Test
  void aStoppedRunIsGoneOnWithByTheNext() throws IOException {
    try (var server = HubServer.start(HubServer.file(content, TAG))) {
      stopEarly(server);
      fetch(server, Sha256.of(content));
      assertResumed(server);
    }
    assertWhole(content);
  }

  @Test
  void aFileThatChangedMeanwhileIsBegunAgain() throws IOException {
    byte[] other = bytes(2);
    Answer answer =
        (exchange, n) ->
            HubServer.file(n == 1 ? content : other, n == 1 ? TAG : "\"two\"").to(exchange, n);
    try (var server = HubServer.start(answer)) {
      stopEarly(server);
      fetch(server, null);
      assertResumed(server);
    }
    assertWhole(other);
  }

  @Test
  void aServerWithoutRangesSendsAllAgain() throws IOException {
    Answer answer =
        (exchange, _) -> {
          exchange.getResponseHeaders().set("ETag", TAG);
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
        };
    try (var server = HubServer.start(answer)) {
      stopEarly(server);
      fetch(server, Sha256.of(content));
      assertResumed(server);
    }
    assertWhole(content);
  }

  @Test
  void bytesThatBelongToNothingKnownAreNotGoneOnFrom() throws IOException {
    for (String tag : new String[] {null, "W/\"weak\""}) {
      try (var server = HubServer.start(HubServer.file(content, tag))) {
        stopEarly(server);
        fetch(server, Sha256.of(content));
        assertNull(server.seen().get(1).getFirst("Range"));
      }
      assertWhole(content);
      Files.delete(target());
    }
  }

  @Test
  void aPartThatIsWholeIsNotAskedForAgain() throws IOException {
    try (var server = HubServer.start(HubServer.file(content, TAG))) {
      Files.createDirectories(target().getParent());
      Files.write(target().resolveSibling("model.onnx.part"), content);
      Files.writeString(target().resolveSibling("model.onnx.part.tag"), TAG);
      fetch(server, Sha256.of(content));
      assertEquals(1, server.seen().size());
    }
    assertWhole(content);
  }

  @Test
  void aPartThatIsLongerThanTheFileIsBegunAgain() throws IOException {
    try (var server = HubServer.start(HubServer.file(content, TAG))) {
      Files.createDirectories(target().getParent());
      Files.write(target().resolveSibling("model.onnx.part"), new byte[content.length + 1]);
      Files.writeString(target().resolveSibling("model.onnx.part.tag"), TAG);
      fetch(server, Sha256.of(content));
      assertEquals(2, server.seen().size());
    }
    assertWhole(content);
  }

  @Test
  void aPartWithWrongBytesIsBegunAgainOnce() throws IOException {
    try (var server = HubServer.start(HubServer.file(content, TAG))) {
      Files.createDirectories(target().getParent());
      Files.write(target().resolveSibling("model.onnx.part"), new byte[1000]);
      Files.writeString(target().resolveSibling("model.onnx.part.tag"), TAG);
      fetch(server, Sha256.of(content));
      assertEquals(2, server.seen().size());
    }
    assertWhole(content);
  }

  @Test
  void anotherPartThanTheOneAskedForIsNotTaken() throws IOException {
    Answer answer =
        (exchange, n) -> {
          if (n == 2) {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/300000");
            exchange.sendResponseHeaders(206, 10);
            exchange.getResponseBody().write(new byte[10]);
            return;
          }
          HubServer.file(content, TAG).to(exchange, n);
        };
    try (var server = HubServer.start(answer)) {
      stopEarly(server);
      fetch(server, Sha256.of(content));
      assertEquals(3, server.seen().size());
    }
    assertWhole(content);
  }

  @Test
  void aBusyServerIsAskedAgain() throws IOException {
    Answer answer =
        (exchange, n) -> {
          if (n < 3) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(n == 1 ? 429 : 503, -1);
          } else {
            HubServer.file(content, TAG).to(exchange, n);
          }
        };
    try (var server = HubServer.start(answer)) {
      fetch(server, Sha256.of(content));
      assertEquals(3, server.seen().size());
    }
    assertWhole(content);
  }

  @Test
  void aConnectionThatFallsSilentIsLeft() throws IOException {
    Answer answer =
        (exchange, n) -> {
          HubServer.serve(exchange, content, TAG, n == 1 ? 100_000 : content.length);
          if (n == 1) {
            silence();
          }
        };
    try (var server = HubServer.start(answer)) {
      Hub hub =
          server.hub().withPatience(java.time.Duration.ofSeconds(2), 3, java.time.Duration.ZERO);
      try (var download = new Download(hub)) {
        download.fetch(wanted(server, Sha256.of(content)), Progress.none());
      }
      assertResumed(server);
    }
    assertWhole(content);
  }

  private static void silence() {
    try {
      Thread.sleep(java.time.Duration.ofMinutes(5)); // the server ends it when it is stopped
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatTheHubSaysOfTheContentIsCheckedWhereTheCardSaysNothing() throws IOException {
    try (var cdn = HubServer.start(HubServer.file(content, "\"cdn\""))) {
      Answer answer =
          (exchange, n) -> {
            exchange
                .getResponseHeaders()
                .set("X-Linked-Etag", '"' + Sha256.of(n == 1 ? content : bytes(2)) + '"');
            HubServer.redirect(cdn.address() + "/blob").to(exchange, n);
          };
      try (var server = HubServer.start(answer)) {
        assertNotNull(fetch(server, null).sha256());
        assertWhole(content);
        Files.delete(target());
        SemblanceException e = assertThrows(SemblanceException.class, () -> fetch(server, null));
        assertTrue(e.getMessage().contains("expected was " + Sha256.of(bytes(2))), e.getMessage());
        assertFalse(Files.exists(target()));
      }
    }
  }

  @Test
  void theTokenIsShownToTheHubAloneAndNeverAfterARedirectToAnotherHost() throws IOException {
    try (var cdn = HubServer.start(HubServer.file(content, TAG))) {
      Answer answer =
          (exchange, n) ->
              HubServer.redirect(n == 1 ? "/elsewhere" : cdn.address() + "/blob").to(exchange, n);
      try (var server = HubServer.start(answer)) {
        Hub hub = server.hub().withToken(HubToken.of("hf_secret", "test"));
        try (var download = new Download(hub)) {
          download.fetch(wanted(server, null), Progress.none());
        }
        assertEquals(
            List.of("Bearer hf_secret", "Bearer hf_secret"),
            server.seen().stream().map(h -> h.getFirst("Authorization")).toList());
        assertNull(cdn.seen().getFirst().getFirst("Authorization"));
        assertFalse(hub.toString().contains("hf_secret"));
      }
    }
    assertWhole(content);
  }
}
