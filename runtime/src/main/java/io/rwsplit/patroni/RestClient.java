package io.rwsplit.patroni;

import io.rwsplit.config.PatroniSettings;
import io.rwsplit.config.RestUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Asks one member of Patroni, over a connection for each question. Thread-safe.
 *
 * <p>HTTP/1.0, which Patroni speaks, on a plain socket. The JDK's {@code HttpURLConnection} would
 * share the application's cookies, authenticator, proxies and TLS defaults, and start {@code
 * java.util.logging}. No proxy is used, no redirection followed, and no connection kept. https
 * trusts what the JVM's trust store does and compares the host's name.
 */
final class RestClient {
  /**
   * For question and answer, name look-up left out: Patroni's own store may be slow for a moment.
   */
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A cluster of a hundred members takes some 30 kB. */
  private static final int LARGEST = 1 << 20;

  private final RestUrl url;
  private final String authorization;
  private volatile SSLContext tls;

  /**
   * A client.
   *
   * @param index which of the configured URLs it asks
   */
  RestClient(PatroniSettings settings, int index) {
    this.url = settings.urls().get(index);
    String password = settings.password() == null ? "" : settings.password();
    byte[] credentials = (settings.user() + ":" + password).getBytes(StandardCharsets.UTF_8);
    this.authorization =
        settings.user() == null
            ? ""
            : "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials) + "\r\n";
  }

  /**
   * The body of the answer to a GET.
   *
   * @throws IOException when there is none in time
   * @throws PatroniFault when there is another answer than a small one with status 200
   */
  String get(String path) throws IOException, PatroniFault {
    long deadline = System.nanoTime() + TIMEOUT_NANOS;
    try (Socket plain = new Socket(Proxy.NO_PROXY)) {
      plain.connect(new InetSocketAddress(url.host(), url.port()), millisUntil(deadline));
      plain.setSoTimeout(millisUntil(deadline));
      plain.setTcpNoDelay(true);
      if (!url.isSecure()) {
        return exchange(plain, path, deadline);
      }
      try (Socket secure = secured(plain)) {
        return exchange(secure, path, deadline);
      }
    }
  }

  /** Not the default context: the application may still be about to choose its trust store. */
  private Socket secured(Socket plain) throws IOException {
    try {
      SSLContext context = tls;
      if (context == null) {
        context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        tls = context;
      }
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, url.host(), url.port(), false);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private String exchange(Socket socket, String path, long deadline)
      throws IOException, PatroniFault {
    String request =
        "GET " + path + " HTTP/1.0\r\nHost: " + url.authority() + "\r\n" + authorization + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return body(read(socket, deadline));
  }

  /** Everything until the other side closes, or the announced end. */
  private static byte[] read(Socket socket, long deadline) throws IOException, PatroniFault {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int end = Integer.MAX_VALUE;
    while (answer.size() < end) {
      socket.setSoTimeout(millisUntil(deadline));
      int count = in.read(buffer);
      if (count < 0) {
        break;
      }
      answer.write(buffer, 0, count);
      if (answer.size() > LARGEST) {
        throw new PatroniFault("its answer is larger than " + LARGEST + " bytes");
      }
      if (end == Integer.MAX_VALUE) {
        end = announcedEnd(answer.toByteArray());
      }
    }
    if (end != Integer.MAX_VALUE && answer.size() < end) {
      throw new PatroniFault("its answer is cut off");
    }
    return answer.toByteArray();
  }

  /** Where the answer ends by its Content-Length; the greatest number while that is not known. */
  private static int announcedEnd(byte[] answer) {
    int head = headEnd(answer);
    if (head < 0) {
      return Integer.MAX_VALUE;
    }
    String length =
        header(new String(answer, 0, head, StandardCharsets.ISO_8859_1), "content-length");
    try {
      int announced = length == null ? -1 : Integer.parseInt(length);
      return announced < 0 || announced > LARGEST ? Integer.MAX_VALUE : head + announced;
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  /** Where the body begins; -1 when the head is not complete. */
  private static int headEnd(byte[] answer) {
    for (int i = 3; i < answer.length; i++) {
      if (answer[i] == '\n' && answer[i - 1] == '\r' && answer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static String header(String head, String lowerCaseName) {
    int start = head.indexOf('\n') + 1;
    while (start > 0 && start < head.length()) {
      int end = head.indexOf('\n', start);
      String line = head.substring(start, end < 0 ? head.length() : end).trim();
      int colon = line.indexOf(':');
      if (colon > 0
          && line.substring(0, colon).trim().toLowerCase(Locale.ROOT).equals(lowerCaseName)) {
        return line.substring(colon + 1).trim();
      }
      start = end + 1;
    }
    return null;
  }

  private static String body(byte[] answer) throws PatroniFault {
    int head = headEnd(answer);
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("HTTP/1.") || text.length() < 12) {
      throw new PatroniFault("its answer is not HTTP");
    }
    String status = text.substring(9, 12);
    if (!status.equals("200")) {
      throw new PatroniFault("it answers with status " + status);
    }
    if (head < 0) {
      throw new PatroniFault("its answer is cut off");
    }
    if (header(text.substring(0, head), "transfer-encoding") != null) {
      throw new PatroniFault("its answer is encoded, which was not asked for");
    }
    return new String(answer, head, answer.length - head, StandardCharsets.UTF_8);
  }

  private static int millisUntil(long deadline) throws SocketTimeoutException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (millis <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  /** The member's URL; it holds no secrets. */
  @Override
  public String toString() {
    return url.toString();
  }
}
