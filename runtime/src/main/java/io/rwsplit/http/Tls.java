package io.rwsplit.http;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Makes the server's side of TLS from a file; no default of the JVM is touched. Stateless. */
final class Tls {
  private Tls() {}

  /**
   * A factory of sockets.
   *
   * @param password null for none
   * @throws IOException when the file cannot be read, or holds no key; says no secret
   */
  static SSLSocketFactory of(String file, String password) throws IOException {
    char[] secret = password == null ? new char[0] : password.toCharArray();
    try {
      KeyStore keys = load(file, secret);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, secret);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the keystore " + file + " cannot be used: " + e.getClass().getSimpleName(), e);
    }
  }

  private static KeyStore load(String file, char[] secret)
      throws IOException, GeneralSecurityException {
    IOException first = null;
    for (String type : new String[] {"PKCS12", "JKS"}) {
      KeyStore keys = KeyStore.getInstance(type);
      try (InputStream in = new FileInputStream(file)) {
        keys.load(in, secret);
        return keys;
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    throw new IOException("the keystore " + file + " cannot be read: " + first.getMessage(), first);
  }
}
