package io.rwsplit.patroni;

import io.rwsplit.config.PatroniSettings;
import io.rwsplit.engine.Host;
import io.rwsplit.engine.JdbcUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Finds the servers of a cluster by asking Patroni once. */
public final class Discovery {
  /** The application's first connection waits for it. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Replicas are bits of a long, and the master may take one. */
  private static final int MOST = 63;

  private final Thread waiting = Thread.currentThread();
  private final RestClient[] clients;
  private final ClusterView[] views;
  private final String[] failures;

  /** Guarded by this, like the three arrays' contents. */
  private int answers;

  private Discovery(PatroniSettings settings) {
    int count = settings.urls().size();
    clients = new RestClient[count];
    views = new ClusterView[count];
    failures = new String[count];
    for (int i = 0; i < count; i++) {
      clients[i] = new RestClient(settings, i);
      failures[i] = "no answer in time";
    }
  }

  /**
   * URLs of the master's database on all servers but the one that the master's URL names; asks all
   * members of Patroni at the same time and takes the first good answer. Returns within some
   * seconds.
   *
   * @throws IOException when no member gives a good answer in time, or it names no other server;
   *     the message begins with the property's name
   */
  public static List<JdbcUrl> replicas(
      PatroniSettings settings, JdbcUrl master, ThreadFactory threads) throws IOException {
    Discovery discovery = new Discovery(settings);
    for (int i = 0; i < discovery.clients.length; i++) {
      discovery.ask(i, threads);
    }
    List<JdbcUrl> found = others(discovery.await(), master);
    if (found.isEmpty()) {
      throw new IOException("rwsplit.patroni: it names no server but the master");
    }
    return found;
  }

  private void ask(int index, ThreadFactory threads) {
    Runnable question =
        new Runnable() {
          @Override
          public void run() {
            try {
              answered(index, ClusterView.parse(clients[index].get("/cluster")), null);
            } catch (Throwable t) {
              // Whoever waits is to know about it, whatever it is.
              answered(index, null, t.getMessage() == null ? t.toString() : t.getMessage());
            }
          }
        };
    threads.newThread(question).start();
  }

  private void answered(int index, ClusterView view, String failure) {
    synchronized (this) {
      views[index] = view;
      failures[index] = failure;
      answers++;
    }
    LockSupport.unpark(waiting);
  }

  /** Not ended by an interrupt, which is the application's business. */
  private ClusterView await() throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    boolean interrupted = false;
    ClusterView found = first();
    while (found == null && !isOver() && deadline - System.nanoTime() > 0) {
      LockSupport.parkNanos(deadline - System.nanoTime());
      interrupted |= Thread.interrupted();
      found = first();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (found == null) {
      throw new IOException("rwsplit.patroni: " + whyNot());
    }
    return found;
  }

  private synchronized ClusterView first() {
    for (ClusterView view : views) {
      if (view != null) {
        return view;
      }
    }
    return null;
  }

  private synchronized boolean isOver() {
    return answers == clients.length;
  }

  private synchronized String whyNot() {
    StringBuilder why = new StringBuilder();
    for (int i = 0; i < clients.length; i++) {
      why.append(i == 0 ? "" : "; ").append(clients[i]).append(": ").append(failures[i]);
    }
    return why.toString();
  }

  private static List<JdbcUrl> others(ClusterView view, JdbcUrl master) {
    List<JdbcUrl> urls = new ArrayList<>();
    List<Host> known = new ArrayList<>();
    if (master.hosts().size() == 1) {
      known.add(master.hosts().get(0));
    }
    for (Member member : view.members()) {
      Host host = member.host();
      if (host != null && !known.contains(host) && urls.size() < MOST) {
        known.add(host);
        urls.add(JdbcUrl.parse(master.onHost(host)));
      }
    }
    return Collections.unmodifiableList(urls);
  }
}
