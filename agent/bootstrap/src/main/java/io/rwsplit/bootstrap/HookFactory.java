package io.rwsplit.bootstrap;

/**
 * Decides which connections are managed. Implementations never throw, except what the application
 * must see.
 */
public abstract class HookFactory {
  /** In place of a function's name: a progress handler was set on the connection. */
  public static final String PROGRESS_HANDLER = "(progress handler)";

  /**
   * In place of a function's name, with the driver's handle of the database in place of the
   * connection: the database was overwritten from a backup.
   */
  public static final String RESTORE = "(restore)";

  /**
   * Stands for the end of a session's use, in place of a function's name: MariaDB's driver may have
   * told the server to forget what the session was given ({@code Connection.reset}).
   */
  public static final String SESSION_RESET = "(session reset)";

  /** Manages nothing. */
  public static final HookFactory NONE =
      new HookFactory() {
        @Override
        public Object connecting(Object caller, Object url, Object properties) {
          return null;
        }

        @Override
        public void connected(
            Object token, Object driver, Object url, Object properties, Object connection) {}

        @Override
        public void connectFailed(Object token) {}

        @Override
        public ConnectionHook adopt(Object connection) {
          return null;
        }

        @Override
        public ConnectionHook metaData(Object metaData) {
          return null;
        }

        @Override
        public void functionCreated(Object connection, String name) {}
      };

  /**
   * Entering a connect method of a driver.
   *
   * @param caller the {@code java.sql.Driver}, or the Class when the method is static
   * @param url the JDBC URL, a String; may be null
   * @param properties a {@code java.util.Properties}; may be null
   * @return a token for the matching {@link #connected} or {@link #connectFailed}; may be null
   */
  public abstract Object connecting(Object caller, Object url, Object properties);

  /**
   * Where a connect that was announced by {@link #connecting} has to lead. Throws what the
   * application must see when there is nowhere to go.
   *
   * @param token what {@link #connecting} returned
   * @param driver the {@code java.sql.Driver}, or null when the method is static
   * @param url the JDBC URL, or the driver's own object in place of one
   * @return what to use in place of {@code url}, of the same class; mostly itself
   */
  public Object target(Object token, Object driver, Object url, Object properties) {
    return url;
  }

  /**
   * A connect method returned.
   *
   * @param driver the {@code java.sql.Driver}, or null when the method was static
   * @param connection what it returned; may be null
   */
  public abstract void connected(
      Object token, Object driver, Object url, Object properties, Object connection);

  /**
   * A container is about to stop a web application's class loader, whose code has run for the last
   * time.
   *
   * @param loader a {@code ClassLoader}
   */
  public void stopping(Object loader) {}

  /** A connect method threw. */
  public abstract void connectFailed(Object token);

  /**
   * A connection that no connect method attached a hook to is about to create a statement.
   *
   * @return its hook from now on; null when it cannot be told yet
   */
  public abstract ConnectionHook adopt(Object connection);

  /**
   * A method of {@code DatabaseMetaData} is about to run.
   *
   * @return the hook of its connection; null when that is not managed
   */
  public abstract ConnectionHook metaData(Object metaData);

  /**
   * The driver has begun to write past its statements.
   *
   * @param connection the {@code java.sql.Connection}
   * @param copy the driver's object that ends it
   */
  public void copyBegun(Object connection, Object copy) {}

  /**
   * Something is about to run past the driver's statements.
   *
   * @param origin the {@code java.sql.Connection}, or what was told to {@link #copyBegun}
   * @return the hook of its connection; null when that is not managed
   */
  public ConnectionHook pastStatements(Object origin) {
    return null;
  }

  /** An XA data source of a driver is about to open a connection. */
  public void distributing() {}

  /**
   * An XA data source has opened a connection, or failed to.
   *
   * @param connection a {@code javax.sql.XAConnection}; null when it failed
   */
  public void distributed(Object connection) {}

  /**
   * The application registered a SQL function or collation of its own on a connection.
   *
   * @param connection the {@code java.sql.Connection}
   * @param name the SQL name; or {@link #PROGRESS_HANDLER}, {@link #RESTORE} or {@link
   *     #SESSION_RESET}
   */
  public abstract void functionCreated(Object connection, String name);
}
