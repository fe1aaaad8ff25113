package io.rwsplit.pool;

import io.rwsplit.bootstrap.HookedStatement;
import io.rwsplit.session.SessionSettings;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A statement on a replica connection that runs what an application's statement asks for. Used by
 * one execution at a time; between two it rests in its lease's cache.
 */
public final class Shadow {
  /**
   * What two executions must have in common to use the same shadow. Not changed once it is a
   * shadow's.
   */
  static final class Key {
    private String sql;
    private StatementSettings settings;
    private int type;
    private int hash;

    /** Servers bind names when a statement is prepared: by another search path to other tables. */
    private SessionSettings session;

    /** Stands for these from now on. */
    void set(
        String newSql,
        StatementSettings newSettings,
        int resultSetType,
        SessionSettings newSession) {
      sql = newSql;
      settings = newSettings;
      type = resultSetType;
      session = newSession;
      hash = sql.hashCode() * 31 + (settings.isDefault() ? 0 : settings.hashCode()) + type;
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Key)) {
        return false;
      }
      Key key = (Key) other;
      return hash == key.hash
          && type == key.type
          && sql.equals(key.sql)
          && Objects.equals(settings, key.settings)
          && session.equals(key.session);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private static final AtomicIntegerFieldUpdater<Shadow> STATE =
      AtomicIntegerFieldUpdater.newUpdater(Shadow.class, "state");

  /** Whoever makes it {@link #IN_USE} by compare-and-set has it. */
  private static final int RESTS = 0;

  private static final int IN_USE = 1;

  /** Out of its cache, and closed. */
  private static final int DROPPED = 2;

  private final Statement statement;
  private final Key key;
  private final boolean reusable;

  /** Parameters bound by the newest execution: an execution that binds fewer must clear first. */
  private int bound;

  /** Its result outlives the application's connection, and the statement with it. */
  private boolean left;

  /** One of the three above. */
  private volatile int state = IN_USE;

  /** It was taken since its cache last looked. */
  private volatile boolean used;

  Shadow(Statement statement, Key key) {
    this(statement, key, true);
  }

  private Shadow(Statement statement, Key key, boolean reusable) {
    this.statement = statement;
    this.key = key;
    this.reusable = reusable;
  }

  /** A plain statement with settings that no later execution must inherit. */
  static Shadow forOneExecution(Statement statement) {
    return new Shadow(statement, null, false);
  }

  /** False for a statement whose settings are those of one execution. */
  boolean isReusable() {
    return reusable;
  }

  /** The driver's statement; a {@link PreparedStatement} when it was prepared. */
  public Statement statement() {
    return statement;
  }

  /** Null for a plain statement. */
  Key key() {
    return key;
  }

  /** True while an execution has it, or its result. */
  boolean isInUse() {
    return state == IN_USE;
  }

  /** Takes one that rests; false when somebody else has it, or it was dropped. */
  boolean tryUse() {
    if (!STATE.compareAndSet(this, RESTS, IN_USE)) {
      return false;
    }
    if (!used) {
      used = true;
    }
    return true;
  }

  /** Whoever has it needs it no more. */
  void rest() {
    state = RESTS;
  }

  /** True for the one who is to close it while it rests: nobody gets it any more. */
  boolean drop() {
    return STATE.compareAndSet(this, RESTS, DROPPED);
  }

  /** True when it was taken since the last call. */
  boolean wasUsed() {
    boolean was = used;
    used = false;
    return was;
  }

  /**
   * Says how many parameters the coming execution binds, and clears earlier ones when it leaves any
   * of them unset.
   */
  public void binding(int count, boolean complete) throws SQLException {
    if (bound > 0 && (count < bound || !complete)) {
      ((PreparedStatement) statement).clearParameters();
    }
    bound = count;
  }

  /** True when its execution has left a row that nobody has asked for. */
  public boolean waits() {
    try {
      return statement instanceof HookedStatement && ((HookedStatement) statement).rwsplit$waits();
    } catch (LinkageError e) {
      return false;
    }
  }

  /**
   * Releases what the driver releases when its connection is closed, so that the result stays in
   * the state that leaves it in.
   *
   * @return false when the driver has nothing of the kind
   */
  public boolean release() {
    if (!(statement instanceof HookedStatement) || ReusedResult.of(statement) == null) {
      left = hasRowsOfItsOwn();
      return left;
    }
    try {
      ((HookedStatement) statement).rwsplit$release();
      return true;
    } catch (LinkageError e) {
      return false;
    }
  }

  /** True when it was prepared, and its driver has closed what it had prepared. */
  public boolean hasLostPrepared() {
    try {
      return statement instanceof PreparedStatement
          && ((PreparedStatement) statement).getMetaData() == null;
    } catch (SQLException e) {
      return true;
    }
  }

  /**
   * True for drivers whose statements leave an earlier result open when they run again: MariaDB's
   * {@code Statement.executeInternal} just makes another one its current result.
   */
  public static boolean keepsEarlierResults(Statement statement) {
    return statement.getClass().getName().startsWith("org.mariadb.jdbc.");
  }

  /**
   * True for drivers whose results look whether their statement is to close with them each time
   * they are closed: pgjdbc's {@code PgResultSet.close} and MariaDB's {@code Result.close}. MySQL's
   * {@code ResultSetImpl.close} and H2's return at once from the second on.
   */
  public static boolean completesAgain(Statement statement) {
    String driver = statement.getClass().getName();
    return driver.startsWith("org.postgresql.") || driver.startsWith("org.mariadb.jdbc.");
  }

  /**
   * True for drivers whose statements leave their results open when they are closed: the close of
   * MariaDB's {@code MariaDbStatement}, the class that all statements of Connector/J before 3.0
   * are, ends what is on its way and nothing else.
   */
  public static boolean keepsResultsOfClosed(Statement statement) {
    for (Class<?> type = statement.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals("org.mariadb.jdbc.MariaDbStatement")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Leaves the statement and its result to the application, where its driver leaves an earlier
   * result open when the statement runs again. Of rows on their way, the driver reads what is left
   * then.
   *
   * @return false when the driver closes it
   */
  public boolean leave() {
    left = left || (keepsEarlierResults(statement) && hasAllRows());
    return left;
  }

  /**
   * True where the driver may fetch rows after the execution: with a fetch size, which pgjdbc heeds
   * in transactions only ({@code PgStatement.executeInternal}).
   */
  public boolean streams() {
    try {
      return statement.getFetchSize() != 0
          && !(isOfPostgres() && statement.getConnection().getAutoCommit());
    } catch (SQLException e) {
      return false;
    }
  }

  private boolean isOfPostgres() {
    return statement.getClass().getName().startsWith("org.postgresql.");
  }

  /**
   * Has its connection forget it: MySQL's has a list of all statements that are not closed. Those
   * of other drivers know of none but what is running. Only takes it from the list.
   */
  void letGo() {
    if (!statement.getClass().getName().startsWith("com.mysql.")) {
      return;
    }
    try {
      Connection connection = statement.getConnection();
      for (Method method : connection.getClass().getMethods()) {
        if (method.getName().equals("unregisterStatement")
            && method.getParameterTypes().length == 1) {
          Object unused = method.invoke(connection, statement);
          return;
        }
      }
    } catch (SQLException | ReflectiveOperationException | RuntimeException e) {
      // A version of the driver that has another way: it is kept until its connection is closed.
      bound = 0;
    }
  }

  private boolean hasAllRows() {
    try {
      return statement.getFetchSize() == 0
          || !statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
    } catch (SQLException e) {
      return false;
    }
  }

  /** True when the statement is left open with a result that the application may go on reading. */
  public boolean isLeft() {
    return left;
  }

  /**
   * True for drivers that hold a result's rows in memory and do not close it with its connection:
   * pgjdbc's {@code PgConnection.close} and MariaDB's {@code Connection.close} end the protocol and
   * nothing else. Not while rows may still be on their way: with a fetch size, which pgjdbc heeds
   * in transactions only.
   */
  private boolean hasRowsOfItsOwn() {
    String driver = statement.getClass().getName();
    try {
      if (isOfPostgres()) {
        return statement.getFetchSize() == 0 || statement.getConnection().getAutoCommit();
      }
      return driver.startsWith("org.mariadb.jdbc.") && statement.getFetchSize() == 0;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Closes the statement; whatever it says, it is not used again. */
  void discard() {
    if (left) {
      return;
    }
    try {
      statement.close();
    } catch (SQLException | RuntimeException e) {
      // The connection is being given up or is broken: there is nobody to tell.
      bound = 0;
    }
  }
}
