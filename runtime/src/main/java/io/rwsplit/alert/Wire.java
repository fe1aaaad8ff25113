package io.rwsplit.alert;

import io.rwsplit.config.RestUrl;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection for one exchange of lines, plain or encrypted, that ends at a deadline. Of nothing
 * that is the application's in this JVM: no proxy, no default TLS context. TLS trusts what the
 * JVM's trust store does and compares the host's name. Used by one thread, but for {@link #close}.
 */
final class Wire implements Closeable {
  private static final int LONGEST_LINE = 4_096;

  private final String host;
  private final int port;
  private final long deadline;
  private final Socket plain;
  private Socket socket;
  private InputStream in;

  /** Bytes that were received and not read yet. */
  private final byte[] buffer = new byte[8_192];

  private int start;
  private int end;

  private Wire(String host, int port, long deadline, Socket plain) {
    this.host = host;
    this.port = port;
    this.deadline = deadline;
    this.plain = plain;
    this.socket = plain;
  }

  /**
   * Not connected yet, so that it can be closed from the beginning.
   *
   * @param deadline of all that will be done, by {@link System#nanoTime()}
   */
  static Wire to(String host, int port, long deadline) {
    return new Wire(host, port, deadline, new Socket(Proxy.NO_PROXY));
  }

  /** Connects, and encrypts when asked to. */
  void connect(boolean secure) throws IOException {
    plain.connect(new InetSocketAddress(host, port), millisLeft());
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(millisLeft());
    in = plain.getInputStream();
    if (secure) {
      secure();
    }
  }

  /** Encrypts from here on; what was received before and not read would not be the server's. */
  void secure() throws IOException {
    if (start < end) {
      throw new Refused("sends more before TLS than was asked for");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      // Not the default one: the application may still be about to choose its own.
      context.init(null, null, null);
      SSLSocket encrypted =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
      SSLParameters parameters = encrypted.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      encrypted.setSSLParameters(parameters);
      plain.setSoTimeout(millisLeft());
      encrypted.startHandshake();
      socket = encrypted;
      in = encrypted.getInputStream();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Sends what is ASCII. */
  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.US_ASCII));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The next line without its end; no more than some kilobytes of it are read. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (start == end) {
        socket.setSoTimeout(millisLeft());
        start = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
          throw new IOException("the connection ended before the answer did");
        }
      }
      byte next = buffer[start++];
      if (next == '\n') {
        return line.toString("ISO-8859-1").replace("\r", "");
      }
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new Refused("answers with a line that is too long");
      }
    }
  }

  private int millisLeft() throws SocketTimeoutException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (millis <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  /** When its time is up, which a peer may not let us notice: it is closed, from another thread. */
  void cutOff(long now) {
    if (now - deadline > 0) {
      close();
    }
  }

  /** Closes the plain socket, below TLS, which would wait for the other side. */
  @Override
  public void close() {
    try {
      plain.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  /** Where it leads. */
  @Override
  public String toString() {
    return new RestUrl(false, host, port).authority();
  }
}
