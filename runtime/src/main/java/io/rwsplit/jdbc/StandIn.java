package io.rwsplit.jdbc;

import io.rwsplit.engine.Engine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A read of ours under way on the master, on the application's own connection, in the place of
 * those that the application has under way on replicas: what SQLite refuses beside them it refuses
 * then, in the driver's words, and what ends them is known.
 *
 * <p>It lasts as long as the one statement or call that may be refused, and only where the
 * application has a read under way: so it holds no snapshot and no lock that would not be held
 * without the agent.
 */
final class StandIn {
  /**
   * Has a row wherever there is a table to be read, and is not over with it. Its one cursor is open
   * by then: SQLite lets no statement open one that began before the schema was changed.
   */
  private static final String READ = "SELECT rootpage FROM sqlite_master";

  /** SQLITE_ABORT, the lower byte of all its extended codes. */
  private static final int ABORT = 4;

  private static final int CODE = 0xff;

  private final ManagedConnection connection;
  private final List<RedirectedResultSet> reads;
  private final Statement statement;
  private final ResultSet rows;

  /** Its next row was asked for. */
  private boolean asked;

  /** What that has failed with when the master has ended all reads; null otherwise. */
  private SQLException aborted;

  private StandIn(
      ManagedConnection connection,
      List<RedirectedResultSet> reads,
      Statement statement,
      ResultSet rows) {
    this.connection = connection;
    this.reads = reads;
    this.statement = statement;
    this.rows = rows;
  }

  /**
   * Begins where one is needed.
   *
   * @param executes whose result the driver closes before it executes; null for none
   * @return null where none is needed, or can be had
   */
  static StandIn begin(
      ManagedConnection connection, ThreadState thread, ManagedStatement executes) {
    if (connection.context.engine != Engine.SQLITE) {
      return null;
    }
    Throwable fault = null;
    // Nothing is under way by then that is not ended.
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          connection.context.fault("a read beside a statement", fault);
        }
        return beginOnce(connection, thread, executes);
      } catch (Throwable t) {
        fault = t;
      }
    }
    connection.context.fault("a read beside a statement", fault);
    return null;
  }

  private static StandIn beginOnce(
      ManagedConnection connection, ThreadState thread, ManagedStatement executes)
      throws SQLException {
    List<RedirectedResultSet> reads = connection.openResults();
    if (reads == null) {
      return null;
    }
    thread.enter(connection);
    try {
      for (int i = reads.size() - 1; i >= 0; i--) {
        RedirectedResultSet read = reads.get(i);
        if (read.owner == executes || !read.isUnderWay()) {
          RedirectedResultSet unused = reads.remove(i);
        }
      }
      return reads.isEmpty() ? null : begin(connection, reads);
    } finally {
      connection.leave(thread);
    }
  }

  /** Null also where the master has its own reason for not reading: as written, then. */
  private static StandIn begin(ManagedConnection connection, List<RedirectedResultSet> reads)
      throws SQLException {
    Statement statement = null;
    StandIn begun = null;
    try {
      statement = reads.get(0).statement().getConnection().createStatement();
      ResultSet rows = statement.executeQuery(READ);
      begun = rows.next() ? new StandIn(connection, reads, statement, rows) : null;
      return begun;
    } catch (SQLException e) {
      return null;
    } finally {
      if (begun == null && statement != null) {
        statement.close();
      }
    }
  }

  /** The statement or call is over: ends, and with it the reads that it stands for, or not. */
  void end() {
    Throwable fault = null;
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          connection.context.fault("a read beside a statement", fault);
        }
        ThreadState thread = ThreadState.current();
        thread.enter(connection);
        try {
          endInside();
        } finally {
          connection.leave(thread);
        }
        return;
      } catch (Throwable t) {
        fault = t;
      }
    }
    connection.context.fault("a read beside a statement", fault);
    endInDoubt();
  }

  /** Left open it would be in the way of the application's statements for good. */
  private void endInDoubt() {
    try {
      // Without a hook: it was made inside of a call.
      statement.close();
    } catch (Throwable t) {
      connection.context.fault("a read beside a statement", t);
    }
  }

  private void endInside() throws SQLException {
    if (!asked) {
      // Once: who asks again after a failure begins it anew.
      asked = true;
      try {
        boolean unused = rows.next();
      } catch (SQLException e) {
        aborted = (e.getErrorCode() & CODE) == ABORT ? e : null;
      }
    }
    if (aborted != null) {
      for (RedirectedResultSet read : reads) {
        if (read.isUnderWay()) {
          read.abort(aborted);
        }
      }
    }
    statement.close();
  }

  /** Ends the one that is kept, if one is. */
  static void endKept(AtomicReference<StandIn> place) {
    StandIn kept = place.get();
    if (kept != null) {
      kept.end();
      // Afterwards: a fault before its end leaves it to whoever tries again.
      boolean unused = place.compareAndSet(kept, null);
    }
  }
}
