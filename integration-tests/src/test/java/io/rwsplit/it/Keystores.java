package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;

/** Keys and certificates for servers on this machine, made by the JDK's tool. */
public final class Keystores {
  private Keystores() {}

  /**
   * Makes {@code server.p12} with a certificate for localhost, whose alias is {@code server}.
   *
   * @param password of the file
   */
  public static Path make(Path directory, String password) throws Exception {
    Path keystore = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                password,
                "-keystore",
                keystore.toString())
            .redirectErrorStream(true)
            .start();
    assertTrue(keytool.waitFor(120, TimeUnit.SECONDS));
    assertEquals(0, keytool.exitValue());
    return keystore;
  }

  /** What is in it. */
  public static KeyStore load(Path keystore, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      store.load(in, password.toCharArray());
    }
    return store;
  }
}
