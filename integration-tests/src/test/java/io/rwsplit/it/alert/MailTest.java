package io.rwsplit.it.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Keystores;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** Notices by mail, to a mail server of somebody else's making. */
class MailTest {
  private static final String PASSWORD = "s3cret-of-the-mail";
  private static final String KEYS = "s3cret-of-the-keys";

  @TempDir static Path keys;
  @TempDir Path directory;

  private final List<String> mails = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void makeKeys() throws Exception {
    Path unused = Keystores.make(keys, KEYS);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store().getCertificate("server"));
    try (java.io.OutputStream out = Files.newOutputStream(keys.resolve("trust.p12"))) {
      trusted.store(out, KEYS.toCharArray());
    }
  }

  private static KeyStore store() throws Exception {
    return Keystores.load(keys.resolve("server.p12"), KEYS);
  }

  /** Takes user {@code desk} with {@link #PASSWORD}. */
  private SMTPServer server(boolean tls) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store(), KEYS.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    SMTPServer.Builder builder =
        new SMTPServer.Builder()
            .bindAddress(InetAddress.getByName("localhost"))
            .port(0)
            .hostName("mail.test")
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory(
                    (user, password, session) -> {
                      if (!user.equals("desk") || !password.equals(PASSWORD)) {
                        throw new LoginFailedException();
                      }
                    }))
            .messageHandler(
                (session, from, to, data) ->
                    mails.add(from + " " + to + "\n" + new String(data, StandardCharsets.UTF_8)));
    if (tls) {
      builder.enableTLS().requireTLS().requireAuth().startTlsSocketFactory(context);
    }
    SMTPServer server = builder.build();
    server.start();
    return server;
  }

  private ForkedJvm.Builder mailing(SMTPServer server) {
    return Alerted.sqlite(directory)
        .property("rwsplit.alert.mail.host", "localhost")
        .property("rwsplit.alert.mail.port", String.valueOf(server.getPortAllocated()))
        .property("rwsplit.alert.mail.from", "agent@desk.test")
        .property("rwsplit.alert.mail.to", "admin@desk.test,boss@desk.test")
        .property("rwsplit.alert.source", "Bestellschalter \u00fc")
        .property("javax.net.ssl.trustStore", keys.resolve("trust.p12").toString())
        .property("javax.net.ssl.trustStorePassword", KEYS);
  }

  private ForkedJvm.Builder authenticated(SMTPServer server, String password) {
    return mailing(server)
        .property("rwsplit.alert.mail.user", "desk")
        .property("rwsplit.alert.mail.password", password);
  }

  @Test
  void sendsEncryptedAndAuthenticated() throws Exception {
    SMTPServer server = server(true);
    try (Alerted app = Alerted.startOnSqlite(authenticated(server, PASSWORD), directory)) {
      JsonNode result = app.trial("mail");
      assertTrue(result.get("done").asBoolean(), result::toString);
      assertEquals("was sent to 2 addresses", result.get("result").asText());
      String mail = mails.get(0).replace("\r\n", "\n");
      assertTrue(
          mail.startsWith("agent@desk.test admin@desk.test\n")
              || mail.startsWith("agent@desk.test boss@"),
          mail);
      assertTrue(mail.contains("\nFrom: <agent@desk.test>\nTo: <admin@desk.test>,\n"), mail);
      String subject = mail.replaceAll("(?s).*\nSubject: (.*?)\n(?! ).*", "$1");
      StringBuilder plain = new StringBuilder();
      for (String word : subject.split("\\s+", -1)) {
        plain.append(decoded(word.replaceAll("=\\?utf-8\\?B\\?(.*)\\?=", "$1")));
      }
      assertEquals("[rwsplit] TEST test (Bestellschalter \u00fc)", plain.toString());
      String body = decoded(mail.substring(mail.indexOf("\n\n")).replaceAll("\\s", ""));
      assertTrue(body.startsWith("TEST test: This is a test of rwsplit's alerts"), body);
      app.end(PASSWORD);
    } finally {
      server.stop();
    }
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Test
  void saysThatThePasswordIsNotTaken() throws Exception {
    SMTPServer server = server(true);
    try (Alerted app = Alerted.startOnSqlite(authenticated(server, "wr0ng-secret"), directory)) {
      JsonNode result = app.trial("mail");
      assertFalse(result.get("done").asBoolean(), result::toString);
      assertEquals(
          "the mail server does not take user and password (535)", result.get("result").asText());
      assertEquals(List.of(), mails);
      app.end(
          "wr0ng-secret",
          Base64.getEncoder()
              .encodeToString("\0desk\0wr0ng-secret".getBytes(StandardCharsets.UTF_8)));
    } finally {
      server.stop();
    }
  }

  /** Whether the server cannot, or somebody between has taken the word out. */
  @Test
  void saysNothingInClear() throws Exception {
    SMTPServer server = server(false);
    try (Alerted app = Alerted.startOnSqlite(authenticated(server, PASSWORD), directory)) {
      JsonNode result = app.trial("mail");
      assertFalse(result.get("done").asBoolean(), result::toString);
      assertTrue(result.get("result").asText().contains("offers no STARTTLS"), result::toString);
      assertEquals(List.of(), mails);
      app.end(PASSWORD);
    } finally {
      server.stop();
    }
  }
}
