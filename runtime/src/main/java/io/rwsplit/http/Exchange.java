package io.rwsplit.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: a request, its answer, the end. Run by one thread; {@link #cutOff} comes from
 * another.
 */
final class Exchange implements Runnable {
  /** What is read of a request that was refused, so that the client gets to the answer. */
  private static final int MOST_DRAINED = 256 * 1024;

  private static final int DRAIN_MILLIS = 200;
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Socket socket;
  private final SSLSocketFactory tls;
  private final Endpoints endpoints;
  private final Set<Exchange> open;

  /** When it last began to wait for the client; by {@link System#nanoTime()}. */
  private volatile long since = System.nanoTime();

  /** False while the client is waiting for us. */
  private volatile boolean waitsForClient = true;

  Exchange(Socket socket, SSLSocketFactory tls, Endpoints endpoints, Set<Exchange> open) {
    this.socket = socket;
    this.tls = tls;
    this.endpoints = endpoints;
    this.open = open;
  }

  @Override
  public void run() {
    try {
      if (!socket.isClosed()) {
        exchange();
      }
    } catch (IOException e) {
      LOG.trace("HTTP: the client has gone", e);
    } catch (Throwable t) {
      LOG.debug("HTTP: a connection has failed", t);
    } finally {
      end();
    }
  }

  private void exchange() throws IOException {
    socket.setTcpNoDelay(true);
    Socket talk = tls == null ? socket : encrypted();
    InetAddress from = socket.getInetAddress();
    String address = from == null ? "" : from.getHostAddress();
    boolean whole = false;
    boolean head = false;
    Answer answer;
    try {
      endpoints.admit(address);
      Request request = new RequestReader(talk.getInputStream()).read(address);
      whole = true;
      waitsForClient = false;
      head = request.method().equals("HEAD");
      answer = endpoints.answer(request);
    } catch (Refusal e) {
      answer = e.answer();
    } catch (EOFException e) {
      return;
    }
    since = System.nanoTime();
    waitsForClient = true;
    talk.getOutputStream().write(answer.bytes(!head));
    talk.getOutputStream().flush();
    if (!whole && tls == null) {
      drain();
    } else if (tls != null) {
      talk.close();
    }
  }

  /** Over the plain socket, which {@link #cutOff} closes without waiting for anybody. */
  private SSLSocket encrypted() throws IOException {
    String host = socket.getInetAddress().getHostAddress();
    SSLSocket encrypted = (SSLSocket) tls.createSocket(socket, host, socket.getPort(), true);
    encrypted.setUseClientMode(false);
    encrypted.startHandshake();
    return encrypted;
  }

  /**
   * A socket that is closed with something unread resets the connection, and the answer is lost.
   */
  private void drain() throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(DRAIN_MILLIS);
    InputStream in = socket.getInputStream();
    byte[] nothing = new byte[8192];
    int left = MOST_DRAINED;
    while (left > 0) {
      int count = in.read(nothing, 0, Math.min(nothing.length, left));
      if (count < 0) {
        return;
      }
      left -= count;
    }
  }

  /**
   * Says that there are too many, and ends it; does not block: the buffer of the socket is empty.
   */
  void refuse() {
    try {
      if (tls == null) {
        socket.getOutputStream().write(HttpServer.busy());
      }
    } catch (IOException e) {
      LOG.trace("HTTP: the client has gone", e);
    } finally {
      end();
    }
  }

  /** Ends it when it has waited for the client too long. */
  void cutOff(long now, long patience) {
    if (waitsForClient && now - since > patience) {
      close();
      if (patience < 0) {
        open.remove(this);
      }
    }
  }

  private void end() {
    close();
    open.remove(this);
  }

  private void close() {
    try {
      socket.close();
    } catch (SocketException e) {
      LOG.trace("HTTP: closed twice", e);
    } catch (IOException e) {
      LOG.trace("HTTP: not closed", e);
    }
  }
}
