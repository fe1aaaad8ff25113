package io.rwsplit.it.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A port that leads to a server on loopback, over a network that can be slowed down and cut.
 * Thread-safe; close it.
 */
final class Relay implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private boolean hole;
  private volatile long delayNanos;
  private volatile boolean closed;

  Relay(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket();
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), ServerProcess.freePort()));
    daemon(this::accept, "relay-" + target);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Every packet takes so long, in each direction. */
  void delay(long millis) {
    delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /**
   * Nothing passes any more: connections stay open, new ones are accepted, and nobody answers. What
   * was sent meanwhile arrives when it passes again, as TCP sends it once more.
   */
  void blackHole(boolean on) {
    synchronized (lock) {
      hole = on;
      lock.notifyAll();
    }
  }

  /** Breaks all connections that are open. */
  void reset() {
    for (Socket socket : sockets) {
      closeQuietly(socket);
    }
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = door.accept();
        sockets.add(client);
        daemon(() -> serve(client), "relay-" + target + "-connection");
      } catch (IOException e) {
        if (!closed) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void serve(Socket client) {
    Socket server = new Socket();
    sockets.add(server);
    try {
      passes();
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      daemon(() -> pump(server, client), "relay-" + target + "-answers");
      pump(client, server);
    } catch (IOException e) {
      closeQuietly(client);
      closeQuietly(server);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        passes();
        if (delayNanos > 0) {
          LockSupport.parkNanos(delayNanos);
        }
        out.write(buffer, 0, count);
      }
      passes();
    } catch (IOException e) {
      // One end is gone: so is the other.
    } finally {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private void passes() throws IOException {
    synchronized (lock) {
      while (hole && !closed) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }

  private void closeQuietly(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is being given up.
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    door.close();
    blackHole(false);
    reset();
  }
}
