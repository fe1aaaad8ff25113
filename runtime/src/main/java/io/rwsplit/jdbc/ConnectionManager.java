package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import java.sql.Connection;
import java.sql.Driver;
import java.util.Properties;

/** Knows which connections are to the configured master, and manages them. Thread-safe. */
public interface ConnectionManager {
  /** The driver is about to connect; the application's own thread. */
  void connecting(String url, Properties properties);

  /** A connect that was announced has ended, well or not. */
  void connectEnded(String url, Properties properties);

  /**
   * The hook of a new connection.
   *
   * @param driver the driver object that connected; null when it is not known
   * @param properties what the application gave its driver; empty when not known
   * @return a {@link ManagedConnection}, or {@link ConnectionHook#UNMANAGED}
   */
  ConnectionHook manage(Connection connection, Driver driver, String url, Properties properties);

  /** A fault of rwsplit itself. */
  void fault(String where, Throwable fault);

  /** A database, perhaps the master, was overwritten from a backup by the current thread. */
  void restored();
}
