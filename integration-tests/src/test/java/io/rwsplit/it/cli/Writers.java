package io.rwsplit.it.cli;

import io.rwsplit.it.servers.ServerCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

  /** Runs statements on the first replica of MariaDB or MySQL that the others never hear of. */
  static void beside(ServerCluster cluster, String... statements) throws SQLException {
    boolean strict = !cluster.ask(1, "SELECT VERSION()").contains("MariaDB");
    List<String> all = new ArrayList<>(List.of(statements));
    all.add(0, "SET SESSION sql_log_bin = 0");
    if (strict) {
      all.add(0, "SET GLOBAL super_read_only = OFF");
      all.add("SET GLOBAL super_read_only = ON");
    }
    cluster.execute(1, all.toArray(new String[0]));
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
