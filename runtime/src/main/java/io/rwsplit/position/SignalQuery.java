package io.rwsplit.position;

import io.rwsplit.topology.ReplicationState;
import java.sql.SQLException;

/** Asks one server for the state of its replication. Used by one thread at a time. */
interface SignalQuery {
  /**
   * Asks a replica.
   *
   * @throws SQLException also where this user may not ask: SQLState 42
   */
  ReplicationState ask() throws SQLException;

  /**
   * The newest time in the table that a job writes to, in nanoseconds since some moment that is the
   * same for all servers of the engine.
   *
   * @param column as {@code table.column}, with a schema or without
   * @return null when there is none
   */
  Long heartbeat(String column) throws SQLException;
}
