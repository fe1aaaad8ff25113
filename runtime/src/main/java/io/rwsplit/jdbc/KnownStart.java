package io.rwsplit.jdbc;

import io.rwsplit.pool.Shadow;
import io.rwsplit.pool.StatementSettings;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A read transaction whose commit is known, on a replica that goes on between any two looks: begun
 * by a statement so short that it mostly falls between two commits, and tried until it does. What
 * runs on the connection while this is open reads the same commit.
 */
final class KnownStart {
  /** Needs the read transaction, reads no page but the first, and has a row in every database. */
  private static final String SHORT = "SELECT 1 UNION ALL SELECT 1 FROM sqlite_master";

  private static final int TRIES = 20;

  private final HeldLease lease;
  private final Shadow shadow;
  private final ResultSet open;

  private KnownStart(HeldLease lease, Shadow shadow, ResultSet open) {
    this.lease = lease;
    this.shadow = shadow;
    this.open = open;
  }

  /** Begins one on a connection without open results; null when that does not succeed. */
  static KnownStart begin(HeldLease lease) throws SQLException {
    Shadow shadow =
        lease.lease.prepared(SHORT, StatementSettings.DEFAULT, ResultSet.TYPE_FORWARD_ONLY);
    boolean reusable = false;
    try {
      PreparedStatement statement = (PreparedStatement) shadow.statement();
      for (int i = 0; i < TRIES; i++) {
        lease.read.begin();
        ResultSet rows = statement.executeQuery();
        if (lease.read.settle() != null) {
          KnownStart known = new KnownStart(lease, shadow, rows);
          shadow = null;
          return known;
        }
        rows.close();
      }
      reusable = true;
      return null;
    } finally {
      if (shadow != null) {
        lease.lease.giveBack(shadow, reusable);
      }
    }
  }

  /** Something else keeps the transaction now, or nobody needs it. */
  void end() {
    boolean reusable = false;
    try {
      open.close();
      reusable = true;
    } catch (SQLException | RuntimeException e) {
      // The statement is thrown away instead.
    } finally {
      lease.lease.giveBack(shadow, reusable);
    }
  }
}
