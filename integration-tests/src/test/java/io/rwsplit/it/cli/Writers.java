package io.rwsplit.it.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A thread that inserts, updates and deletes rows of table {@code busy} until it is closed. */
final class Writers implements AutoCloseable {
  private final Thread thread;
  private final AtomicLong written = new AtomicLong();
  private final AtomicReference<SQLException> failure = new AtomicReference<>();
  private volatile boolean ended;

  /** Takes the connection over. */
  Writers(Connection connection) {
    thread = new Thread(() -> run(connection), "writers");
    thread.start();
  }

  private void run(Connection connection) {
    Random random = new Random(7);
    try (Connection open = connection;
        Statement statement = open.createStatement()) {
      for (int i = 10_000; !ended; i++) {
        int id = random.nextInt(2000);
        statement.executeUpdate("UPDATE busy SET name = 'n" + i + "' WHERE id = " + id);
        statement.executeUpdate("DELETE FROM busy WHERE id = " + random.nextInt(2000));
        statement.executeUpdate("INSERT INTO busy (id, name) VALUES (" + i + ", 'new')");
        written.incrementAndGet();
        LockSupport.parkNanos(1_000_000);
      }
    } catch (SQLException e) {
      failure.set(e);
    }
  }

  /** How many rounds there were; fails when one did. */
  long written() throws SQLException {
    SQLException failed = failure.get();
    if (failed != null) {
      throw new SQLException(failed);
    }
    return written.get();
  }

  @Override
  public void close() throws SQLException {
    ended = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    long unused = written();
  }
}
