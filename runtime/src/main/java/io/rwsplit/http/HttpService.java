package io.rwsplit.http;

import io.rwsplit.config.HttpSettings;
import io.rwsplit.operations.RunningGroups;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the server up, on a thread of its own: whatever is wrong with it is said, and the
 * application runs. Thread-safe.
 *
 * <p>It waits for the application's first connection, or some seconds: what a JVM's first socket
 * fixes for good (which IP versions are used, for instance), the application may want to set first.
 */
public final class HttpService implements Runnable {
  private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int SHORTEST_TOKEN = 16;
  private static final int LONGEST_TOKEN_FILE = 4_096;

  private final HttpSettings settings;
  private final ThreadFactory threads;

  private HttpService(HttpSettings settings, ThreadFactory threads) {
    this.settings = settings;
    this.threads = threads;
  }

  /** Starts one soon; returns at once. */
  public static void start(HttpSettings settings, ThreadFactory threads) {
    threads.newThread(new HttpService(settings, threads)).start();
  }

  @Override
  public void run() {
    try {
      awaitConnection();
      listen(LoggerFactory.getLogger(HttpService.class));
    } catch (IOException | RuntimeException | LinkageError e) {
      Logger log = LoggerFactory.getLogger(HttpService.class);
      log.error(
          "HTTP: no server on {} port {}: {}; the application runs without it",
          settings.address(),
          settings.port(),
          e.getMessage());
      log.debug("HTTP: no server", e);
    }
  }

  private static void awaitConnection() {
    long deadline = System.nanoTime() + LATEST_NANOS;
    while (RunningGroups.all().isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void listen(Logger log) throws IOException {
    InetAddress address = InetAddress.getByName(settings.address());
    SSLSocketFactory tls =
        settings.keystore() == null
            ? null
            : Tls.of(settings.keystore(), settings.keystorePassword());
    String token = token();
    Guard guard = new Guard(settings.hosts(), token, settings.protectsAll(), settings.rate());
    HttpServer server =
        new HttpServer(address, settings.port(), tls, new Endpoints(guard), threads);
    String where = address.getHostAddress();
    log.info(
        "HTTP: {}://{}:{}{}",
        tls == null ? "http" : "https",
        where.indexOf(':') < 0 ? where : "[" + where + "]",
        server.port(),
        token == null ? "; nothing can be changed by it without rwsplit.http.token" : "");
    if (!address.isLoopbackAddress()) {
      warn(log, tls != null, token != null);
    }
  }

  private void warn(Logger log, boolean encrypted, boolean token) {
    if (!encrypted && token) {
      log.warn("HTTP: the token goes over the network in clear; see rwsplit.http.tls.keystore");
    }
    if (!settings.protectsAll()) {
      log.warn("HTTP: whoever reaches the port can read it; see rwsplit.http.protect");
    }
  }

  private String token() throws IOException {
    String file = settings.tokenFile();
    if (file == null) {
      return settings.token();
    }
    byte[] bytes = Files.readAllBytes(Paths.get(file));
    if (bytes.length > LONGEST_TOKEN_FILE) {
      throw new IOException("the file of the token is too large");
    }
    String token = new String(bytes, StandardCharsets.UTF_8).trim();
    boolean fit = token.length() >= SHORTEST_TOKEN;
    for (int i = 0; i < token.length(); i++) {
      fit &= token.charAt(i) > ' ' && token.charAt(i) <= '~';
    }
    if (!fit) {
      throw new IOException(
          "the file of the token holds no token of " + SHORTEST_TOKEN + " characters or more");
    }
    return token;
  }
}
