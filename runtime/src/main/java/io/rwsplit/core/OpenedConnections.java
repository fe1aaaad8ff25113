package io.rwsplit.core;

import io.rwsplit.jdbc.Destination;
import io.rwsplit.jdbc.ManagedConnection;
import io.rwsplit.pool.Aborter;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The application's connections to the master, as long as it holds them, so that those that lead to
 * a server which is none any more can be broken. Thread-safe.
 */
final class OpenedConnections {
  /** Closed connections are looked for when there are so many more than at the last look. */
  private static final int SWEEP = 256;

  /** Connections that are broken at the same time: a dead server may hold each up. */
  private static final int THREADS = 4;

  private static final class Opened {
    final WeakReference<Connection> connection;
    final long term;

    Opened(Connection connection, long term) {
      this.connection = new WeakReference<>(connection);
      this.term = term;
    }
  }

  private final List<Opened> all = new ArrayList<>();
  private final ThreadPoolExecutor breaking;
  private int sweepAt = SWEEP;

  OpenedConnections() {
    this.breaking =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<Runnable>(),
            new DaemonThreads("break"));
    breaking.allowCoreThreadTimeOut(true);
  }

  void add(ManagedConnection managed, Connection connection) {
    synchronized (all) {
      if (all.size() >= sweepAt) {
        sweep();
        sweepAt = all.size() + SWEEP;
      }
      all.add(new Opened(connection, managed.term()));
    }
  }

  private void sweep() {
    for (Iterator<Opened> each = all.iterator(); each.hasNext(); ) {
      if (each.next().connection.get() == null) {
        each.remove();
      }
    }
  }

  /**
   * Breaks the connections of every other term. Does not block.
   *
   * @param readers true when those to replicas, of no term, are broken too
   */
  void lose(long term, boolean readers) {
    synchronized (all) {
      for (Iterator<Opened> each = all.iterator(); each.hasNext(); ) {
        Opened opened = each.next();
        if (opened.term == Destination.NO_TERM ? readers : opened.term != term) {
          each.remove();
          lose(opened);
        }
      }
    }
  }

  private void lose(Opened opened) {
    breaking.execute(
        new Runnable() {
          @Override
          public void run() {
            Connection connection = opened.connection.get();
            if (connection != null) {
              Aborter.abort(connection);
            }
          }
        });
  }
}
