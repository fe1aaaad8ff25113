package io.rwsplit.bootstrap;

/** Connection methods that carry a meaning for routing. */
public final class Call {
  /** Any method whose inner statements are the driver's business. */
  public static final int OTHER = 0;

  /** {@code setAutoCommit(boolean)}; the argument is a Boolean. */
  public static final int SET_AUTO_COMMIT = 1;

  /** {@code commit()}. */
  public static final int COMMIT = 2;

  /** {@code rollback()}. */
  public static final int ROLLBACK = 3;

  /** {@code rollback(Savepoint)}. */
  public static final int ROLLBACK_TO_SAVEPOINT = 4;

  /** {@code setSavepoint(…)}. */
  public static final int SET_SAVEPOINT = 5;

  /** {@code releaseSavepoint(Savepoint)}. */
  public static final int RELEASE_SAVEPOINT = 6;

  /** {@code close()}. */
  public static final int CLOSE = 7;

  /** {@code abort(Executor)}. */
  public static final int ABORT = 8;

  /** {@code setReadOnly(boolean)}; the argument is a Boolean. */
  public static final int SET_READ_ONLY = 9;

  /** {@code setTransactionIsolation(int)}; the argument is an Integer. */
  public static final int SET_ISOLATION = 10;

  /** {@code setTypeMap} and whatever else a replica connection cannot be given. */
  public static final int SET_SESSION = 11;

  /**
   * The connection's database is replaced by another one ({@code SQLiteConnection.deserialize}).
   */
  public static final int REPLACE_DATABASE = 12;

  /** {@code setCatalog(String)}. */
  public static final int SET_CATALOG = 13;

  /** {@code setSchema(String)}. */
  public static final int SET_SCHEMA = 14;

  /** {@code setNetworkTimeout(Executor, int)}; the argument is the executor. */
  public static final int SET_NETWORK_TIMEOUT = 15;

  /** {@code setClientInfo(…)}. */
  public static final int SET_CLIENT_INFO = 16;

  /** {@code setHoldability(int)}; the argument is an Integer. */
  public static final int SET_HOLDABILITY = 17;

  /** The server forgets the session ({@code resetServerState} of MySQL's driver). */
  public static final int RESET_SERVER = 18;

  /** The session goes on as another user's ({@code changeUser} of MySQL's driver). */
  public static final int CHANGE_USER = 19;

  /** {@code clearWarnings()}. */
  public static final int CLEAR_WARNINGS = 20;

  /**
   * What the driver sends past its statements: the end of pgjdbc's {@code CopyIn}, the begin of its
   * {@code CopyOut}, {@code Fastpath}.
   */
  public static final int PAST_STATEMENTS = 21;

  /** {@code addDataType(String, Class)} of pgjdbc's; the argument is the name of the type. */
  public static final int ADD_DATA_TYPE = 22;

  /**
   * {@code cancelQuery()} of pgjdbc's connections, {@code cancelCurrentQuery()} of MariaDB's: of
   * any thread, while another one waits.
   */
  public static final int CANCEL_QUERY = 23;

  private Call() {}
}
