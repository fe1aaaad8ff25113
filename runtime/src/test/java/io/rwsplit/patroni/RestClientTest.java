package io.rwsplit.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.config.PatroniSettings;
import io.rwsplit.config.RestUrl;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may come from a REST interface, or from what listens in its place. */
class RestClientTest {
  private static final String BIG = new String(new char[100_000]).replace("\0", "x");

  private static String ask(RestServer server) throws Exception {
    return new RestClient(RestServer.settings(server), 0).get("/cluster");
  }

  @Test
  void bodiesAreRead() throws Exception {
    try (RestServer server = RestServer.of("{\"ä\": 1}")) {
      assertEquals("{\"ä\": 1}", ask(server));
      server.answer(RestServer.saying(""));
      assertEquals("", ask(server));
      server.answer(RestServer.saying(BIG));
      assertEquals(BIG, ask(server));
    }
  }

  /** The connection stays open, as behind a proxy that thinks it may. */
  @Test
  void theAnnouncedLengthIsEnough() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RestServer server =
        new RestServer(
            (head, out) -> {
              write(out, "HTTP/1.1 200 OK\r\ncontent-LENGTH: 2\r\n\r");
              write(out, "\n{");
              write(out, "}");
              assertTrue(end.await(60, TimeUnit.SECONDS));
            })) {
      assertEquals("{}", ask(server));
    } finally {
      end.countDown();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @ParameterizedTest(name = "{index} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.0 503 Service Unavailable~~{}|status 503",
        "HTTP/1.0 401 Unauthorized~~|status 401",
        "HTTP/1.0 302 Found~Location: http://elsewhere/~~|status 302",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~{}~0~~|is encoded",
        "HTTP/1.0 200 OK~Content-Length: 5~~{}|cut off",
        "HTTP/1.0 200 OK~Content-|cut off",
        "SSH-2.0-OpenSSH_9.2~|not HTTP",
        "HTTP|not HTTP",
        "''|not HTTP"
      })
  void otherAnswersAreFaults(String answer, String expected) throws Exception {
    String text = answer.replace("~", "\r\n");
    try (RestServer server = new RestServer((head, out) -> write(out, text))) {
      PatroniFault fault = assertThrows(PatroniFault.class, () -> ask(server));
      assertTrue(fault.getMessage().contains(expected), fault.getMessage());
    }
  }

  @Test
  void hugeAnswersAreCutShort() throws Exception {
    try (RestServer server =
        new RestServer(
            (head, out) -> {
              write(out, RestServer.http(""));
              while (true) {
                write(out, BIG);
              }
            })) {
      PatroniFault fault = assertThrows(PatroniFault.class, () -> ask(server));
      assertTrue(fault.getMessage().contains("larger than"), fault.getMessage());
    }
  }

  /** A byte now and then keeps no question open for ever. */
  @Test
  void slowAnswersEnd() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RestServer server =
        new RestServer(
            (head, out) -> {
              write(out, RestServer.http(""));
              while (!end.await(50, TimeUnit.MILLISECONDS)) {
                write(out, " ");
              }
            })) {
      long begin = System.nanoTime();
      assertThrows(IOException.class, () -> ask(server));
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30));
    } finally {
      end.countDown();
    }
  }

  @Test
  void nobodyThereIsAFault() throws Exception {
    RestServer gone = RestServer.of("{}");
    gone.end();
    assertThrows(IOException.class, () -> ask(gone));
  }

  @Test
  void credentialsAreSentAndNotShown() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (RestServer server =
        new RestServer(
            (head, out) -> {
              seen.addAll(head);
              write(out, RestServer.http("{}"));
            })) {
      PatroniSettings settings =
          new PatroniSettings(
              Collections.singletonList(server.url()), "monitor", "s:ecret", 1_000_000);
      RestClient client = new RestClient(settings, 0);
      assertEquals("{}", client.get("/cluster"));
      assertTrue(seen.toString().contains("GET /cluster HTTP/1.0"), seen.toString());
      assertTrue(
          seen.toString().contains("Authorization: Basic bW9uaXRvcjpzOmVjcmV0"), seen.toString());
      assertTrue(seen.toString().contains("Host: " + server.url().authority()), seen.toString());
      assertFalse(client.toString().contains("ecret"));
      seen.clear();
      assertEquals("{}", ask(server));
      assertFalse(seen.toString().contains("Authorization"), seen.toString());
    }
  }

  /** A certificate counts when the trust store has it and it is for the host that was asked. */
  @Test
  void httpsTrustsTheTrustStoreOnly(@TempDir Path directory) throws Exception {
    Path store = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                "patroni",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertEquals(0, keytool.waitFor());
    char[] password = "changeit".toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(Files.newInputStream(store), password);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    SSLServerSocket socket =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
    int port = socket.getLocalPort();
    try (RestServer server = new RestServer(socket, RestServer.saying("{\"tls\": 1}"))) {
      PatroniSettings settings =
          new PatroniSettings(
              Arrays.asList(
                  new RestUrl(true, "localhost", port), new RestUrl(true, "127.0.0.1", port)),
              null,
              null,
              1_000_000);
      IOException unknown =
          assertThrows(IOException.class, () -> new RestClient(settings, 0).get("/"));
      assertTrue(unknown.toString().contains("SSL"), unknown.toString());
      System.setProperty("javax.net.ssl.trustStore", store.toString());
      System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
      assertEquals("{\"tls\": 1}", new RestClient(settings, 0).get("/"));
      IOException other =
          assertThrows(IOException.class, () -> new RestClient(settings, 1).get("/"));
      assertTrue(other.toString().contains("SSL"), other.toString());
      assertTrue(server.asked.get() > 0);
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }
}
