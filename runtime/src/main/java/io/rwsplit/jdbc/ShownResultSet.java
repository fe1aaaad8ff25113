package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.HookedResult;
import io.rwsplit.bootstrap.HookedRows;
import io.rwsplit.bootstrap.RowsHook;
import io.rwsplit.pool.ReusedResult;
import io.rwsplit.pool.Shadow;
import io.rwsplit.pool.StatementSettings;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A replica's result behind the object that the application holds of it. That is
 *
 * <ul>
 *   <li>the replica's own with drivers of servers and H2: its class is woven, and tells this what
 *       is done with it, so this serves the next execution of its statement too;
 *   <li>the application's own with sqlite-jdbc, which has one result object per statement for all
 *       executions: its class is woven, and asks this for everything;
 *   <li>else this, a wrapper: of rows that a driver of the MySQL family fetches one by one, and of
 *       drivers that were loaded before the agent.
 * </ul>
 */
abstract class ShownResultSet extends ObservedResultSet implements RowsHook {
  private static final AtomicReferenceFieldUpdater<ShownResultSet, HookedRows> ROWS =
      AtomicReferenceFieldUpdater.newUpdater(ShownResultSet.class, HookedRows.class, "rows");

  private static final AtomicIntegerFieldUpdater<ShownResultSet> OVER =
      AtomicIntegerFieldUpdater.newUpdater(ShownResultSet.class, "over");

  final ManagedStatement owner;

  /** The application's. */
  final Statement statement;

  Shadow shadow;

  /** The application's own result object, when it shows this result's rows; else null. */
  final HookedResult face;

  /** The application holds the replica's own result. */
  final boolean direct;

  /** The replica's own result while the application has that open; else null. */
  private volatile HookedRows rows;

  /** The driver is asked for something that may close the result itself. */
  private boolean asking;

  /** What answers for closed ones; null before the first, and where their driver does. */
  private ClosedRows closedRows;

  /** 1 once the application, or rwsplit, has closed it. */
  volatile int over;

  /** A limit of rows was set: the result may end before the query does. */
  boolean limited;

  /** It comes from {@code execute}, and the application has not asked for it. */
  volatile boolean unopened;

  /** The shadow got a setting that it must not keep. */
  boolean tampered;

  /** Its statement had no result before it. */
  private boolean first;

  /** Its end is no completion of its statement: the driver had closed it before. */
  private boolean closedBefore;

  ShownResultSet(
      ResultSet result,
      ManagedStatement owner,
      Statement statement,
      Shadow shadow,
      boolean limited,
      boolean inPlace,
      boolean direct) {
    super(result);
    this.direct = direct;
    this.rows = direct ? (HookedRows) result : null;
    this.owner = owner;
    this.statement = statement;
    this.shadow = shadow;
    this.limited = limited;
    this.face = inPlace ? ReusedResult.of(statement) : null;
  }

  /**
   * The application may see it from now on.
   *
   * @param opened false after {@code execute}, where the application has to ask for the result
   */
  final void begin(boolean opened) {
    HookedRows own = rows;
    if (own != null) {
      own.rwsplit$hook(this);
    }
    unopened = face != null && !opened;
    if (face != null) {
      first = !owner.wasUsed();
      face.rwsplit$served(this);
      readNothing();
    }
  }

  /**
   * The application never sees it: hides it, and leaves the driver's own object as that was before.
   *
   * @return true when the statement has had no result then
   */
  final boolean neverShown() {
    hide();
    unread();
    return first;
  }

  /**
   * The driver's own object shows what the application gets: as if it was never used, or closed.
   */
  final void unread() {
    if (face != null && first) {
      ReusedResult.lastColumn(face, 0);
    }
  }

  /**
   * sqlite-jdbc's message about {@code wasNull} before the first row names the column read last: 0
   * of an object that was never used, -1 since an execution or {@code close} has closed it.
   */
  private void readNothing() {
    if (delegate instanceof HookedResult) {
      ReusedResult.lastColumn((HookedResult) delegate, first ? 0 : -1);
      ReusedResult.lastColumn(face, -1);
    }
  }

  /** The application asks for the result of {@code execute}. */
  final void open() throws SQLException {
    if (unopened && !isOver()) {
      unopened = false;
      ResultSet same = shadow.statement().getResultSet();
      delegate = same == null ? delegate : same;
    }
  }

  /**
   * Its statement closes with it from now on: by the driver only if it is open. sqlite-jdbc 3.36
   * and before opens no result without rows.
   */
  final void noteCompletion() {
    boolean closed = false;
    try {
      closed = face != null && !unopened && delegate.isClosed();
    } catch (SQLException e) {
      // Its driver's own object says so when the application asks for it.
    }
    closedBefore = closed;
  }

  /** True when its end leaves its statement open. */
  final boolean isClosedBefore() {
    return closedBefore;
  }

  /** What the application gets. */
  final ResultSet shown() {
    return face != null ? (ResultSet) face : direct ? delegate : this;
  }

  /** The application's own result object shows what the driver does with it again. */
  final void hide() {
    if (face != null && face.rwsplit$served() == this) {
      face.rwsplit$served(null);
    }
  }

  /**
   * The application asks for a closed result again, which sqlite-jdbc opens without rows. The
   * driver's own object does as well what a prepared statement's would.
   *
   * @return null when it cannot
   */
  final ResultSet openAgain() throws SQLException {
    if (face == null || unopened || isOnItsOwn() || !(statement instanceof PreparedStatement)) {
      return null;
    }
    hide();
    return statement.getResultSet();
  }

  /** Closes what {@link #openAgain} opened. */
  final void closeAgain() throws SQLException {
    if (face != null && face.rwsplit$served() == null) {
      ((ResultSet) face).close();
    }
  }

  /** What the driver's object has of earlier executions is gone with their result. */
  final void closeFace() throws SQLException {
    if (face == null || face.rwsplit$served() != this) {
      return;
    }
    if (shadow.statement() instanceof PreparedStatement) {
      face.rwsplit$served(null);
      try {
        ((ResultSet) face).close();
      } finally {
        face.rwsplit$served(this);
      }
    } else {
      forgetFetchSize();
    }
  }

  /** sqlite-jdbc keeps the fetch size in the result, and loses it when that is closed. */
  final void forgetFetchSize() throws SQLException {
    if (face != null && ((ResultSet) face).getFetchSize() != 0) {
      ((ResultSet) face).setFetchSize(0);
    }
  }

  /** True when the driver's statements have one result for all executions. */
  final boolean isInPlace() {
    return face != null;
  }

  /**
   * The application limited the rows of its statement, which in sqlite-jdbc holds for the result
   * that is open.
   */
  final void limit(long rows) throws SQLException {
    if (face != null && !isOver()) {
      tampered = true;
      limited = true;
      StatementSettings.maxRows(shadow.statement(), rows);
    }
  }

  /** True when it stays as it is, whatever its statement does from now on but to be closed. */
  abstract boolean isOnItsOwn();

  /** True when the application, or rwsplit, has closed it. */
  final boolean isOver() {
    return over != 0;
  }

  /** It is open, with the rows of another execution. */
  final void openAnew() {
    tampered = false;
    first = false;
    forgetSamples();
    // Last: whoever sees it open, to cancel it, sees its new shadow.
    over = 0;
    if (direct) {
      rows = (HookedRows) delegate;
    }
  }

  /** True for the first who closes it. */
  final boolean isFirstToClose() {
    if (!direct) {
      return OVER.compareAndSet(this, 0, 1);
    }
    HookedRows own = rows;
    return own != null && isFirstToClose(own);
  }

  /** Not of an earlier one, whose statement this has served again since. */
  private boolean isFirstToClose(HookedRows own) {
    if (!ROWS.compareAndSet(this, own, null)) {
      return false;
    }
    over = 1;
    return true;
  }

  @Override
  public final boolean closing(Object result) {
    if (asking || !isFirstToClose((HookedRows) result)) {
      return false;
    }
    ending();
    return true;
  }

  @Override
  public final void closed(Object result, boolean first, boolean ok) {
    try {
      if (first) {
        ended((ResultSet) result, ok);
      } else if (result == delegate) {
        endedAgain();
      }
    } catch (SQLException e) {
      throw Sneaky.rethrow(e);
    }
  }

  /**
   * Has the driver go past the result, on a statement of its own.
   *
   * @param state as {@link RedirectedResultSet#state} returns it
   */
  final void goPast(Statement state, int current) throws SQLException {
    asking = true;
    try {
      boolean unused = state.getMoreResults(current);
    } finally {
      asking = false;
    }
  }

  /** Closes the result that the application holds, as its own close does. */
  final void closeDirect() throws SQLException {
    HookedRows own = rows;
    if (own == null || !closing(own)) {
      delegate.close();
      endedAgain();
      return;
    }
    // It may never have got the hook, and is not to ask it now.
    own.rwsplit$hook(null);
    boolean ok = false;
    try {
      ((ResultSet) own).close();
      ok = true;
    } finally {
      ended((ResultSet) own, ok);
    }
  }

  /** The first close begins. Throws nothing. */
  abstract void ending();

  /**
   * The first close is over.
   *
   * @param ok false when it has thrown something
   */
  abstract void ended(ResultSet result, boolean ok) throws SQLException;

  /** A further close is over. */
  abstract void endedAgain() throws SQLException;

  /**
   * A closed result is not to keep the application's statement alive, nor its connection: the
   * replica's statement has it still.
   */
  final void letGo(ResultSet closed) {
    ((HookedRows) closed).rwsplit$hook(afterwards());
  }

  /** Whoever closes it once more may close its statement by that. */
  final void watchClosed() {
    if (direct && isOver()) {
      ((HookedRows) delegate).rwsplit$hook(this);
    }
  }

  private RowsHook afterwards() {
    if (!owner.context.engine.isMySqlFamily()) {
      return null;
    }
    if (closedRows == null) {
      closedRows = new ClosedRows(statement, owner.connection().newestRead.matters());
    }
    return closedRows;
  }

  @Override
  public final Object statement(Object result, Object own) {
    return statement;
  }

  @Override
  public final Object warnings(Object result) {
    try {
      return owner.connection().newestRead.matters() ? statement.getWarnings() : this;
    } catch (SQLException e) {
      throw Sneaky.rethrow(e);
    }
  }

  @Override
  public final boolean clearWarnings(Object result) {
    try {
      if (!owner.connection().newestRead.matters()) {
        return false;
      }
      statement.clearWarnings();
      return true;
    } catch (SQLException e) {
      throw Sneaky.rethrow(e);
    }
  }
}
