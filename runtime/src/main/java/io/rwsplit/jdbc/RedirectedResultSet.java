package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.HookedResult;
import io.rwsplit.engine.Engine;
import io.rwsplit.pool.ReusedResult;
import io.rwsplit.pool.Shadow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A result that a replica served, as the application sees it: belongs to the application's
 * statement, and gives the replica's connection back when it is closed.
 *
 * <p>A wrapper because drivers reuse result objects (sqlite-jdbc has one per statement): closing an
 * old result twice must not close the next one of the same shadow. Once closed it stands for a
 * closed result of the driver, so that later calls answer and fail as on the bare driver.
 */
final class RedirectedResultSet extends ObservedResultSet {
  private final ManagedStatement owner;
  private final Statement statement;
  private final HeldLease lease;
  private final Shadow shadow;

  /** The application's own result object, when it shows this result's rows; else null. */
  private final HookedResult face;

  private final Repeat repeat;
  private final boolean observed;

  /** Its rows may still be on their way: asking for one may wait for the server. */
  private final boolean streams;

  private final AtomicBoolean closing = new AtomicBoolean();
  private boolean live = true;

  /** The connection was closed over it: it stays as the driver leaves results then. */
  private volatile boolean orphaned;

  /** The statement ran again, at which the driver leaves earlier results open. */
  private volatile boolean left;

  /** Stands for a result whose statement is closed, or failed and lost what it had prepared. */
  private volatile boolean withoutStatement;

  /** A limit of rows was set: the result may end before the query does. */
  private boolean limited;

  /** It comes from {@code execute}, and the application has not asked for it. */
  private volatile boolean unopened;

  /** The shadow got a setting that it must not keep. */
  private boolean tampered;

  /** What the shadow's statement warned of; known once the result is closed. */
  private SQLWarning warnings;

  private long delivered;

  /** Its statement closes with it, of drivers whose results remember that themselves. */
  volatile boolean closesStatement;

  /** The replica failed, and the driver's own result on the master has taken over. */
  private boolean onMaster;

  /** The replica failed, and its commit was rebuilt: where the rest is read; null otherwise. */
  private PastRead past;

  RedirectedResultSet(
      ResultSet result,
      ManagedStatement owner,
      Statement statement,
      HeldLease lease,
      Shadow shadow,
      boolean limited,
      Repeat repeat) {
    super(result);
    this.owner = owner;
    this.statement = statement;
    this.lease = lease;
    this.shadow = shadow;
    this.limited = limited;
    this.repeat = repeat;
    this.observed = repeat.isPossible();
    this.streams = owner.context.engine.isServer() && shadow.streams();
    this.face = lease.lease.pool().isInPlace() ? ReusedResult.of(statement) : null;
  }

  /**
   * The application may see it from now on.
   *
   * @param opened false after {@code execute}, where the application has to ask for the result
   */
  void begin(boolean opened) {
    unopened = face != null && !opened;
    if (face != null) {
      face.rwsplit$served(this);
      readNothing();
    }
  }

  /**
   * sqlite-jdbc's message about {@code wasNull} before the first row names the column read last: 0
   * of an object that was never used, -1 since an execution or {@code close} has closed it.
   */
  private void readNothing() {
    if (delegate instanceof HookedResult) {
      ReusedResult.lastColumn((HookedResult) delegate, owner.wasUsed() ? -1 : 0);
      ReusedResult.lastColumn(face, -1);
    }
  }

  /** The application asks for the result of {@code execute}. */
  void open() throws SQLException {
    if (unopened && !closing.get()) {
      unopened = false;
      ResultSet same = shadow.statement().getResultSet();
      delegate = same == null ? delegate : same;
    }
  }

  /** What the application gets: the object that its own statement's executions always return. */
  ResultSet shown() {
    return face == null ? this : (ResultSet) face;
  }

  /** The application's own result object shows what the driver does with it again. */
  void hide() {
    if (face != null && face.rwsplit$served() == this) {
      face.rwsplit$served(null);
    }
  }

  @Override
  public boolean next() throws SQLException {
    try {
      boolean more = streams ? nextStreamed() : delegate.next();
      if (!more
          && live
          && !limited
          && !unopened
          && !closing.get()
          && delegate.getType() == TYPE_FORWARD_ONLY) {
        live = false;
        owner.connection().exhausted(lease);
      }
      if (more) {
        delivered++;
        if (observed) {
          atRow(delivered);
        }
      }
      return more;
    } catch (SQLException e) {
      if (!onMaster && owner.failedLate(lease.replica, e) && !closing.get() && takeOver()) {
        return delegate.next();
      }
      throw e;
    }
  }

  private boolean nextStreamed() throws SQLException {
    if (onMaster || closing.get()) {
      return delegate.next();
    }
    lease.lease.asks();
    try {
      return delegate.next();
    } finally {
      lease.lease.answered();
    }
  }

  /** Goes on with the same rows from the master, or from its pages at the replica's commit. */
  private boolean takeOver() {
    if (!observed || !repeat.isRepeatable()) {
      return false;
    }
    // The driver's own execution closes and fills its object itself.
    hide();
    ResultSet again =
        Continuation.onMaster(owner, statement, lease.replica, repeat, delivered, samples());
    if (again != null) {
      if (face != null) {
        owner.tookOver();
      }
    } else {
      if (face != null) {
        face.rwsplit$served(this);
      }
      past = Continuation.atCommit(owner, lease, repeat, delivered, samples());
      if (past == null) {
        return false;
      }
      again = past.rows();
    }
    delegate = again;
    onMaster = true;
    lease.lease.giveBack(shadow, false);
    owner.connection().finished(lease, this, live);
    live = false;
    return true;
  }

  @Override
  public Statement getStatement() throws SQLException {
    if (closing.get()) {
      // Some drivers still answer after close, others throw: the closed result decides which.
      Statement unused = delegate.getStatement();
    }
    return statement;
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    ResultSetMetaData metaData = delegate.getMetaData();
    return (Object) metaData == delegate ? new DelegatingMetaData(this) : metaData;
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return owner.connection().newestRead.matters()
        ? statement.getWarnings()
        : delegate.getWarnings();
  }

  @Override
  public void clearWarnings() throws SQLException {
    if (owner.connection().newestRead.matters()) {
      statement.clearWarnings();
    } else {
      delegate.clearWarnings();
    }
  }

  /** What the driver's statement has to say of the execution; null for nothing. */
  SQLWarning statementWarnings() throws SQLException {
    return isOver() && !orphaned ? warnings : shadowStatement().getWarnings();
  }

  void clearStatementWarnings() throws SQLException {
    warnings = null;
    if (!isOver()) {
      shadowStatement().clearWarnings();
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : delegate.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    // The driver first: MySQL's refuses to say it of a closed result.
    return delegate.isWrapperFor(type) || type.isInstance(this);
  }

  @Override
  public void close() throws SQLException {
    if (unopened && !closing.get()) {
      // The driver does nothing either: the result can still be asked for.
      delegate.close();
      closeFace();
    } else {
      end();
    }
  }

  private void end() throws SQLException {
    if (!closing.compareAndSet(false, true)) {
      if (orphaned || left) {
        delegate.close();
      }
      if (face == null) {
        owner.resultClosed(this, statement);
      } else {
        forgetFetchSize();
      }
      return;
    }
    owner.returned(delivered);
    ResultSet result = delegate;
    boolean reusable = false;
    keepWarnings();
    boolean waits = streams && live && !onMaster;
    if (waits) {
      lease.lease.asks();
    }
    try {
      result.close();
      reusable = true;
    } finally {
      if (waits) {
        lease.lease.answered();
      }
      if (!onMaster) {
        ResultSet closed = owner.connection().ended(lease.lease);
        delegate = closed == null ? result : closed;
        // Of an unopened one the driver's close leaves the native statement under way.
        giveBack(reusable && !tampered && !unopened);
        closeFace();
      } else if (past != null) {
        ResultSet closed = lease.lease.pool().closedResult();
        delegate = closed == null ? result : closed;
        past.close();
        closeFace();
      }
      if (!unopened) {
        owner.resultClosed(this, statement);
      }
    }
  }

  /** pgjdbc's statement keeps them beyond its result. */
  private void keepWarnings() {
    if (owner.context.engine == Engine.POSTGRESQL && !onMaster) {
      try {
        warnings = shadow.statement().getWarnings();
      } catch (SQLException e) {
        warnings = null;
      }
    }
  }

  /** The statement has nothing prepared any more: its closed result says so from now on. */
  void statementLost() {
    ResultSet closed = lease.lease.pool().closedResult();
    if (closed != null && !orphaned && !left) {
      delegate = closed;
      withoutStatement = true;
    }
  }

  /** The application closes its connection: leaves the result as the driver leaves its own. */
  void orphan() {
    if (!shadow.release()) {
      closeQuietly();
    } else if (closing.compareAndSet(false, true)) {
      orphaned = true;
      if (!onMaster) {
        giveBack(false);
      }
    }
  }

  /** True when it stays as it is, whatever its statement does from now on but to be closed. */
  boolean isOnItsOwn() {
    return orphaned || left;
  }

  /**
   * The application asks for a closed result again, which sqlite-jdbc opens without rows. The
   * driver's own object does as well what a prepared statement's would.
   *
   * @return null when it cannot
   */
  ResultSet openAgain() throws SQLException {
    if (face == null || unopened || isOnItsOwn() || !(statement instanceof PreparedStatement)) {
      return null;
    }
    hide();
    return statement.getResultSet();
  }

  /** Closes what {@link #openAgain} opened. */
  void closeAgain() throws SQLException {
    if (face != null && face.rwsplit$served() == null) {
      ((ResultSet) face).close();
    }
  }

  HeldLease lease() {
    return lease;
  }

  /** The application's statement. */
  Statement statement() {
    return statement;
  }

  /**
   * The statement runs again: leaves the result as the driver leaves its own.
   *
   * @return false when the driver closes it
   */
  boolean leave() {
    if (closing.get()) {
      return true;
    }
    if (onMaster || !shadow.leave()) {
      return false;
    }
    if (closing.compareAndSet(false, true)) {
      left = true;
      giveBack(false);
    }
    return true;
  }

  /** The application closes the statement whose newest result this is. */
  void statementClosed() {
    if (isOnItsOwn() && shadow.isLeft()) {
      closeQuietly();
    } else {
      statementLost();
    }
  }

  /**
   * The application limited the rows of its statement, which in sqlite-jdbc holds for the result
   * that is open.
   */
  void limit(long rows) throws SQLException {
    if (face != null && !closing.get()) {
      tampered = true;
      limited = true;
      shadow.statement().setLargeMaxRows(rows);
    }
  }

  /** What the driver's object has of earlier executions is gone with their result. */
  private void closeFace() throws SQLException {
    if (face == null || face.rwsplit$served() != this) {
      return;
    }
    if (shadow.statement() instanceof PreparedStatement) {
      face.rwsplit$served(null);
      ((ResultSet) face).close();
      face.rwsplit$served(this);
    } else {
      forgetFetchSize();
    }
  }

  /** sqlite-jdbc keeps the fetch size in the result, and loses it when that is closed. */
  void forgetFetchSize() throws SQLException {
    if (face != null && ((ResultSet) face).getFetchSize() != 0) {
      ((ResultSet) face).setFetchSize(0);
    }
  }

  /** True when the driver's statements have one result for all executions. */
  boolean isInPlace() {
    return face != null;
  }

  /** True when the application, or rwsplit, has closed it. */
  boolean isOver() {
    return closing.get();
  }

  /** The application's close must not fail because of our bookkeeping. */
  private void giveBack(boolean reusable) {
    try {
      lease.lease.giveBack(shadow, reusable);
      owner.connection().finished(lease, this, live);
    } catch (RuntimeException e) {
      owner.fault(e);
    }
  }

  /** Closes it on behalf of rwsplit: nobody is there to be told of a failure. */
  void closeQuietly() {
    try {
      end();
    } catch (SQLException e) {
      boolean unused = owner.failedLate(lease.replica, e);
    } catch (RuntimeException e) {
      owner.fault(e);
    }
  }

  /**
   * A statement of the driver's whose {@code getMoreResults} and {@code getResultSet} fail where
   * the application's would: the shadow while the result is open, then one whose result is closed;
   * null for drivers that have none to show.
   */
  Statement state() throws SQLException {
    if (!isOver() || isOnItsOwn()) {
      return shadow.statement();
    }
    return face == null ? null : delegate.getStatement();
  }

  /** True when {@link #state} may be asked for its result: for a closed one it would open it. */
  boolean refusesResult(boolean asked) {
    return withoutStatement
        || orphaned
        || (asked && !isOver())
        || (face != null && owner.connection().isClosed());
  }

  /** The shadow's statement, for {@code cancel}. */
  Statement shadowStatement() {
    return past == null ? shadow.statement() : past.statement();
  }
}
