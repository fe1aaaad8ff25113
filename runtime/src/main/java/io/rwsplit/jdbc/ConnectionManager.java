package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/** Knows which connections are to the configured master, and manages them. Thread-safe. */
public interface ConnectionManager {
  /**
   * The driver is about to connect; the application's own thread.
   *
   * @param loader of the driver's classes
   * @param url null for a driver's own object in place of one
   */
  void connecting(ClassLoader loader, String url, Properties properties);

  /** True where another server than the configured one may be the master. */
  boolean followsMaster();

  /**
   * Where a connect has to lead.
   *
   * @param driver the driver object that connects; null when it is not known
   * @param loader of the driver's classes
   * @param properties what the application gave its driver; empty when not known
   * @return null for a URL that is not the master's
   * @throws SQLException when there is neither a master nor a replica to read from
   */
  Destination destination(Driver driver, ClassLoader loader, String url, Properties properties)
      throws SQLException;

  /** A web application's class loader is about to stop. */
  void stopping(ClassLoader loader);

  /** A connect that was announced has ended, well or not. */
  void connectEnded(String url, Properties properties);

  /**
   * The hook of a new connection.
   *
   * @param driver the driver object that connected; null when it is not known
   * @param url as the application wrote it, wherever the connect has led
   * @param properties what the application gave its driver; empty when not known
   * @param destination where the connect has led; null when that was as written
   * @return a {@link ManagedConnection}, or {@link ConnectionHook#UNMANAGED}
   */
  ConnectionHook manage(
      Connection connection,
      Driver driver,
      String url,
      Properties properties,
      Destination destination);

  /**
   * The hook of a connection that was open when the agent came into the JVM.
   *
   * @return null while nothing has to know of it
   * @throws SQLException when the connection does not answer
   */
  ConnectionHook openBefore(Connection connection, String url) throws SQLException;

  /** A fault of rwsplit itself. */
  void fault(String where, Throwable fault);

  /** A database, perhaps the master, was overwritten from a backup by the current thread. */
  void restored();

  /** Something may have been written, to whichever master, that no ticket covers. */
  void missed();
}
