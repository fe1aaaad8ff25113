package io.rwsplit.replication;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One connection of our own with its one statement. Not thread-safe. */
final class SqliteSession implements AutoCloseable {
  private static final int BUSY = 5;

  private final Connection connection;
  private final Statement statement;

  /** Takes over {@code connection}; it is closed when this constructor fails. */
  SqliteSession(Connection connection) throws SQLException {
    this.connection = connection;
    Statement opened = null;
    try {
      opened = connection.createStatement();
      opened.execute("PRAGMA busy_timeout=0");
      opened.execute("PRAGMA wal_autocheckpoint=0");
    } catch (Throwable t) {
      closeQuietly(connection);
      throw t;
    }
    this.statement = opened;
  }

  void execute(String sql) throws SQLException {
    statement.execute(sql);
  }

  /** A further statement, to be closed by the caller. */
  Statement newStatement() throws SQLException {
    return connection.createStatement();
  }

  /** A prepared statement, to be closed by the caller. */
  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** First column of the first row as text; null when there is none. */
  String text(String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /**
   * Begins a read transaction and fixes its snapshot: BEGIN alone takes no lock. Reading a header
   * field is the cheapest read, and needs no schema.
   */
  void beginRead() throws SQLException {
    statement.execute("BEGIN");
    try {
      text("PRAGMA user_version");
    } catch (SQLException e) {
      rollbackQuietly();
      throw e;
    }
  }

  void rollback() throws SQLException {
    statement.execute("ROLLBACK");
  }

  /**
   * Ends a write transaction that wrote nothing. A rollback would take the live index header for
   * the one this connection's page cache belongs to, and leave it with stale pages; a commit of
   * nothing touches neither.
   */
  void commitNothing() throws SQLException {
    statement.execute("COMMIT");
  }

  void rollbackQuietly() {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // Nothing was open, or the connection is unusable and about to be closed.
    }
  }

  /** Runs {@code PRAGMA wal_checkpoint(mode)}; true unless it reports busy. */
  boolean checkpoint(String mode) throws SQLException {
    try (ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return rows.next() && rows.getInt(1) == 0;
    } catch (SQLException e) {
      if (isBusy(e)) {
        return false;
      }
      throw e;
    }
  }

  static boolean isBusy(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    return code == BUSY || code == BUSY + 1;
  }

  @Override
  public void close() {
    closeQuietly(statement);
    closeQuietly(connection);
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Nothing is left to be done with it.
    }
  }
}
