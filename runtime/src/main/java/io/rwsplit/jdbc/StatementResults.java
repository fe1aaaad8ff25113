package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Setting;
import io.rwsplit.engine.Engine;
import io.rwsplit.engine.Jdbc3;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the newest execution of an application statement left: a replica's result or the driver's
 * own, and what becomes of it when the statement runs again, goes on to more results, or is closed.
 *
 * <p>Used by one thread at a time, as statements are; {@code cancel} and {@code close} may come
 * from another, hence the volatile fields.
 */
abstract class StatementResults extends MasterResults {
  /** The driver runs, and a fault has kept that from being noted in any other way. */
  boolean inDoubt;

  /** The thread of the execution on the master that is running; null when none is. */
  ThreadState entrant;

  /** True from an execution on a replica until the next execution. */
  private volatile boolean redirected;

  /** What that execution returned, open or closed. */
  private volatile RedirectedResultSet result;

  /** The application has had the result: drivers differ in what a second question answers. */
  private boolean asked;

  /** The application went past the result by {@code getMoreResults}. */
  private boolean exhausted;

  /** An execution is closing a result that the application went past. */
  private boolean passedBy;

  /** That result was closed when the running execution on the master began. */
  private boolean overBefore;

  /** The driver refused the form of the running execution, before it did anything. */
  boolean unsupported;

  /** The application executed it before, and did not close it since. */
  private boolean executed;

  /** It had a result in its life. */
  private boolean used;

  volatile boolean closed;

  StatementResults(ManagedConnection connection, String sql, boolean masterOnly) {
    super(connection, sql, masterOnly);
  }

  /** A replica has run it: what it left is the application's from now on. */
  final void served(
      RedirectedResultSet served, Statement statement, String sql, int kind, ThreadState thread)
      throws SQLException {
    if (!settled) {
      settled = true;
      endMasterResult(statement, thread);
    }
    if (executed || sql == null) {
      served.forgetFetchSize();
    }
    served.begin(kind == QUERY);
    if (closeOnCompletion) {
      served.noteCompletion();
    }
    result = served;
    asked = kind == QUERY;
    exhausted = false;
    executed = true;
    used = true;
    redirected = true;
    served.closesStatement = closeOnCompletion;
    connection.newestRead.served(served.lease(), statement, connection, thread);
    connection.opened(served);
    if (connection.isClosed()) {
      served.orphan();
    } else if (closed) {
      served.closeQuietly();
    }
  }

  /** A fault came between the replica's answer and the application: as if it was never served. */
  final void takeBack(RedirectedResultSet served) {
    try {
      if (served.neverShown()) {
        used = false;
      }
      served.closeQuietly();
    } finally {
      if (result == served) {
        redirected = false;
        result = null;
      }
    }
  }

  /** The driver is about to run it on the master. */
  final void beginOnMaster() {
    overBefore = result == null || result.isOver();
    if (redirected && !driverEndsRedirect()) {
      redirected = false;
    }
    settled = false;
    connection.newestRead.over();
    executed = true;
    endOpenWrite();
    masterResult = null;
    unasked = false;
  }

  /**
   * The driver has run it on the master.
   *
   * @param value a result, what {@code execute} returned, or null
   */
  final void endOnMaster(int kind, Object value, boolean ok) {
    if (value instanceof ResultSet) {
      masterResult = (ResultSet) value;
    } else {
      // Of a driver that closes it, what one of the other forms made of a query stays open too.
      unasked = connection.driver.tells() || Boolean.TRUE.equals(value);
    }
    used |= ok && kind != UPDATE;
    endRedirectAfter(kind, ok);
  }

  /** True when the bare driver would have closed the result of this statement before. */
  final boolean wasUsed() {
    return used || preparedSql != null;
  }

  /** The application closes the statement. */
  final void closing() {
    closed = true;
    executed = false;
    unasked = false;
    if (!redirected || result == null || !result.outlivesStatement()) {
      endRedirect();
      if (redirected && result != null) {
        result.statementClosed();
      }
    }
    endOpenWrite();
  }

  /** The result of the newest execution when that is a replica's and open; else null. */
  final RedirectedResultSet openResult() {
    RedirectedResultSet open = result;
    return !redirected || open == null || open.isOver() ? null : open;
  }

  /** The result of an earlier execution that a further one may be shown through; or null. */
  final RedirectedResultSet resultForReuse(boolean direct) {
    RedirectedResultSet last = result;
    return last != null && last.isReusable(direct) ? last : null;
  }

  /** The statement is about to run again. */
  final void endRedirectBefore() {
    RedirectedResultSet open = result;
    if (!redirected || open == null || !open.leave()) {
      endRedirect();
    }
  }

  private void endRedirect() {
    RedirectedResultSet open = result;
    if (redirected && open != null && !open.isOnItsOwn()) {
      closeFor(open);
    }
  }

  /**
   * True when the driver's own method, which is about to run on the master, decides whether it
   * closes the earlier result, which stands for its own: one that refuses its arguments does not.
   */
  final boolean driverEndsRedirect(int kind) {
    return driverEndsRedirect()
        && (!result.isInPlace() || preparedSql != null || !closeOnCompletion || kind == UPDATE);
  }

  private boolean driverEndsRedirect() {
    return redirected && result != null && (result.isInPlace() || connection.driver.show());
  }

  /**
   * True when the coming execution closes the open result, and that the statement: on the bare
   * driver it fails then, and how it does is the driver's affair.
   */
  final boolean closesItself(Statement statement) throws SQLException {
    if (!closeOnCompletion || connection.driver.lists()) {
      return false;
    }
    if (unasked) {
      return true;
    }
    ResultSet ofMaster = masterResult;
    if (ofMaster != null) {
      return !Jdbc3.isClosed(ofMaster);
    }
    return driverEndsRedirect(QUERY)
        ? !result.isOver() && !exhausted && !result.isClosedBefore()
        : leftOpen(statement) != null;
  }

  /** The driver forgets, at the start of an execution, what the one before left. */
  final void forget() {
    connection.driver.told();
    RedirectedResultSet last = result;
    if (redirected && last != null && isRunning()) {
      redirected = false;
      result = null;
      closeFor(last);
    }
  }

  /** pgjdbc does not take for a completion when it closes what the application went past. */
  private void closeFor(RedirectedResultSet last) {
    passedBy = exhausted;
    try {
      last.closeQuietly();
    } finally {
      passedBy = false;
    }
  }

  /** What becomes of it cannot be followed: it is over before the driver runs. */
  final void abandon() {
    endRedirect();
    if (result == null || !result.isInPlace()) {
      redirected = false;
    }
  }

  /**
   * The driver has run what a fault kept from being followed: what it has, and no replica's result,
   * is what the application gets to see.
   *
   * @param value a result, what {@code execute} returned, or null for a failure and other forms
   */
  final void showDriver(Object value) {
    RedirectedResultSet last = result;
    boolean refused = unsupported;
    boolean inPlace = redirected && last != null && last.isInPlace();
    if (redirected && last != null && value != null) {
      redirected = false;
      result = null;
      // First hidden: the driver's object has what is new already, and must not be closed.
      last.hide();
      closeFor(last);
    } else if (inPlace && preparedSql != null) {
      endAfterFailure(last);
    } else if (!refused) {
      abandon();
      if (inPlace) {
        last.statementLost();
      }
    }
    // Last: until here all of it may be done once more.
    unsupported = false;
    settled = false;
    executed = true;
    masterResult = value instanceof ResultSet ? (ResultSet) value : null;
    unasked = Boolean.TRUE.equals(value);
  }

  /** True while the driver runs an execution of the application's on the master. */
  final boolean isRunning() {
    return entrant != null;
  }

  /** An execution on the master is over, and with it what a replica served before. */
  private void endRedirectAfter(int kind, boolean ok) {
    boolean refused = unsupported;
    unsupported = false;
    RedirectedResultSet last = result;
    if (!redirected || last == null) {
      return;
    }
    if (!last.isInPlace()) {
      if (!connection.driver.isUntouched(last.statement())) {
        redirected = false;
        result = null;
        if (!last.leave()) {
          last.closeQuietly();
        }
      }
      return;
    }
    if (refused || last.isOnItsOwn()) {
      return;
    }
    if (ok && kind != UPDATE) {
      // First hidden: the driver's object has the new rows already, and must not be closed.
      last.hide();
      endRedirect();
      redirected = false;
      result = null;
    } else if (preparedSql == null) {
      endRedirect();
      // The driver has nothing prepared now, not even an object to say so.
      last.statementLost();
    } else {
      endAfterFailure(last);
    }
  }

  /** A prepared read is run by no form that returns no rows: it was refused, or failed half-way. */
  private void endAfterFailure(RedirectedResultSet last) {
    if (!overBefore && last.isOver()) {
      redirected = false;
      result = null;
      last.hide();
      closeQuietly(last.shown());
    }
  }

  /** A batch begins: sqlite-jdbc closes the result and forgets what it has prepared. */
  final void loseStatement() {
    RedirectedResultSet last = result;
    if (redirected && preparedSql == null && last != null && last.isInPlace()) {
      endRedirect();
      last.statementLost();
    }
  }

  /** The application adds the parameters of its prepared statement to a batch. */
  final void addedToBatch() throws SQLException {
    RedirectedResultSet open = openResult();
    if (open != null && open.isInPlace()) {
      open.addToBatch(parameters);
    }
  }

  /** The application empties the batch of its prepared statement, and of sqlite-jdbc more. */
  final void batchCleared() throws SQLException {
    if (preparedSql == null || context.engine != Engine.SQLITE) {
      return;
    }
    // The driver keeps the parameters in the batch.
    clearParameters();
    RedirectedResultSet open = openResult();
    if (open != null && open.isInPlace()) {
      open.clearBatch();
    }
  }

  /** The batch of a prepared read was run by sqlite-jdbc, which forgets its parameters. */
  final void batchRan() {
    // The driver keeps the parameters in the batch.
    clearParameters();
    RedirectedResultSet open = openResult();
    if (open != null && open.isInPlace()) {
      open.runBatch();
    }
  }

  /** The driver's own result on the master goes on where a replica's ended. */
  void tookOver() {
    settled = false;
    redirected = false;
    result = null;
  }

  /**
   * A result of a replica failed after it was handed out.
   *
   * @return true when the failure speaks of the replica and not of the statement
   */
  boolean failedLate(int replica, SQLException failure) {
    try {
      return !connection.isClosed() && context.replicaFailed(replica, failure).isOfReplica();
    } catch (Throwable t) {
      context.fault("result of a replica", t);
      return false;
    }
  }

  /**
   * True when what a result was made from has not been touched since.
   *
   * @param then the count of modifications at its execution
   */
  boolean isAsBefore(int then) {
    return modifications == then && !closed && !connection.isClosed();
  }

  void fault(Throwable fault) {
    context.fault("result of a replica", fault);
  }

  /** The application, or an execution, has closed a result that a replica served. */
  final void resultClosed(RedirectedResultSet over, Statement statement) throws SQLException {
    if (closeOnCompletion && !closed && !passedBy && completes(over)) {
      statement.close();
    }
  }

  private boolean completes(RedirectedResultSet over) throws SQLException {
    if (connection.driver.lists()) {
      return over.closesStatement;
    }
    if (over.isClosedBefore()) {
      return false;
    }
    RedirectedResultSet last = redirected ? result : null;
    if (last == null) {
      return masterResult == null ? !unasked : Jdbc3.isClosed(masterResult);
    }
    return last == over || last.isInPlace() || Jdbc3.isClosed(last);
  }

  @Override
  public void setting(int setting, long value) {
    super.setting(setting, value);
    RedirectedResultSet open = result;
    if (!redirected || open == null) {
      return;
    }
    Throwable fault = null;
    // Else the open result would have other rows, or another end, than the driver's.
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          context.fault("statement setting", fault);
        }
        set(open, setting, value);
        return;
      } catch (Throwable t) {
        fault = t;
      }
    }
    context.fault("statement setting", fault);
  }

  private static void set(RedirectedResultSet open, int setting, long value) throws SQLException {
    if (setting == Setting.CLOSE_ON_COMPLETION) {
      open.closesStatement = true;
      open.noteCompletion();
      open.watchClosed();
    } else if (setting == Setting.MAX_ROWS) {
      open.limit(value);
    }
  }

  @Override
  public boolean redirected() {
    RedirectedResultSet last = result;
    // The driver's own body may ask for the result it has just made.
    // Without a call of ours: outside of the handler there is none.
    if (!redirected || inDoubt || last == null || (closed && last.face == null)) {
      return false;
    }
    Throwable fault = null;
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          context.fault("statement call", fault);
        }
        return !ThreadState.current().isInside(connection);
      } catch (Throwable t) {
        fault = t;
      }
    }
    return entrant == null;
  }

  @Override
  public Object resultSet() {
    RedirectedResultSet last = result;
    Throwable fault = null;
    // A fault comes before the answer, and nothing was changed by then that is not so again.
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          context.fault("statement call", fault);
        }
        return resultSet(last);
      } catch (SQLException e) {
        throw Sneaky.rethrow(e);
      } catch (Throwable t) {
        fault = t;
      }
    }
    asked = true;
    Object shown = last.face != null ? last.face : last.direct ? last.delegate : last;
    return exhausted ? null : shown;
  }

  private Object resultSet(RedirectedResultSet last) throws SQLException {
    if (last.isOver() && !exhausted) {
      ResultSet again = openAgain(last);
      if (again != null) {
        return again;
      }
    }
    // Of one that is open already a fault must not lead elsewhere: it is the driver's to refuse.
    if (last.unopened && !opened(last)) {
      asked = true;
      last.unread();
      return last.shown();
    }
    if (closeOnCompletion && !asked) {
      last.noteCompletion();
    }
    Statement state = last.state(false);
    if (state != null && last.refusesResult(asked && !exhausted)) {
      // Throws where the driver does.
      ResultSet unused = state.getResultSet();
    }
    Object shown = exhausted ? null : last.shown();
    asked = true;
    return shown;
  }

  /** False when the replica's could not be opened, and the master's own has taken its place. */
  private boolean opened(RedirectedResultSet last) throws SQLException {
    Throwable fault = null;
    // Either it was not begun, or the driver's object is open already.
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          context.fault("result of a replica", fault);
        }
        last.open();
        return true;
      } catch (SQLException e) {
        if (last.openElsewhere(e)) {
          return false;
        }
        throw e;
      } catch (Throwable t) {
        fault = t;
      }
    }
    if (last.openElsewhere(fault)) {
      return false;
    }
    throw Sneaky.rethrow(fault);
  }

  private ResultSet openAgain(RedirectedResultSet last) throws SQLException {
    ThreadState thread = ThreadState.current();
    thread.enter(connection);
    try {
      return last.openAgain();
    } finally {
      connection.leave(thread);
    }
  }

  @Override
  public boolean moreResults(int current) {
    RedirectedResultSet last = result;
    Throwable fault = null;
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          context.fault("statement call", fault);
        }
        past(last, current);
        return false;
      } catch (SQLException e) {
        throw Sneaky.rethrow(e);
      } catch (Throwable t) {
        fault = t;
      }
    }
    exhausted = true;
    return false;
  }

  private void past(RedirectedResultSet last, int current) throws SQLException {
    // sqlite-jdbc takes this argument only.
    Statement state = last.state(current != Statement.CLOSE_CURRENT_RESULT);
    if (state != null) {
      // Throws where the driver does; there is one result, and no more.
      last.goPast(state, current);
      last.wentPast();
    }
    last.closeAgain();
    exhausted = true;
    // Of the other arguments, and what is none, drivers make this and that.
    if ((current == Statement.CLOSE_CURRENT_RESULT && !last.isDrained()) || Jdbc3.isClosed(last)) {
      last.closeQuietly();
    }
  }

  @Override
  public Object warnings() {
    RedirectedResultSet last = result;
    try {
      if (connection.newestRead.matters()) {
        return last.statement().getConnection().getWarnings();
      }
      return last.statementWarnings();
    } catch (SQLException e) {
      throw Sneaky.rethrow(e);
    } catch (Throwable t) {
      context.fault("statement call", t);
      return null;
    }
  }

  /** The application clears them. */
  final void clearWarnings() throws SQLException {
    connection.newestRead.over();
    RedirectedResultSet last = result;
    if (redirected && last != null) {
      last.clearStatementWarnings();
    }
  }
}
