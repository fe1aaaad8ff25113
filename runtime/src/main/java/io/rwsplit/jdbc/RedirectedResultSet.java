package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.HookedRows;
import io.rwsplit.engine.Engine;
import io.rwsplit.pool.Shadow;
import io.rwsplit.replication.PublishedCommit;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A result that a replica served, as the application sees it: belongs to the application's
 * statement, and gives the replica's connection back when it is closed.
 *
 * <p>Where it is a wrapper, it stands for a closed result of the driver once it is closed, so that
 * later calls answer and fail as on the bare driver.
 */
final class RedirectedResultSet extends ShownResultSet {
  /** A result that is open for so long may have been forgotten. */
  private static final long OLD_NANOS = 900_000_000L;

  private static final AtomicIntegerFieldUpdater<RedirectedResultSet> HOLD =
      AtomicIntegerFieldUpdater.newUpdater(RedirectedResultSet.class, "hold");

  /** It keeps its lease, and may have rows left. */
  private static final int LIVE = 0;

  /** It keeps its lease, though its last row was delivered. */
  private static final int DRAINED = 1;

  /** It has given its lease and its shadow back. */
  private static final int RETURNED = 2;

  /** It was open for long, and keeps its shadow only. */
  private static final int DETACHED = 3;

  private HeldLease lease;
  private Repeat repeat;

  /** A ticket that is exactly the state the replica showed; negative when that is not known. */
  private long ticket;

  /** The commit the replica showed; null when that is not known. */
  private PublishedCommit commit;

  /** Its statement's count of modifications at the execution. */
  private int modifications;

  private boolean observed;

  /** Its rows may still be on their way: asking for one may wait for the server. */
  private boolean streams;

  private volatile int hold = LIVE;

  /** When it was first seen to be open for long, or 0. Under the connection's lock. */
  private long noticed;

  /** Null while it is young. Written under the connection's lock. */
  private volatile LooseResult loose;

  /** Nothing but its result keeps the shadow. */
  private volatile boolean letGo;

  /** The connection was closed over it: it stays as the driver leaves results then. */
  private volatile boolean orphaned;

  /** The statement ran again, at which the driver leaves earlier results open. */
  private volatile boolean left;

  /** Stands for a result whose statement is closed, or failed and lost what it had prepared. */
  private volatile boolean withoutStatement;

  /** What the shadow's statement warned of; known once the result is closed. */
  private SQLWarning warnings;

  private long delivered;

  /** Its statement closes with it, of drivers whose results remember that themselves. */
  volatile boolean closesStatement;

  /** Who closed it is done, and has left nothing that an execution to come must not meet. */
  private volatile boolean free;

  /** The replica failed, and the driver's own result on the master has taken over. */
  private boolean onMaster;

  /** What the master ended it with, as it would have ended a read of its own; null otherwise. */
  private volatile SQLException aborted;

  /** The replica failed, and its commit was rebuilt: where the rest is read; null otherwise. */
  private PastRead past;

  RedirectedResultSet(
      ResultSet result,
      ManagedStatement owner,
      Statement statement,
      HeldLease lease,
      Shadow shadow,
      boolean limited,
      Repeat repeat,
      boolean direct) {
    super(result, owner, statement, shadow, limited, lease.lease.pool().isInPlace(), direct);
    begin(lease, repeat);
  }

  /**
   * True when the application is to hold the replica's own result: its class is woven, and the
   * collector will find it when nobody has it any more. The connections of MySQL's and MariaDB's
   * drivers know the result whose rows they fetch one by one.
   */
  static boolean isDirect(ResultSet rows, Shadow shadow, Engine engine) {
    return rows instanceof HookedRows && !(engine.isMySqlFamily() && shadow.streams());
  }

  private void begin(HeldLease newLease, Repeat newRepeat) {
    lease = newLease;
    repeat = newRepeat;
    modifications = owner.modifications;
    streams = owner.context.engine.isServer() && shadow.streams();
  }

  /**
   * What it shows, as far as that is known: without it a failure in the middle is the end of it.
   *
   * @param atTicket is exactly the state the replica showed; negative when that is not known
   * @param atCommit null when that is not known
   */
  void shows(long atTicket, PublishedCommit atCommit) {
    ticket = atTicket;
    commit = atCommit;
    // Servers give no way to prove that another one shows the same rows: nothing is tried in vain.
    observed = owner.context.engine == Engine.SQLITE && (atTicket >= 0 || atCommit != null);
  }

  /**
   * True when it may show a further execution of its statement: the application does not hold this,
   * and nobody else has it. Only after its close has run to its end, in whatever thread.
   *
   * @param isDirect what it would be for that
   */
  boolean isReusable(boolean isDirect) {
    return free && isDirect == direct && (face != null || direct);
  }

  /** Shows another execution, as a new one would. Only when {@link #isReusable}. */
  void reuse(
      ResultSet rows, HeldLease newLease, Shadow newShadow, boolean nowLimited, Repeat newRepeat) {
    free = false;
    delegate = rows;
    shadow = newShadow;
    limited = nowLimited;
    begin(newLease, newRepeat);
    HOLD.lazySet(this, LIVE);
    noticed = 0;
    withoutStatement = false;
    warnings = null;
    delivered = 0;
    closesStatement = false;
    aborted = null;
    openAnew();
  }

  @Override
  public boolean next() throws SQLException {
    try {
      boolean more = streams ? nextStreamed() : delegate.next();
      if (more) {
        delivered++;
        if (observed) {
          atRow(delivered);
        }
      } else if (hold == LIVE) {
        over();
      }
      return more;
    } catch (SQLException e) {
      boolean goesOn = false;
      try {
        goesOn =
            e != aborted
                && !onMaster
                && owner.failedLate(lease.replica, e)
                && !isOver()
                && takeOver();
      } catch (Throwable t) {
        owner.fault(t);
      }
      if (goesOn) {
        return delegate.next();
      }
      throw e;
    }
  }

  /** There are no more rows, or none that it may deliver. */
  private void over() throws SQLException {
    try {
      if (!limited && !unopened && !isOver() && delegate.getType() == TYPE_FORWARD_ONLY) {
        drained();
      }
      if (face != null && owner.closeOnCompletion && !isOver() && delegate.isClosed()) {
        // sqlite-jdbc 3.36 and before has closed it after its last row, and with it the statement.
        end();
      }
    } catch (SQLException e) {
      throw e;
    } catch (Throwable t) {
      owner.fault(t);
    }
  }

  private boolean nextStreamed() throws SQLException {
    if (onMaster || isOver()) {
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
    try {
      return tryTakeOver();
    } catch (Throwable t) {
      owner.fault(t);
      return false;
    }
  }

  private boolean tryTakeOver() {
    if (!observed || !repeat.isRepeatable()) {
      return false;
    }
    // The driver's own execution closes and fills its object itself.
    hide();
    boolean before = owner.isAsBefore(modifications);
    ResultSet again =
        before
            ? Continuation.onMaster(
                owner, statement, lease.replica, repeat, ticket, delivered, samples())
            : null;
    if (again != null) {
      if (face != null) {
        owner.tookOver();
      }
    } else {
      if (face != null) {
        face.rwsplit$served(this);
      }
      past =
          before ? Continuation.atCommit(owner, lease, repeat, commit, delivered, samples()) : null;
      if (past == null) {
        return false;
      }
      again = past.rows();
    }
    delegate = again;
    onMaster = true;
    giveBack(false);
    return true;
  }

  /**
   * The application asked for it, and it cannot be opened.
   *
   * @return true when it goes on elsewhere
   */
  boolean openElsewhere(Throwable failure) {
    if (failure instanceof SQLException) {
      boolean unused = owner.failedLate(lease.replica, (SQLException) failure);
    } else {
      owner.fault(failure);
    }
    boolean waits = unopened;
    unopened = false;
    boolean elsewhere = !onMaster && !isOver() && takeOver();
    unopened = waits && !elsewhere;
    return elsewhere;
  }

  @Override
  public Statement getStatement() throws SQLException {
    if (isOver()) {
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
    // Without a call of ours: outside of a handler there is none.
    if (unopened && over == 0) {
      // The driver does nothing either: the result can still be asked for.
      delegate.close();
      tidyFace();
    } else {
      end();
    }
  }

  @Override
  public void moving(Object result) {
    if (streams && isOpen(result)) {
      lease.lease.asks();
    }
  }

  @Override
  public void moved(Object result, boolean more) {
    if (!isOpen(result)) {
      return;
    }
    if (streams) {
      lease.lease.answered();
    }
    if (more) {
      delivered++;
    } else if (hold == LIVE) {
      overDirect();
    }
  }

  @Override
  public void stuck(Object result, Throwable failure) {
    if (!isOpen(result)) {
      return;
    }
    if (streams) {
      lease.lease.answered();
    }
    if (failure instanceof SQLException) {
      boolean unused = owner.failedLate(lease.replica, (SQLException) failure);
    }
  }

  /** Not of an earlier result, whose statement this has served again since. */
  private boolean isOpen(Object result) {
    return result == delegate && !isOver();
  }

  private void overDirect() {
    try {
      over();
    } catch (SQLException e) {
      // It is closed, or its connection: that ends its lease, too.
    }
  }

  @Override
  void ending() {
    noteEnd();
    if (streams && hold == LIVE) {
      lease.lease.asks();
    }
  }

  @Override
  void ended(ResultSet result, boolean ok) throws SQLException {
    if (streams && hold == LIVE) {
      lease.lease.answered();
    }
    giveBack(ok && !letGo && !owner.closeOnCompletion);
    if (owner.closeOnCompletion) {
      // Whoever closes it again may close its statement by that.
      completed();
    } else {
      letGoQuietly(result);
      free = ok && hold == RETURNED && loose == null;
    }
  }

  private void letGoQuietly(ResultSet result) {
    try {
      letGo(result);
    } catch (Throwable t) {
      owner.fault(t);
    }
  }

  @Override
  void endedAgain() throws SQLException {
    if (owner.closeOnCompletion && Shadow.completesAgain(statement)) {
      completed();
    }
  }

  private void end() throws SQLException {
    if (direct) {
      closeDirect();
      return;
    }
    if (!isFirstToClose()) {
      if (orphaned || left) {
        delegate.close();
      }
      if (face == null) {
        endedAgain();
      } else {
        forgetFetchSizeQuietly();
      }
      return;
    }
    ResultSet result = delegate;
    boolean reusable = false;
    boolean waits = streams && hold == LIVE && !onMaster;
    noteEnd();
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
      leaveBehind(result, reusable);
      if (!unopened) {
        completed();
      }
    }
    free = hold == RETURNED && loose == null && !onMaster && !tampered && !unopened;
  }

  /** The statement may close with it, which may fail as the driver's does. */
  private void completed() throws SQLException {
    Throwable fault = null;
    // Else the statement stays open, which its application would have seen closed.
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          owner.fault(fault);
        }
        owner.resultClosed(this, statement);
        return;
      } catch (SQLException e) {
        throw e;
      } catch (Throwable t) {
        fault = t;
      }
    }
  }

  private void forgetFetchSizeQuietly() {
    try {
      forgetFetchSize();
    } catch (Throwable t) {
      owner.fault(t);
    }
  }

  private void noteEnd() {
    try {
      owner.returned(delivered);
      keepWarnings();
    } catch (Throwable t) {
      owner.fault(t);
    }
  }

  /** What stands for it from now on; the connection goes back whatever becomes of that. */
  private void leaveBehind(ResultSet result, boolean reusable) {
    if (onMaster && past == null) {
      return;
    }
    ResultSet closed = null;
    Throwable fault = null;
    // This result itself must not stand for it: the next execution of its shadow opens it anew.
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          owner.fault(fault);
        }
        closed = closed();
        fault = null;
        break;
      } catch (Throwable t) {
        fault = t;
      }
    }
    delegate = closed == null ? result : closed;
    if (onMaster) {
      past.close();
    } else {
      // Of an unopened one the driver's close leaves the native statement under way.
      giveBack(reusable && !tampered && !unopened && fault == null);
    }
    tidyFace();
  }

  /** A closed result of the driver's; null where each execution has its own. */
  private ResultSet closed() {
    return onMaster ? lease.lease.pool().closedResult() : owner.connection().ended(lease.lease);
  }

  private void tidyFace() {
    Throwable fault = null;
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          owner.fault(fault);
        }
        closeFace();
        return;
      } catch (Throwable t) {
        fault = t;
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
    } else if (isFirstToClose()) {
      orphaned = true;
      if (!onMaster) {
        giveBack(false);
      }
    }
  }

  /** True when it stays as it is, whatever its statement does from now on but to be closed. */
  @Override
  boolean isOnItsOwn() {
    return orphaned || left;
  }

  HeldLease lease() {
    return lease;
  }

  /**
   * True when the bare driver's statement would be under way now: it has come to a row, and not
   * past the last one.
   */
  boolean isUnderWay() throws SQLException {
    if (isOver() || aborted != null || (onMaster && past == null)) {
      return false;
    }
    if (unopened) {
      return shadow.waits();
    }
    return delivered == 0 ? delegate.isBeforeFirst() : !delegate.isAfterLast();
  }

  /** The master has ended what is under way: so is this, at the next row that it is asked for. */
  void abort(SQLException failure) {
    aborted = failure;
    delegate = new AbortedResult(delegate, failure);
  }

  /**
   * The driver takes the batch of a prepared read, and runs it on the native statement whose rows
   * this is open on: so does the shadow with its own.
   *
   * @param parameters null for none
   */
  void addToBatch(Parameters parameters) throws SQLException {
    tampered = true;
    PreparedStatement same = (PreparedStatement) shadowStatement();
    if (parameters != null && parameters.isReplayable()) {
      parameters.replay(same);
    }
    same.addBatch();
  }

  /** See {@link #addToBatch}. */
  void clearBatch() throws SQLException {
    tampered = true;
    shadowStatement().clearBatch();
  }

  /** See {@link #addToBatch}; its outcome is the one that the driver has told already. */
  void runBatch() {
    // Which rows it has delivered does not tell any more where it goes on.
    observed = false;
    try {
      int[] unused = shadowStatement().executeBatch();
    } catch (SQLException e) {
      // Such as that a query returns results.
    }
  }

  /**
   * True when its driver's {@code getMoreResults}, which the shadow has been asked for, has read
   * the rows on their way and left it open without any: MySQL's, of rows it fetches one by one.
   */
  boolean isDrained() {
    try {
      return streams && owner.context.engine.isMySqlFamily() && !delegate.isClosed();
    } catch (SQLException e) {
      // It is closed as any other, then.
      return false;
    }
  }

  /**
   * The shadow has gone past it. sqlite-jdbc 3.36 closes by that what it has prepared, and refuses
   * the next execution: such a shadow is not used again.
   */
  void wentPast() {
    if (face != null && !isOver() && shadow.hasLostPrepared()) {
      tampered = true;
    }
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
    if (isOver()) {
      return true;
    }
    if (onMaster || !shadow.leave()) {
      return false;
    }
    if (isFirstToClose()) {
      left = true;
      giveBack(false);
    }
    return true;
  }

  /**
   * The application closes the statement: leaves the result as a driver does that does not close it
   * with its statement.
   *
   * @return false when the driver closes it
   */
  boolean outlivesStatement() {
    return owner.context.engine.isMySqlFamily()
        && Shadow.keepsResultsOfClosed(statement)
        && leave();
  }

  /** The application closes the statement whose newest result this is. */
  void statementClosed() {
    if (isOnItsOwn() && shadow.isLeft()) {
      closeQuietly();
    } else {
      statementLost();
    }
  }

  /** Its last row was delivered: it holds no snapshot any more. */
  private void drained() {
    // Before: only while it counts as live, its lease cannot have been given to others.
    long period = lease.period();
    if (HOLD.compareAndSet(this, LIVE, DRAINED)) {
      LooseResult old = loose;
      if (old == null || old.endsLive()) {
        lease.drained(period);
      }
    }
  }

  /** True when it has been open for long. Under the connection's lock. */
  boolean isOld(long now) {
    if (noticed == 0) {
      noticed = now;
    }
    return now - noticed > OLD_NANOS;
  }

  /** From now on nothing of rwsplit's keeps it alive. Under the connection's lock. */
  LooseResult loosen() {
    if (direct) {
      // The replica's statement has its result, which the application has, and that has this.
      lease.lease.letGo(shadow);
      letGo = true;
    }
    LooseResult made = new LooseResult(this, lease, direct ? null : shadow, hold == LIVE);
    loose = made;
    if (hold != LIVE) {
      boolean unused = made.endsLive();
    }
    return made;
  }

  /** Null before {@link #loosen}. Under the connection's lock. */
  LooseResult loose() {
    return loose;
  }

  /**
   * Takes its lease away where no row has to come from the replica any more. Under the connection's
   * lock.
   */
  boolean detach() {
    boolean detached =
        HOLD.compareAndSet(this, DRAINED, DETACHED)
            || (hasAllRows() && HOLD.compareAndSet(this, LIVE, DETACHED));
    if (detached && !letGo) {
      lease.lease.resultLeft();
    }
    return detached;
  }

  /** Servers' drivers have read a result whole, unless it was given a fetch size. */
  private boolean hasAllRows() {
    return owner.context.engine.isServer() && !streams;
  }

  /** The application's close must not fail because of our bookkeeping. */
  private void giveBack(boolean reusable) {
    try {
      for (int before = hold; before == LIVE || before == DRAINED; before = hold) {
        if (HOLD.compareAndSet(this, before, RETURNED)) {
          returned(reusable, before == LIVE);
          return;
        }
      }
      if (hold == DETACHED) {
        detachedEnded();
      }
    } catch (Throwable t) {
      owner.connection().lostCount = true;
      owner.fault(t);
    }
  }

  private void returned(boolean reusable, boolean live) {
    try {
      lease.lease.giveBack(shadow, reusable);
    } catch (Throwable t) {
      // The connection goes on, if it can: results that were closed on it stand for others.
      Throwable fault = t;
      for (int tries = 1; fault != null && tries < RoutingContext.TRIES; tries++) {
        try {
          owner.fault(fault);
          lease.lease.discardLater(shadow);
          fault = null;
        } catch (Throwable again) {
          fault = again;
        }
      }
      if (fault != null) {
        lease.lease.markBroken();
      }
    } finally {
      owner.connection().finished(lease, this, live);
    }
  }

  private void detachedEnded() {
    try {
      if (letGo) {
        lease.lease.discardLater(shadow);
      } else {
        lease.lease.resultEnded(shadow);
      }
    } finally {
      owner.connection().ended(this);
    }
  }

  /** Closes it on behalf of rwsplit: nobody is there to be told of a failure. */
  void closeQuietly() {
    try {
      end();
    } catch (SQLException e) {
      boolean unused = owner.failedLate(lease.replica, e);
    } catch (Throwable t) {
      owner.fault(t);
    }
  }

  /**
   * A statement of the driver's whose {@code getMoreResults} and {@code getResultSet} fail where
   * the application's would: the shadow while the result is open, then one whose result is closed;
   * null for drivers that have none to show, and where none would fail.
   *
   * @param mayFail it is called in a way that the driver may refuse
   */
  Statement state(boolean mayFail) throws SQLException {
    if (!isOver() || isOnItsOwn()) {
      return shadow.statement();
    }
    // Where the driver would not throw it is not asked: the connection of the one that this stands
    // for may have been given up since.
    boolean fails = mayFail || withoutStatement || owner.closed || owner.connection().isClosed();
    return face == null || !fails ? null : delegate.getStatement();
  }

  /** True when {@link #state} may be asked for its result: for a closed one it would open it. */
  boolean refusesResult(boolean asked) {
    return withoutStatement
        || orphaned
        || (asked && !isOver())
        || (face != null && owner.connection().isClosed());
  }

  /** Cancels the fetch of further rows that somebody may be waiting for. */
  void cancelRows() throws SQLException {
    if (streams && hold == LIVE && !onMaster) {
      shadow.statement().cancel();
    }
  }

  /** The shadow's statement, for {@code cancel}. */
  Statement shadowStatement() {
    return past == null ? shadow.statement() : past.statement();
  }
}
