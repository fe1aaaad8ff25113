package io.rwsplit.position;

import io.rwsplit.consistency.Position;
import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Asks one server for its position over a connection that somebody else has opened, uses besides,
 * and closes. Used by one thread at a time.
 */
public final class PositionProbe {
  private final PositionQuery query;

  private PositionProbe(PositionQuery query) {
    this.query = query;
  }

  /** For a server of PostgreSQL, MariaDB or MySQL; null for others. */
  public static PositionProbe of(Engine engine, Connection connection) throws SQLException {
    if (!engine.isServer()) {
      return null;
    }
    return new PositionProbe(
        engine == Engine.POSTGRESQL
            ? new PostgresPositions(connection)
            : new MysqlPositions(connection, false));
  }

  /** Covers what was committed on the master before the call; null when it does not say. */
  public Position master() throws SQLException {
    try {
      return query.master().written;
    } catch (NoPosition e) {
      return null;
    }
  }

  /** What the replica shows at least to reads that begin now; null when it does not say. */
  public Position replica() throws SQLException {
    try {
      return query.replica().reached;
    } catch (NoPosition | NotReplica e) {
      return null;
    }
  }
}
