package io.rwsplit.core;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections of ours to a master's file beside the replicator's, which are all closed when it
 * steps aside for the application. Thread-safe; opens and closes nothing under its lock.
 */
final class BesideConnections {
  private static final long POLL_NANOS = 1_000_000;

  /** Opens one; null while nobody may. */
  interface Opener {
    Connection open() throws SQLException;
  }

  private final List<Connection> open = new ArrayList<>();
  private int opening;

  /**
   * A connection that its user closes soon.
   *
   * @param opener asks whether it may after this was noted: who steps aside sees one or the other
   */
  Connection open(Opener opener) throws SQLException {
    synchronized (open) {
      opening++;
    }
    Connection opened = null;
    try {
      opened = opener.open();
      return opened;
    } finally {
      synchronized (open) {
        opening--;
        if (opened != null) {
          open.add(opened);
        }
      }
    }
  }

  /**
   * Waits until none is open.
   *
   * @param nanos how long at most
   * @param hurry called again and again, to end what is still running on one; null for nothing
   */
  void awaitClosed(long nanos, Runnable hurry) {
    long deadline = System.nanoTime() + nanos;
    while (!isClosed() && System.nanoTime() - deadline < 0) {
      if (hurry != null) {
        hurry.run();
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean isClosed() {
    List<Connection> all;
    synchronized (open) {
      if (opening > 0) {
        return false;
      }
      all = new ArrayList<>(open);
    }
    for (Iterator<Connection> each = all.iterator(); each.hasNext(); ) {
      if (!isClosed(each.next())) {
        each.remove();
      }
    }
    synchronized (open) {
      open.removeAll(all);
      return open.isEmpty() && opening == 0;
    }
  }

  /** One that cannot even say it is as good as closed. */
  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** Forgets those that are closed. */
  void sweep() {
    boolean unused = isClosed();
  }
}
