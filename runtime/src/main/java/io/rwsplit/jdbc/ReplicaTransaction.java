package io.rwsplit.jdbc;

import io.rwsplit.engine.Engine;
import io.rwsplit.session.SessionSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A read-only transaction of the application on one replica, from its first read to its end: two
 * nodes are not one snapshot. Its statements come one after another, as the application's do.
 */
final class ReplicaTransaction {
  /** A rollback to any savepoint leads back here: a transaction that only reads has no other. */
  private static final String SAVEPOINT = "rwsplit";

  final HeldLease lease;

  /** Which transaction of the session it belongs to. */
  final long number;

  /** True when every statement has a snapshot of its own: then a later one may run elsewhere. */
  final boolean perStatement;

  private final Engine engine;

  /** The application began it by SQL text: results outlive its end as they do in autocommit. */
  private final boolean byText;

  /** Something was returned from it. */
  boolean hasRead;

  /** A statement failed in it. */
  boolean failed;

  /** The session's state at the savepoint; null when there is none. */
  private SessionSettings atSavepoint;

  ReplicaTransaction(
      Engine engine, HeldLease lease, long number, boolean perStatement, boolean byText) {
    this.engine = engine;
    this.lease = lease;
    this.number = number;
    this.perStatement = perStatement;
    this.byText = byText;
  }

  /** Begins it; isolation and settings are those the connection has been given. */
  void begin() throws SQLException {
    if (byText && engine != Engine.SQLITE) {
      run(engine == Engine.POSTGRESQL ? "BEGIN READ ONLY" : "START TRANSACTION READ ONLY");
    } else {
      autoCommit(false);
    }
  }

  /** A savepoint was set on the master. */
  void savepoint() throws SQLException {
    if (engine == Engine.POSTGRESQL && !failed && atSavepoint == null) {
      run("SAVEPOINT " + SAVEPOINT);
      atSavepoint = lease.lease.adopted();
    }
  }

  /** The master was rolled back to a savepoint. */
  void rolledBackToSavepoint() throws SQLException {
    if (engine == Engine.POSTGRESQL && atSavepoint != null) {
      run("ROLLBACK TO SAVEPOINT " + SAVEPOINT);
      lease.lease.rolledBackTo(atSavepoint);
      failed = false;
    }
  }

  /** Ends it; whatever goes wrong, the connection is not used again then. */
  void end() {
    if (failed) {
      // What the driver says of a commit that is a rollback, and which settings are left, differs.
      lease.lease.markBroken();
      return;
    }
    try {
      if (byText && engine != Engine.SQLITE) {
        run("COMMIT");
      } else {
        autoCommit(true);
      }
    } catch (SQLException | RuntimeException e) {
      lease.lease.markBroken();
    }
  }

  private void autoCommit(boolean on) throws SQLException {
    lease.lease.asks();
    try {
      lease.lease.connection().setAutoCommit(on);
    } finally {
      lease.lease.answered();
    }
  }

  private void run(String sql) throws SQLException {
    Connection connection = lease.lease.connection();
    lease.lease.asks();
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } finally {
      lease.lease.answered();
    }
  }
}
