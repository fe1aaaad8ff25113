package io.rwsplit.pool;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** Opens physical connections to one replica with the application's own driver. Thread-safe. */
public interface Connector {
  /**
   * Opens one connection, ready for reads: autocommit on, protected against writes where the engine
   * can do that.
   */
  Connection open() throws SQLException;

  /** What shows that a connection works; null: {@code Connection.isValid}. */
  default String validationQuery() {
    return null;
  }

  /** Opens a connection of the same kind to a database file in the replica's stead. */
  default Connection open(Path file) throws SQLException {
    throw new SQLFeatureNotSupportedException(file.toString());
  }
}
