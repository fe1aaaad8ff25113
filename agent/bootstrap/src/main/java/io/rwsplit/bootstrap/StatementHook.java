package io.rwsplit.bootstrap;

/**
 * What a woven statement asks and tells the runtime. One instance per statement of a managed
 * connection. Nothing here throws, except a {@code SQLException} that the application must see.
 */
public abstract class StatementHook {
  /** {@code executeQuery}: the result is a {@code ResultSet}. */
  public static final int QUERY = 0;

  /** {@code execute}: the result is a Boolean. */
  public static final int EXECUTE = 1;

  /** {@code executeUpdate}, {@code executeBatch}, …: never redirected. */
  public static final int UPDATE = 2;

  /** {@code execute} with generated keys asked for: never redirected. */
  public static final int EXECUTE_KEYS = 3;

  /** {@code addBatch(String)}: nothing is run yet, but the text is. */
  public static final int ADD_BATCH = 4;

  /**
   * No execution: a method in which drivers ask the statement itself for its result (pgjdbc's
   * {@code PgPreparedStatement.getMetaData}), and must get their own.
   */
  public static final int DESCRIBE = 5;

  /** {@code close()}. */
  public static final int CLOSE = 0;

  /** {@code cancel()}. */
  public static final int CANCEL = 1;

  /** {@code clearWarnings()}. */
  public static final int CLEAR_WARNINGS = 2;

  /** {@code addBatch()} of a prepared statement. */
  public static final int ADD_PREPARED = 3;

  /** {@code clearBatch()}. */
  public static final int CLEAR_BATCH = 4;

  /** The driver closes and forgets what earlier executions left, at the start of another. */
  public static final int FORGET = 5;

  /**
   * An execution is about to start.
   *
   * @param statement the driver's statement
   * @param sql the text; null when the statement was prepared
   * @param kind one of the constants from {@link #QUERY} to {@link #DESCRIBE}
   * @return null: run the driver's method, nothing to report; a {@link Pass}: run it and report its
   *     end there; else the result of an execution on a replica
   */
  public abstract Object enter(Object statement, String sql, int kind);

  /** True while the newest execution of the statement was served by a replica. */
  public abstract boolean redirected();

  /** {@code getResultSet()} of a redirected execution; may be null. */
  public abstract Object resultSet();

  /** {@code getMoreResults(current)} of a redirected execution. */
  public abstract boolean moreResults(int current);

  /** {@code getWarnings()} of a redirected execution; may be null. */
  public abstract Object warnings();

  /**
   * The driver's {@code getResultSet()} returned.
   *
   * @param result a {@code ResultSet} or null
   */
  public abstract void masterResult(Object result);

  /**
   * A method of the statement is about to run on the driver.
   *
   * @param call one of the constants from {@link #CLOSE} to {@link #FORGET}
   */
  public abstract void before(int call, Object statement);

  /**
   * A setting was changed on the driver's statement.
   *
   * @param setting a constant of {@link Setting}
   * @param value its new value; booleans as 0 or 1
   */
  public abstract void setting(int setting, long value);

  /**
   * A primitive parameter was set.
   *
   * @param index counted from 1
   * @param setter a constant of {@link Setter}
   * @param bits the value; floating-point as raw bits
   */
  public abstract void setPrimitive(int index, int setter, long bits);

  /** An object parameter was set. */
  public abstract void setObject(int index, int setter, Object value);

  /** An object parameter was set with a calendar, a type, a type name or a scale. */
  public abstract void setObject(
      int index, int setter, Object value, Object qualifier, int type, int scale);

  /** A stream, LOB or other value was set that cannot be set a second time. */
  public abstract void setOpaque(int index);

  /** {@code clearParameters()} returned. */
  public abstract void clearParameters();
}
