package io.rwsplit.core;

import io.rwsplit.engine.Jdbc3;
import io.rwsplit.jdbc.OwnConnections;
import io.rwsplit.thread.OwnThreads;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The one reference of ours to the application's driver, and what was opened with it: given up when
 * the driver's classes are to go, as those of a web application. Thread-safe.
 */
final class OwnDriver {
  private static final int SWEEP = 64;

  private final List<WeakReference<Connection>> opened = new ArrayList<>();
  private int sweepAt = SWEEP;
  private int opening;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Null once it was given up. */
  private volatile Driver driver;

  OwnDriver(Driver driver) {
    this.driver = driver;
  }

  /** Opens a connection of ours; fails once the driver was given up. */
  Connection open(String url, Properties properties) throws SQLException {
    Driver known;
    synchronized (opened) {
      known = driver;
      if (known == null) {
        throw new SQLException("rwsplit has let go of the driver");
      }
      opening++;
    }
    Connection connection = null;
    try {
      connection = OwnConnections.open(known, url, properties);
      return connection;
    } finally {
      synchronized (opened) {
        opening--;
        if (connection != null) {
          add(connection);
        }
      }
    }
  }

  /** See {@link Jdbc3#isOld}; false once it was given up. */
  boolean isOld() {
    Driver known = driver;
    return known != null && Jdbc3.isOld(known);
  }

  private void add(Connection connection) {
    if (opened.size() >= sweepAt) {
      for (Iterator<WeakReference<Connection>> each = opened.iterator(); each.hasNext(); ) {
        if (each.next().get() == null) {
          each.remove();
        }
      }
      sweepAt = opened.size() + SWEEP;
    }
    opened.add(new WeakReference<>(connection));
  }

  /** Opens nothing any more, and closes what is open, for so long at most. */
  void end(long nanos) {
    synchronized (opened) {
      driver = null;
    }
    CountDownLatch closed = new CountDownLatch(1);
    // A driver may wait for a statement that runs on the connection.
    Runnable closing =
        new Runnable() {
          @Override
          public void run() {
            closeAll();
            closed.countDown();
          }
        };
    OwnThreads.daemon("rwsplit-close", closing).start();
    boolean unused = await(closed, nanos);
    ended.countDown();
  }

  /** Waits until {@link #end} is over; false when that takes longer. */
  boolean awaitEnded(long nanos) {
    return await(ended, nanos);
  }

  /** An interrupt must not let two copies of a driver at the same file. */
  private static boolean await(CountDownLatch latch, long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void closeAll() {
    List<WeakReference<Connection>> all;
    synchronized (opened) {
      all = new ArrayList<>(opened);
    }
    for (WeakReference<Connection> each : all) {
      Connection connection = each.get();
      try {
        if (connection != null && !connection.isClosed()) {
          connection.close();
        }
      } catch (SQLException | RuntimeException e) {
        // It says so when it is asked.
      }
    }
  }

  /** True while something is open, or being opened. */
  boolean isHeldUp() {
    List<WeakReference<Connection>> all;
    synchronized (opened) {
      if (opening > 0) {
        return true;
      }
      all = new ArrayList<>(opened);
    }
    for (WeakReference<Connection> each : all) {
      Connection connection = each.get();
      try {
        if (connection != null && !connection.isClosed()) {
          return true;
        }
      } catch (SQLException | RuntimeException e) {
        return true;
      }
    }
    return false;
  }
}
