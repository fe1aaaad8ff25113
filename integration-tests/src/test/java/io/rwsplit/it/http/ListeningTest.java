package io.rwsplit.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Keystores;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import legacy.http.Steered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the server listens and to whom, and that the application runs when it cannot. */
class ListeningTest {
  private static final String PASSWORD = "keystore-passw0rd";

  @TempDir Path directory;

  @Test
  void speaksTlsWhenAskedToAndNothingElse() throws Exception {
    Path keystore = Keystores.make(directory, PASSWORD);
    Path token = directory.resolve("token");
    Files.writeString(token, "  a-token-from-a-file-42\n");
    ForkedJvm.Builder builder =
        new ForkedJvm.Builder()
            .split(directory.resolve("master.db").toFile(), directory.resolve("r1.db").toFile())
            .property("rwsplit.http.port", "0")
            .property("rwsplit.http.token-file", token.toString())
            .property("rwsplit.http.protect", "all")
            .property("rwsplit.http.tls.keystore", keystore.toString())
            .property("rwsplit.http.tls.password", PASSWORD);
    try (ServedApp app = ServedApp.start(builder, ServedApp.url(directory))) {
      SSLContext trust = trust(keystore);
      assertEquals(200, status(app, trust, "/health/live", null));
      assertEquals(401, status(app, trust, "/api/status", null));
      assertEquals(401, status(app, trust, "/metrics", "wrong"));
      assertEquals(200, status(app, trust, "/metrics", "a-token-from-a-file-42"));
      Asked plain = Asked.get(app.port(), "/health/live");
      assertTrue(plain == null || plain.status != 200, String.valueOf(plain));
      assertFalse(app.jvm().transcript().contains(PASSWORD), app.jvm()::transcript);
      app.end();
      assertFalse(app.jvm().transcript().contains("a-token-from"), app.jvm()::transcript);
    }
  }

  private static SSLContext trust(Path keystore) throws Exception {
    KeyStore keys = Keystores.load(keystore, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static int status(ServedApp app, SSLContext trust, String path, String token)
      throws Exception {
    URL url = new URL("https://localhost:" + app.port() + path);
    HttpsURLConnection connection = (HttpsURLConnection) url.openConnection();
    connection.setSSLSocketFactory(trust.getSocketFactory());
    connection.setConnectTimeout(120_000);
    connection.setReadTimeout(120_000);
    if (token != null) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  @Test
  void theApplicationRunsWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        ForkedJvm app =
            new ForkedJvm.Builder()
                .split(directory.resolve("m.db").toFile(), directory.resolve("r.db").toFile())
                .property("rwsplit.http.port", String.valueOf(taken.getLocalPort()))
                .main(Steered.class, "jdbc:sqlite:" + directory.resolve("m.db"))
                .start()) {
      app.awaitOut("READY"::equals, 120);
      String line = app.awaitErr(each -> each.contains("HTTP: no server"), 120);
      assertTrue(line.contains("port " + taken.getLocalPort()), line);
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
    }
  }

  /** Not even its classes are there, nor a thread. */
  @Test
  void thereIsNoServerUnlessAPortIsGiven() throws Exception {
    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .split(directory.resolve("m2.db").toFile(), directory.resolve("r2.db").toFile())
            .option("-Xlog:class+load:file=" + directory.resolve("classes.log"))
            .main(Steered.class, "jdbc:sqlite:" + directory.resolve("m2.db"))
            .start()) {
      app.awaitOut("READY"::equals, 120);
      app.tell("read 10");
      app.awaitOut("DONE read"::equals, 120);
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
      String classes =
          Files.readString(directory.resolve("classes.log"), StandardCharsets.ISO_8859_1);
      assertTrue(classes.contains("io.rwsplit.core.Cluster"));
      assertFalse(classes.contains("io.rwsplit.http."));
      assertFalse(classes.contains("jdk.jfr.EventFactory"));
    }
  }
}
