package com.acme.orderdesk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Somebody at the desk: one thread that does one job after the other until closing time. Half of
 * them keep one connection all day, the other half open one for every job.
 */
abstract class Worker implements Runnable {

  /** One job at the database. */
  interface Job<T> {
    T run() throws SQLException;
  }

  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;
  private static final int ATTEMPTS = 40;

  private final ConnectionSource source;
  private final boolean keepsConnection;
  private final CountDownLatch closingTime;
  final Books books;
  final Random random;

  private Connection kept;
  private Session keptSession;

  Worker(ConnectionSource source, int number, long seed, CountDownLatch closingTime, Books books) {
    this.source = source;
    this.keepsConnection = number % 2 == 1;
    this.closingTime = closingTime;
    this.books = books;
    this.random = new Random(seed);
  }

  /** Does the next job. */
  abstract void work(Session session) throws SQLException;

  @Override
  public final void run() {
    while (closingTime.getCount() > 0) {
      try {
        if (keepsConnection) {
          work(keptSession());
        } else {
          workOnce();
        }
      } catch (SQLException | RuntimeException e) {
        books.failure(e);
        hangUp();
        pause(100);
      }
    }
    hangUp();
  }

  private Session keptSession() throws SQLException {
    if (keptSession == null) {
      kept = source.connect();
      keptSession = new Session(kept);
    }
    return keptSession;
  }

  private void workOnce() throws SQLException {
    try (Connection connection = source.connect();
        Session session = new Session(connection)) {
      work(session);
    }
  }

  private void hangUp() {
    try {
      if (keptSession != null) {
        keptSession.close();
        kept.close();
      }
    } catch (SQLException e) {
      books.failure(e);
    }
    keptSession = null;
    kept = null;
  }

  /** Another connection for the same person, to be closed by the caller. */
  Connection anotherConnection() throws SQLException {
    return source.connect();
  }

  /** Waits, at most until closing time. */
  void pause(long millis) {
    try {
      closingTime.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks something up; tries again while the database is busy. */
  void read(Job<?> job) throws SQLException {
    long start = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        job.run();
        books.read(System.nanoTime() - start);
        return;
      } catch (SQLException e) {
        waitWhileBusy(e, attempt);
      }
    }
  }

  /** A single writing statement in autocommit mode. */
  <T> T write(Job<T> job) throws SQLException {
    long start = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        T result = job.run();
        books.write(System.nanoTime() - start);
        return result;
      } catch (SQLException e) {
        waitWhileBusy(e, attempt);
      }
    }
  }

  /** A transaction: committed when the job returns something, rolled back when it returns null. */
  <T> T transaction(Connection connection, Job<T> job) throws SQLException {
    long start = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      connection.setAutoCommit(false);
      try {
        T result = job.run();
        if (result == null) {
          connection.rollback();
          books.rollback();
        } else {
          connection.commit();
          books.write(System.nanoTime() - start);
        }
        connection.setAutoCommit(true);
        return result;
      } catch (SQLException e) {
        abandon(connection, e);
        waitWhileBusy(e, attempt);
      }
    }
  }

  /** Several reads that belong together, in one transaction. */
  void readTogether(Connection connection, Job<?> job) throws SQLException {
    read(
        () -> {
          connection.setAutoCommit(false);
          try {
            job.run();
            connection.commit();
          } catch (SQLException e) {
            abandon(connection, e);
            throw e;
          }
          connection.setAutoCommit(true);
          return null;
        });
  }

  private static void abandon(Connection connection, SQLException cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private void waitWhileBusy(SQLException e, int attempt) throws SQLException {
    if (attempt >= ATTEMPTS || !isBusy(e)) {
      throw e;
    }
    books.busy();
    try {
      Thread.sleep(1 + random.nextInt(5 * Math.min(attempt, 10)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw e;
    }
  }

  /** Whether another try may succeed. A failed batch has no code of its own, its cause has. */
  private static boolean isBusy(SQLException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      int code = t instanceof SQLException ? ((SQLException) t).getErrorCode() & 0xff : 0;
      if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        return true;
      }
    }
    return String.valueOf(e.getMessage()).contains("[SQLITE_BUSY");
  }
}
