package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.Keystores;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} on PostgreSQL with TLS in all its states, and for users without rights. */
class VerifyPostgresTest {
  private static final String STORE = "st0re-password";

  @TempDir Path directory;
  private PostgresCluster cluster;
  private Path password;

  @Test
  void tlsAndRights() throws Exception {
    password = Files.writeString(directory.resolve("password.txt"), ServerCluster.APP);
    try (PostgresCluster started = PostgresCluster.start(1)) {
      cluster = started;
      rights();
      tls();
    }
  }

  private Tool.Ran verify(String user, String parameters, int code) throws Exception {
    String separator = cluster.url().contains("?") ? "&" : "?";
    Tool.Ran ran =
        new Tool(directory)
            .run(
                "verify",
                "-Drwsplit.master="
                    + cluster.url()
                    + (parameters.isEmpty() ? "" : separator + parameters),
                "-Drwsplit.replicas=" + cluster.url(1),
                "--driver-path",
                Tool.drivers(),
                "--user",
                user,
                "--password-file",
                password.toString())
            .expect(code);
    assertFalse(ran.out.contains(STORE), ran::toString);
    return ran;
  }

  private static void says(Tool.Ran ran, String... words) {
    for (String each : words) {
      assertTrue(ran.out.contains(each), () -> each + " is not said: " + ran);
    }
  }

  private void rights() throws Exception {
    cluster.make("CREATE TABLE kept (id INTEGER PRIMARY KEY)");
    cluster.execute(
        ServerCluster.MASTER,
        "CREATE ROLE bare LOGIN PASSWORD '" + ServerCluster.APP + "'",
        "REVOKE ALL ON TABLE kept FROM PUBLIC",
        "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
    cluster.awaitReplicas();
    says(
        verify("bare", "", 0),
        "the user may read 0 of 1 tables and views",
        "SELECT on them TO bare",
        "GRANT EXECUTE ON FUNCTION pg_control_system()");
    String database = cluster.ask(ServerCluster.MASTER, "SELECT current_database()");
    cluster.execute(
        ServerCluster.MASTER, "REVOKE CONNECT ON DATABASE " + database + " FROM PUBLIC");
    cluster.awaitReplicas();
    says(verify("bare", "", 1), "permission denied for database", "GRANT CONNECT ON DATABASE");
    cluster.execute(ServerCluster.MASTER, "GRANT CONNECT ON DATABASE " + database + " TO PUBLIC");
    says(verify("nobody-of-the-kind", "", 1), "--password-file");
    cluster.awaitReplicas();
  }

  private void tls() throws Exception {
    String app = ServerCluster.APP;
    says(verify(app, "sslmode=require", 1), "turn TLS on at the server");
    says(verify(app, "sslmode=perhaps", 1), "correct sslmode in the URL");
    Path store = Keystores.make(directory, STORE);
    Path certificate = directory.resolve("server.crt");
    for (int node = 0; node <= 1; node++) {
      Path home = Path.of(cluster.ask(node, "SHOW data_directory"));
      KeyStore keys = Keystores.load(store, STORE);
      Files.writeString(
          certificate, pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
      write(home.resolve("server.crt"), Files.readString(certificate), home);
      byte[] key = keys.getKey("server", STORE.toCharArray()).getEncoded();
      write(home.resolve("server.key"), pem("PRIVATE KEY", key), home);
      cluster.execute(node, "ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()");
      int number = node;
      cluster.await("TLS", () -> cluster.ask(number, "SHOW ssl").equals("on"));
    }
    says(verify(app, "sslmode=require", 0), "the master, writable", "a standby");
    String verified = "sslmode=verify-full&sslrootcert=";
    says(verify(app, verified + certificate, 0), "the master, writable", "a standby");
    says(
        verify(app, verified + directory.resolve("nowhere.crt"), 1),
        "correct the file of the certificate");
    Path other = Files.createDirectories(directory.resolve("other"));
    KeyStore strange = Keystores.load(Keystores.make(other, STORE), STORE);
    Path stranger = other.resolve("other.crt");
    Files.writeString(stranger, pem("CERTIFICATE", strange.getCertificate("server").getEncoded()));
    says(verify(app, verified + stranger, 1), "sslrootcert)");
  }

  /** As the server's own files are owned; nobody else may read them. */
  private static void write(Path file, String text, Path like) throws Exception {
    Files.writeString(file, text);
    Files.setOwner(file, Files.getOwner(like));
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
  }

  private static String pem(String kind, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }
}
