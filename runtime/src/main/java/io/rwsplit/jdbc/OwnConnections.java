package io.rwsplit.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Opens connections of rwsplit's own with the application's driver; their statements are never
 * redirected. Thread-safe.
 */
public final class OwnConnections {
  private OwnConnections() {}

  /** Opens one; never null. */
  public static Connection open(Driver driver, String url, Properties properties)
      throws SQLException {
    ThreadState thread = ThreadState.current();
    thread.enterOwn();
    try {
      Connection connection = driver.connect(url, properties);
      if (connection == null) {
        throw new SQLException("the driver does not accept the URL");
      }
      return connection;
    } finally {
      thread.leaveOwn();
    }
  }
}
