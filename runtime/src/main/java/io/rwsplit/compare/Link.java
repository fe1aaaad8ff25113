package io.rwsplit.compare;

import io.rwsplit.consistency.Position;
import io.rwsplit.engine.Engine;
import io.rwsplit.pool.Mirror;
import io.rwsplit.position.PositionProbe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * A connection of our own on which reads are run for comparison. Used by one thread; {@link
 * #cancel} may come from another.
 */
final class Link {
  private static final int FETCH = 200;

  private final Connection connection;
  private final boolean server;
  private final PositionProbe probe;
  private final Mirror mirror = new Mirror();
  private volatile Statement running;

  /**
   * @param limitNanos what a statement may take; of files somebody else has to cancel
   */
  Link(Connection connection, Engine engine, long limitNanos) throws SQLException {
    this.connection = connection;
    this.server = engine.isServer();
    this.probe = PositionProbe.of(engine, connection);
    if (server) {
      limit(engine, Math.max(1, TimeUnit.NANOSECONDS.toMillis(limitNanos)));
    }
  }

  /** By the server itself: nothing is left of the statement then. */
  private void limit(Engine engine, long millis) throws SQLException {
    if (engine == Engine.POSTGRESQL) {
      set("SET statement_timeout = " + millis);
      return;
    }
    try {
      set("SET SESSION max_statement_time = " + millis / 1000.0);
    } catch (SQLException e) {
      // MySQL's, whatever the URL calls the server.
      set("SET SESSION max_execution_time = " + millis);
    }
  }

  private void set(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Rows of the read; null when they are too many. Leaves no transaction open. */
  Rows read(SampledRead read) throws SQLException {
    mirror.apply(connection, read.session);
    if (!server) {
      return run(read);
    }
    // For rows that come in portions, and a transaction that is read-only for sure.
    connection.setAutoCommit(false);
    try {
      return run(read);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private Rows run(SampledRead read) throws SQLException {
    try (Statement statement =
        read.binding == null
            ? connection.createStatement()
            : connection.prepareStatement(read.sql)) {
      running = statement;
      statement.setMaxRows(Rows.MOST + 1);
      if (server) {
        statement.setFetchSize(FETCH);
      }
      if (read.binding != null) {
        read.binding.bind((PreparedStatement) statement);
      }
      try (ResultSet rows =
          read.binding == null
              ? statement.executeQuery(read.sql)
              : ((PreparedStatement) statement).executeQuery()) {
        return Rows.read(rows);
      }
    } finally {
      running = null;
    }
  }

  /** What the master has committed by now is covered by it; null when it does not say. */
  Position master() throws SQLException {
    return probe == null ? null : probe.master();
  }

  /** True when reads from now on show what the position covers. */
  boolean hasReached(Position position) throws SQLException {
    Position reached = probe == null ? null : probe.replica();
    return reached != null && reached.includes(position);
  }

  /** Ends what is running; of files only, where that waits for nobody. */
  void cancel() throws SQLException {
    Statement statement = running;
    if (statement != null) {
      statement.cancel();
    }
  }

  void close() {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // It is being given up.
      running = null;
    }
  }
}
