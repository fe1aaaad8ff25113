package io.rwsplit.core;

import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads from a replica over a connection of its own, which it keeps. Thread-safe; {@link #reset}
 * waits for a running probe, which is short on the files it is used for with a feed.
 */
final class ReadProbe implements ReplicaWatch.Probe {
  /** A server that takes longer for SELECT 1 is no help to anybody. */
  private static final int PATIENCE_SECONDS = 5;

  private final AppDriver driver;
  private final int replica;
  private final Engine engine;
  private final String query;
  private final ReentrantLock lock = new ReentrantLock();
  private Connection connection;

  ReadProbe(AppDriver driver, int replica, Engine engine) {
    this.driver = driver;
    this.replica = replica;
    // On SQLite the schema's table makes the engine read the file; elsewhere the server answers.
    this.engine = engine;
    this.query = engine == Engine.SQLITE ? "SELECT count(*) FROM sqlite_master" : "SELECT 1";
  }

  @Override
  public void run() throws SQLException {
    lock.lock();
    try {
      if (connection == null) {
        connection = open();
      }
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(query)) {
        if (!result.next()) {
          throw new SQLException("no row from " + query);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Connection open() throws SQLException {
    try {
      return engine.isServer()
          ? driver.openObserver(replica, PATIENCE_SECONDS)
          : driver.openReader(replica);
    } catch (SQLException e) {
      // Told apart from a query that fails: the one is the server's or the network's affair.
      throw new SQLException("no connection: " + e.getMessage(), e.getSQLState(), e);
    }
  }

  @Override
  public void reset() {
    lock.lock();
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException | RuntimeException e) {
      // It is being given up because it does not work; it is forgotten below.
    } finally {
      connection = null;
      lock.unlock();
    }
  }
}
