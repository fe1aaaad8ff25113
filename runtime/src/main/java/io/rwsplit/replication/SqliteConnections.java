package io.rwsplit.replication;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections with the application's own driver: the boundary to its class loader.
 *
 * <p>Two copies of the driver in one process are two SQLites whose file locks do not see each
 * other, so the driver must be the very one the application uses. The connections must not be
 * woven, must be writable, in autocommit mode, and not pooled; the replicator closes them. Called
 * from several threads.
 */
public interface SqliteConnections {
  /** A new connection to the master. */
  Connection openMaster() throws SQLException;

  /** A new connection to the replica {@code index}, whose file is {@code file}. */
  Connection openReplica(int index, Path file) throws SQLException;
}
