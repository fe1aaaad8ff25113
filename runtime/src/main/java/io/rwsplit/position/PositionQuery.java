package io.rwsplit.position;

import java.sql.SQLException;

/** Asks one server for its position over a connection of its own. Used by one thread at a time. */
interface PositionQuery extends AutoCloseable {
  /** Asks a master. */
  MasterSample master() throws SQLException, NoPosition;

  /** Asks a replica. */
  ReplicaSample replica() throws SQLException, NoPosition, NotReplica;

  /**
   * What tells this server's history from others', as far as it says: replicas must have their
   * master's.
   */
  ServerIdentity identity();

  /** The same, asked anew. */
  default ServerIdentity freshIdentity() throws SQLException {
    return identity();
  }

  @Override
  void close();
}
