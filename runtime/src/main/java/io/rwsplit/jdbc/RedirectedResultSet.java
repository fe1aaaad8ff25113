package io.rwsplit.jdbc;

import io.rwsplit.pool.Shadow;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
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
  /** A result of so many rows is read for long enough to make sure of its end. */
  private static final int MANY_ROWS = 16;

  private final ManagedStatement owner;
  private final Statement statement;
  private final HeldLease lease;
  private final Shadow shadow;
  private final ResultSet closedResult;
  private final boolean limited;
  private final Repeat repeat;
  private final boolean observed;
  private final AtomicBoolean closing = new AtomicBoolean();
  private boolean live = true;
  private long delivered;

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
    this.closedResult = lease.lease.pool().closedResult();
  }

  @Override
  public boolean next() throws SQLException {
    try {
      boolean more = delegate.next();
      if (!more && live && !limited && !closing.get() && delegate.getType() == TYPE_FORWARD_ONLY) {
        live = false;
        owner.connection().exhausted(lease);
      }
      if (more) {
        delivered++;
        if (observed) {
          atRow(delivered);
          if (delivered == MANY_ROWS) {
            owner.lasts();
          }
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

  /** Goes on with the same rows from the master, or from its pages at the replica's commit. */
  private boolean takeOver() {
    if (!observed || !repeat.isRepeatable()) {
      return false;
    }
    ResultSet again = owner.repeat(statement, lease.replica, repeat, delivered, samples());
    if (again == null) {
      past = owner.readPast(lease, repeat, delivered, samples());
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
      delegate.getStatement();
    }
    return statement;
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    ResultSetMetaData metaData = delegate.getMetaData();
    return (Object) metaData == delegate ? new DelegatingMetaData(this) : metaData;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : delegate.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || delegate.isWrapperFor(type);
  }

  @Override
  public void close() throws SQLException {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    ResultSet result = delegate;
    boolean reusable = false;
    try {
      result.close();
      reusable = true;
    } finally {
      delegate = closedResult == null ? result : closedResult;
      if (!onMaster) {
        giveBack(reusable);
      } else if (past != null) {
        past.close();
      }
      owner.resultClosed(statement);
    }
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
      close();
    } catch (SQLException e) {
      boolean unused = owner.failedLate(lease.replica, e);
    } catch (RuntimeException e) {
      owner.fault(e);
    }
  }

  /** The shadow's statement, for {@code cancel}. */
  Statement shadowStatement() {
    return past == null ? shadow.statement() : past.statement();
  }
}
