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
    } catch (SQLException e) {
      // As written, then: the master has its own reason for not reading.
      return null;
    } catch (Throwable t) {
      connection.context.fault("a read beside a statement", t);
      return null;
    } finally {
      connection.leave(thread);
    }
  }

  private static StandIn begin(ManagedConnection connection, List<RedirectedResultSet> reads)
      throws SQLException {
    Statement statement = reads.get(0).statement().getConnection().createStatement();
    StandIn begun = null;
    try {
      ResultSet rows = statement.executeQuery(READ);
      begun = rows.next() ? new StandIn(connection, reads, statement, rows) : null;
      return begun;
    } finally {
      if (begun == null) {
        statement.close();
      }
    }
  }

  /** The statement or call is over: ends, and with it the reads that it stands for, or not. */
  void end() {
    try {
      ThreadState thread = ThreadState.current();
      thread.enter(connection);
      try {
        endInside();
      } finally {
        connection.leave(thread);
      }
    } catch (Throwable t) {
      connection.context.fault("a read beside a statement", t);
      endInDoubt();
    }
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
    try {
      boolean unused = rows.next();
    } catch (SQLException e) {
      if ((e.getErrorCode() & CODE) == ABORT) {
        for (RedirectedResultSet read : reads) {
          if (read.isUnderWay()) {
            read.abort(e);
          }
        }
      }
    } finally {
      statement.close();
    }
  }

  /** Keeps it until {@link #endKept}; ends it where one is kept already, for another thread. */
  static void keep(AtomicReference<StandIn> place, StandIn begun) {
    if (begun != null && !place.compareAndSet(null, begun)) {
      begun.end();
    }
  }

  /** Ends the one that is kept, if one is. */
  static void endKept(AtomicReference<StandIn> place) {
    StandIn kept = place.get() == null ? null : place.getAndSet(null);
    if (kept != null) {
      kept.end();
    }
  }
}
