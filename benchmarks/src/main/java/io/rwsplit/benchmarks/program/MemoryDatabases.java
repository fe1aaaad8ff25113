package io.rwsplit.benchmarks.program;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * H2's databases of a process, in memory: a master and two replicas, filled alike, and the job that
 * raises the heartbeat on the master and then on the replicas. Nothing else is replicated. Every
 * process on H2 has them, whatever it runs under.
 */
final class MemoryDatabases implements AutoCloseable {
  private static final int BEAT_MILLIS = 20;

  private final List<Connection> connections = new ArrayList<>();
  private final Thread job = new Thread(this::beat, "heartbeat");
  private volatile boolean ended;
  private volatile SQLException failure;

  private MemoryDatabases(String url) throws SQLException {
    for (String name : new String[] {"replica2", "replica1", "master"}) {
      String each =
          name.equals("master")
              ? url
              : "jdbc:h2:mem:" + name + ";USER=app;PASSWORD=app;DB_CLOSE_DELAY=-1";
      Tables.create(each);
      Connection connection = DriverManager.getConnection(each);
      connections.add(0, connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE heartbeat (v BIGINT NOT NULL)");
        statement.execute("INSERT INTO heartbeat VALUES (1)");
      }
    }
    job.setDaemon(true);
    job.start();
  }

  /** Makes them when the URL is one of H2; else null. */
  static MemoryDatabases of(String url) throws SQLException {
    return Engine.of(url) == Engine.H2 ? new MemoryDatabases(url) : null;
  }

  private void beat() {
    List<PreparedStatement> updates = new ArrayList<>();
    try {
      for (Connection connection : connections) {
        updates.add(connection.prepareStatement("UPDATE heartbeat SET v = ?"));
      }
      for (long beat = 2; !ended; beat++) {
        for (PreparedStatement update : updates) {
          update.setLong(1, beat);
          update.executeUpdate();
        }
        TimeUnit.MILLISECONDS.sleep(BEAT_MILLIS);
      }
    } catch (SQLException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Fails when the job has failed. */
  void check() throws SQLException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() throws SQLException {
    ended = true;
    try {
      job.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
