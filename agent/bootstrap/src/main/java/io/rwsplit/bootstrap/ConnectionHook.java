package io.rwsplit.bootstrap;

/** What a woven connection tells the runtime. Implementations are thread-safe and never throw. */
public abstract class ConnectionHook {
  /** Flag of {@link #created}: the statement must stay on the master. */
  public static final int MASTER_ONLY = 1;

  /** The hook of every connection that is not managed. */
  public static final ConnectionHook UNMANAGED =
      new ConnectionHook() {
        @Override
        public void created(Object connection, Object statement, String sql, int flags) {}

        @Override
        public void enterCall(int call, Object connection, Object argument) {}

        @Override
        public void exitCall(int call, Object connection, Object argument, Throwable failure) {}
      };

  /**
   * The driver created a statement.
   *
   * @param sql the text of a prepared statement; null for a plain statement
   * @param flags {@link #MASTER_ONLY} or 0
   */
  public abstract void created(Object connection, Object statement, String sql, int flags);

  /**
   * A method of the connection (or of its metadata) is about to run on the driver.
   *
   * @param call a constant of {@link Call}
   * @param argument the first argument, boxed; null when there is none
   */
  public abstract void enterCall(int call, Object connection, Object argument);

  /**
   * The method that {@link #enterCall} announced has ended.
   *
   * @param failure what it threw; null when it returned
   */
  public abstract void exitCall(int call, Object connection, Object argument, Throwable failure);

  /**
   * {@code getWarnings()} of the connection.
   *
   * @return a {@code SQLWarning} or null; this hook itself when the driver is to answer
   */
  public Object warnings(Object connection) {
    return this;
  }
}
