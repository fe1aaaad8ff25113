package io.rwsplit.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and answers one request on each. Whatever clients do, it uses a bounded
 * number of threads and bytes, and a bounded share of a processor. Thread-safe.
 *
 * <ol>
 *   <li>At most {@value #MOST_THREADS} exchanges run and {@value #MOST_WAITING} wait; a further
 *       connection is told so and closed.
 *   <li>Whoever has not sent its whole request, or not taken its answer, within {@link
 *       #PATIENCE_NANOS} is cut off; within {@link #IMPATIENCE_NANOS} while others wait. The
 *       accepting thread sees to that, since no time limit of a socket bounds a whole request.
 *   <li>At most {@value #MOST_ACCEPTED} connections a second are accepted; others wait in the
 *       kernel.
 * </ol>
 */
final class HttpServer implements Closeable {
  static final int MOST_THREADS = 8;
  static final int MOST_WAITING = 32;
  static final int MOST_ACCEPTED = 500;
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  static final long IMPATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int LOOK_MILLIS = 100;
  private static final int BACKLOG = 64;
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final ServerSocket server;

  /** Null for plain HTTP. */
  private final SSLSocketFactory tls;

  private final Endpoints endpoints;
  private final ThreadPoolExecutor workers;
  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;
  private long secondBegan = System.nanoTime();
  private int acceptedInSecond;
  private long lookedAt = System.nanoTime();

  /**
   * Listens.
   *
   * @param port 0 for any free one
   * @param tls null for plain HTTP
   * @param threads makes daemon threads without a context class loader
   * @throws IOException when the port is taken, or may not be used
   */
  HttpServer(
      InetAddress address,
      int port,
      SSLSocketFactory tls,
      Endpoints endpoints,
      ThreadFactory threads)
      throws IOException {
    this.tls = tls;
    this.endpoints = endpoints;
    this.server = new ServerSocket();
    try {
      server.bind(new InetSocketAddress(address, port), BACKLOG);
      server.setSoTimeout(LOOK_MILLIS);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    this.workers =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<Runnable>(MOST_WAITING),
            threads);
    workers.allowCoreThreadTimeOut(true);
    this.acceptor =
        threads.newThread(
            new Runnable() {
              @Override
              public void run() {
                accept();
              }
            });
    acceptor.start();
  }

  /** Where it listens. */
  int port() {
    return server.getLocalPort();
  }

  /** Exchanges that run or wait. */
  int connections() {
    return open.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        begin(socket);
      } catch (SocketTimeoutException e) {
        // Nobody came.
      } catch (Throwable t) {
        if (!server.isClosed()) {
          // No descriptor is free, perhaps; nothing is gained by asking at once again.
          LOG.debug("HTTP: a connection was not accepted", t);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        }
      }
      look(System.nanoTime());
    }
  }

  private void begin(Socket socket) {
    Exchange exchange = new Exchange(socket, tls, endpoints, open);
    open.add(exchange);
    try {
      workers.execute(exchange);
    } catch (RejectedExecutionException e) {
      exchange.refuse();
    }
    pace(System.nanoTime());
  }

  /** Accepts no more for the rest of a second in which too many came. */
  private void pace(long now) {
    if (now - secondBegan >= TimeUnit.SECONDS.toNanos(1)) {
      secondBegan = now;
      acceptedInSecond = 0;
    }
    if (++acceptedInSecond >= MOST_ACCEPTED) {
      long until = secondBegan + TimeUnit.SECONDS.toNanos(1);
      while (System.nanoTime() - until < 0 && !server.isClosed()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        cutOff(System.nanoTime());
      }
    }
  }

  private void look(long now) {
    if (now - lookedAt >= TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
      lookedAt = now;
      cutOff(now);
    }
  }

  private void cutOff(long now) {
    long patience = workers.getQueue().isEmpty() ? PATIENCE_NANOS : IMPATIENCE_NANOS;
    for (Exchange exchange : open) {
      exchange.cutOff(now, patience);
    }
  }

  /** Ends it; requests that are being answered are cut off. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("HTTP: not closed", e);
    }
    workers.shutdownNow();
    for (Exchange exchange : open) {
      exchange.cutOff(System.nanoTime(), Long.MIN_VALUE);
    }
  }

  /** The answer for those who cannot even be listened to. */
  static byte[] busy() {
    return Answer.error(503, "too many connections").with("Retry-After", "1").bytes(true);
  }
}
