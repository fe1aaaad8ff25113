package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.observe.RecentWrites;
import io.rwsplit.report.StatementCounter;
import io.rwsplit.report.Timings;
import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** An execution on the master; its end moves the session on. Kept and reused by its statement. */
final class MasterPass extends Pass {
  private static final String UNUSED = "not implemented by SQLite JDBC driver";

  private final ManagedConnection connection;
  private final Classification what;
  private final int kind;

  /** True when the text came with the execution, false when it was prepared. */
  private final boolean text;

  /** Of the execution that is running; null when nobody asks for tables. */
  private Touch touch;

  /** Of the execution that is running; null where nobody asks how long it takes. */
  private Timings timings;

  private RouteReason reason;
  private long timedFrom;

  /** Why it runs here, and who counts it; null unless it is observed. */
  private RouteReason why;

  private StatementCounter counter;
  private long began;

  MasterPass(ManagedConnection connection, Classification what, int kind, boolean text) {
    this.connection = connection;
    this.what = what;
    this.kind = kind;
    this.text = text;
  }

  boolean isFor(Classification executed, int executedKind) {
    return what == executed && kind == executedKind;
  }

  /** It begins about now; timings are null where nobody can ask for them. */
  void timed(Timings counted, RouteReason ranFor) {
    timings = counted;
    reason = ranFor;
    timedFrom = counted == null ? 0 : System.nanoTime();
  }

  void begins(Touch running) {
    touch = running;
  }

  /** The execution that begins is only observed. */
  void observed(RouteReason reason, StatementCounter countedBy) {
    why = reason;
    counter = countedBy;
    began = System.nanoTime();
  }

  /** True when routing would have run it on a replica: the master would not know of it. */
  boolean isElsewhere() {
    return why == RouteReason.OBSERVED;
  }

  Touch touch() {
    return touch;
  }

  @Override
  public void exit(StatementHook hook, Object statement, Object result) {
    end(hook, result, true);
  }

  @Override
  public void failed(StatementHook hook, Object statement, Throwable failure) {
    try {
      ((ManagedStatement) hook).unsupported = isUnsupported(failure);
      ((ManagedStatement) hook).batchAborted = failure instanceof BatchUpdateException;
      if (failure instanceof SQLException) {
        connection.context.masterFailed((SQLException) failure);
      }
    } catch (Throwable t) {
      connection.context.fault("a failure of the master", t);
    }
    end(hook, null, false);
    try {
      connection.context.masterFailed(failure);
    } catch (Throwable t) {
      connection.context.fault("a failure of the master", t);
    }
  }

  /**
   * Also of sqlite-jdbc of years past, which says it by a text alone: {@code
   * JDBC3Statement.unused}.
   */
  private static boolean isUnsupported(Throwable failure) {
    return failure instanceof SQLFeatureNotSupportedException
        || (failure instanceof SQLException && UNUSED.equals(failure.getMessage()));
  }

  private void observe(long took) {
    RoutingContext context = connection.context;
    try {
      RecentWrites session = ThreadState.current().in(context).recentWrites();
      context.observer.ended(counter, what, why, took, session);
    } catch (Throwable t) {
      context.fault("observing", t);
    }
  }

  private void end(StatementHook hook, Object result, boolean ok) {
    long took = timings == null ? 0 : System.nanoTime() - timedFrom;
    ManagedStatement statement = (ManagedStatement) hook;
    boolean outside = false;
    boolean known = false;
    try {
      if (why != null) {
        observe(System.nanoTime() - began);
      }
      ThreadState thread = statement.endOfDriver();
      thread.leave(connection);
      outside = true;
      statement.masterEnded(thread, what, kind, text, result, ok);
      known = true;
      thread.settle(connection);
    } catch (Throwable t) {
      // What it did to the session, and when it was written, is not known.
      connection.barred = RouteReason.FAULT;
      connection.context.passing.ticketMissed = true;
      connection.context.passing.reason = RouteReason.FAULT;
      Throwable fault = t;
      for (int tries = 1; fault != null && tries < RoutingContext.TRIES; tries++) {
        try {
          connection.context.fault("end of an execution on the master", fault);
          if (!outside) {
            statement.leaveDriver();
            outside = true;
          }
          if (!known) {
            statement.endInDoubt(result);
          }
          fault = null;
        } catch (Throwable again) {
          fault = again;
        }
      }
    }
    try {
      if (timings != null) {
        timings.ended(Timings.MASTER, what, reason, took);
      }
    } catch (Throwable t) {
      connection.context.fault("timing", t);
    }
  }
}
