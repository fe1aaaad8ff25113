package io.rwsplit.pool;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens physical connections to one replica with the application's own driver. Thread-safe. */
public interface Connector {
  /**
   * Opens one connection, ready for reads: autocommit on, protected against writes where the engine
   * can do that.
   */
  Connection open() throws SQLException;
}
