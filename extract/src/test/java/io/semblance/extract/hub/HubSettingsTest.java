package io.semblance.extract.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {

  @TempDir private Path temp;

  private static Hub hub(String address, Map<String, String> environment)
      throws SemblanceException {
    return HubSettings.hub(address, null, null, environment);
  }

  @Test
  void theOptionComesBeforeTheEnvironment() throws IOException {
    var both = Map.of("SEMBLANCE_HUB", "https://own/", "HF_ENDPOINT", "https://theirs");
    assertEquals(URI.create("https://option/m"), hub("https://option/m/", both).base());
    assertEquals(URI.create("https://own"), hub(null, both).base());
    assertEquals(
        URI.create("https://theirs"), hub(null, Map.of("HF_ENDPOINT", "https://theirs")).base());
    assertEquals(URI.create(Hub.DEFAULT), hub(null, Map.of("SEMBLANCE_HUB", " ")).base());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hub",
        "ftp://hub",
        "https://",
        "https://a:b@hub",
        "https://hub?x",
        "https://h u"
      })
  void whatIsNoAddressIsRefused(String address) {
    SemblanceException e = assertThrows(SemblanceException.class, () -> hub(address, Map.of()));
    assertTrue(e.getMessage().contains("is no address of a model hub"), e.getMessage());
  }

  @Test
  void filesHaveTheAddressesOfTheHub() throws IOException {
    assertEquals(
        URI.create("https://hub/m/o/n/resolve/main/onnx/a%20b%25.onnx"),
        hub("https://hub/m", Map.of()).file("o/n", "main", "onnx/a b%.onnx"));
  }

  @Test
  void aTokenOfOneHubIsNotShownToAnother() throws IOException {
    var theirs = Map.of("HF_TOKEN", "hf_x");
    assertNotNull(hub(null, theirs).token());
    assertNotNull(hub(Hub.DEFAULT, theirs).token());
    assertNotNull(hub(null, Map.of("HF_TOKEN", "hf_x", "HF_ENDPOINT", "https://t")).token());
    assertNull(hub("https://other", theirs).token());
    assertNotNull(hub("https://other", Map.of("SEMBLANCE_HUB_TOKEN", "x")).token());
  }

  @Test
  void aTokenIsNotSentWhereEveryoneCanReadIt() throws IOException {
    var token = Map.of("SEMBLANCE_HUB_TOKEN", "hf_secret");
    SemblanceException e =
        assertThrows(SemblanceException.class, () -> hub("http://192.0.2.1", token));
    assertTrue(e.getMessage().contains("give an https:// address"), e.getMessage());
    assertFalse(e.getMessage().contains("hf_secret"));
    assertNotNull(hub("http://127.0.0.1:8080", token).token());
  }

  @Test
  void aTokenFileHoldsOneLine() throws IOException {
    Path file = Files.writeString(temp.resolve("token"), "hf_secret\n");
    HubToken token = HubToken.read(file);
    assertEquals("Bearer hf_secret", token.header());
    assertFalse(token.toString().contains("secret"));
    for (String bad : new String[] {"", " \n", "two words", "a\nb", "é"}) {
      Files.writeString(file, bad);
      SemblanceException e = assertThrows(SemblanceException.class, () -> HubToken.read(file));
      assertTrue(e.getMessage().startsWith(file + " holds no token"), e.getMessage());
    }
    Files.write(file, new byte[5000]);
    assertThrows(SemblanceException.class, () -> HubToken.read(file));
    assertThrows(SemblanceException.class, () -> HubToken.read(temp.resolve("none")));
  }

  @ParameterizedTest
  @CsvSource({
    "https://hub.org, secure:3128",
    "http://hub.org, plain:80",
    "https://a.inside.org, DIRECT",
    "https://inside.org, DIRECT",
    "https://notinside.org, secure:3128",
    "https://x.star.org, DIRECT",
    "https://port.org:444, DIRECT",
    "https://port.org:445, secure:3128"
  })
  void theEnvironmentNamesProxiesAsItDoesForCurl(String address, String proxy) throws IOException {
    ProxySelector way =
        Proxies.choose(
            null,
            Map.of(
                "https_proxy", "http://secure:3128",
                "http_proxy", "plain",
                "no_proxy", "inside.org, *.star.org,port.org:444"));
    String chosen = way.select(URI.create(address)).getFirst().toString();
    assertTrue(chosen.replace("/<unresolved>", "").contains(proxy), chosen);
  }

  @Test
  void withoutAnyJavaIsAsked() throws IOException {
    assertSame(ProxySelector.getDefault(), Proxies.choose(null, Map.of("no_proxy", "*")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://p:1", "https://name:password@p:1", "http://", "::"})
  void otherProxiesAreRefusedWithoutBeingPrinted(String proxy) {
    SemblanceException e =
        assertThrows(
            SemblanceException.class, () -> Proxies.choose(null, Map.of("ALL_PROXY", proxy)));
    assertTrue(e.getMessage().startsWith("ALL_PROXY is no proxy"), e.getMessage());
    assertFalse(e.getMessage().contains("password,"), e.getMessage());
  }

  @Test
  void aFileComesThroughTheProxy() throws IOException {
    byte[] content = {1, 2, 3};
    try (var proxy = HubServer.start(HubServer.file(content, null))) {
      Hub hub = HubSettings.hub("http://hub.invalid", null, proxy.address(), Map.of());
      Path target = temp.resolve("model.onnx");
      try (var download = new Download(hub)) {
        URI address = hub.file("a/b", "main", "model.onnx");
        download.fetch(new Wanted(address, target, 3, null), Progress.none());
      }
      assertEquals("hub.invalid", proxy.seen().getFirst().getFirst("Host"));
      assertEquals(3, Files.size(target));
    }
  }

  @Test
  void aProxyIsToldTheNameItAsksFor() throws IOException {
    HubServer.Answer asking =
        (exchange, _) -> {
          boolean known =
              "Basic bmFtZTpww6RA"
                  .equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
          HubServer.Answer answer =
              known ? HubServer.file(new byte[3], null) : HubServer.status(407);
          answer.to(exchange, 1);
        };
    try (var proxy = HubServer.start(asking)) {
      String host = proxy.address().substring("http://".length());
      fetch("http://name:p%C3%A4%40@" + host);
      assertEquals(3, Files.size(temp.resolve("model.onnx")));
      Files.delete(temp.resolve("model.onnx"));
      SemblanceException e =
          assertThrows(SemblanceException.class, () -> fetch("http://name:wrong@" + host));
      assertTrue(e.getMessage().startsWith("The proxy wants a name and a password"));
    }
  }

  private void fetch(String proxy) throws IOException {
    Hub hub = HubSettings.hub("http://hub.invalid", null, proxy, Map.of());
    try (var download = new Download(hub)) {
      URI address = hub.file("a/b", "main", "model.onnx");
      download.fetch(new Wanted(address, temp.resolve("model.onnx"), 3, null), Progress.none());
    }
  }

  @Test
  void aTunnelIsAskedForByName() throws Exception {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var asked = new CompletableFuture<List<String>>();
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = listener.accept();
                    var in =
                        new BufferedReader(
                            new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.US_ASCII))) {
                  var lines = new ArrayList<String>();
                  for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                    lines.add(line);
                  }
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                              .getBytes(StandardCharsets.US_ASCII));
                  asked.complete(lines);
                } catch (IOException e) {
                  asked.completeExceptionally(e);
                }
              });
      Hub hub =
          HubSettings.hub(
              "https://hub.invalid",
              null,
              "http://name:word@127.0.0.1:" + listener.getLocalPort(),
              Map.of());
      try (var download = new Download(hub)) {
        URI address = hub.file("a/b", "main", "model.onnx");
        var wanted = new Wanted(address, temp.resolve("m"), 3, null);
        assertThrows(IOException.class, () -> download.fetch(wanted, Progress.none()));
      }
      List<String> lines = asked.get(10, TimeUnit.SECONDS);
      assertEquals("CONNECT hub.invalid:443 HTTP/1.1", lines.getFirst());
      assertTrue(lines.contains("Proxy-Authorization: Basic bmFtZTp3b3Jk"), lines.toString());
    }
  }
}
