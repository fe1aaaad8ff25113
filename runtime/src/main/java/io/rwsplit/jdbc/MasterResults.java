package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.HookedResult;
import io.rwsplit.engine.Jdbc3;
import io.rwsplit.pool.ReusedResult;
import io.rwsplit.pool.Shadow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What executions on the master left in the driver's own statement: an execution on a replica ends
 * it as the driver would, which does not get to see that execution.
 *
 * <p>Used by one thread at a time, as statements are.
 */
abstract class MasterResults extends RecordedStatement {
  final ManagedConnection connection;

  /** Text of a prepared statement; null for a plain one. */
  final String preparedSql;

  /** The driver's own result of the newest execution on the master, which the next one closes. */
  ResultSet masterResult;

  /** That execution has a result the application has not asked for: the driver holds it open. */
  boolean unasked;

  /** What executions on the master left in the driver's statement is gone. */
  boolean settled;

  private OpenWrite openWrite;

  MasterResults(ManagedConnection connection, String sql, boolean masterOnly) {
    super(connection.context, masterOnly);
    this.connection = connection;
    this.preparedSql = sql;
  }

  final ManagedConnection connection() {
    return connection;
  }

  /**
   * A write on the master returned rows: it may be committed only when they are closed.
   *
   * @param rows the {@code ResultSet}; anything else where the application has not got it yet
   * @param undecided the text of what may be a read, as far as is known yet; else null
   */
  final OpenWrite openWrite(Object rows, String undecided) {
    openWrite =
        new OpenWrite(connection, rows instanceof ResultSet ? (ResultSet) rows : null, undecided);
    return openWrite;
  }

  /** What the driver would do itself: a new execution ends the last one. */
  final void endMasterResult(Statement statement, ThreadState thread) {
    ResultSet open = masterResult;
    thread.enter(connection);
    try {
      connection.driver.settle(statement);
      if (!connection.driver.show() && unasked) {
        open = statement.getResultSet();
      }
      open = open == null ? leftOpen(statement) : open;
    } catch (Throwable e) {
      context.fault("ending an earlier execution", e);
    } finally {
      connection.leave(thread);
    }
    unasked = false;
    masterResult = null;
    if (open != null && !connection.driver.show() && !Shadow.keepsEarlierResults(statement)) {
      closeQuietly(open);
    }
    endOpenWrite();
  }

  /**
   * The one result of a driver that has one for all executions: a form that it refused has left it
   * open since. Null when it is closed. Else the driver would close what a replica serves in its
   * place, and take its own for open for good.
   */
  static ResultSet leftOpen(Statement statement) throws SQLException {
    HookedResult only = ReusedResult.of(statement);
    boolean own = only != null && only.rwsplit$served() == null;
    return own && !Jdbc3.isClosed((ResultSet) only) ? (ResultSet) only : null;
  }

  /** What the driver's {@code execute} would do itself; its {@code executeQuery} does not. */
  final void closeKeys(Statement statement, ThreadState thread) {
    thread.enter(connection);
    try {
      connection.keys.close(statement);
    } catch (Throwable e) {
      context.fault("closing the query of generated keys", e);
    } finally {
      connection.leave(thread);
    }
  }

  final void endOpenWrite() {
    OpenWrite write = openWrite;
    if (write != null) {
      openWrite = null;
      write.end();
    }
  }

  void closeQuietly(ResultSet open) {
    try {
      open.close();
    } catch (Throwable e) {
      context.fault("closing an earlier result", e);
    }
  }

  @Override
  public void masterResult(Object given) {
    if (given instanceof ResultSet) {
      unasked = false;
      masterResult = (ResultSet) given;
      OpenWrite write = openWrite;
      if (write != null) {
        try {
          write.result((ResultSet) given);
        } catch (Throwable t) {
          // It counts as open until the statement is closed or runs again.
          context.fault("the result of a write", t);
        }
      }
    }
  }
}
