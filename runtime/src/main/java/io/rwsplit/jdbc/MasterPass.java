package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.report.Timings;
import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** An execution on the master; its end moves the session on. Kept and reused by its statement. */
final class MasterPass extends Pass {
  private final ManagedConnection connection;
  private final Classification what;
  private final int kind;

  /** True when the text came with the execution, false when it was prepared. */
  private final boolean text;

  /** Of the execution that is running; null when nobody asks for tables. */
  private Touch touch;

  /** Of the execution that is running; null where nobody asks how long it takes. */
  private Timings timings;

  private RouteReason why;
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
  void timed(Timings counted, RouteReason reason) {
    timings = counted;
    why = reason;
    began = counted == null ? 0 : System.nanoTime();
  }

  void begins(Touch running) {
    touch = running;
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
    ((ManagedStatement) hook).unsupported = failure instanceof SQLFeatureNotSupportedException;
    if (failure instanceof SQLException) {
      connection.context.masterFailed((SQLException) failure);
    }
    end(hook, null, false);
    connection.context.masterFailed(failure);
  }

  private void end(StatementHook hook, Object result, boolean ok) {
    try {
      if (timings != null) {
        timings.ended(Timings.MASTER, what, why, System.nanoTime() - began);
      }
      ManagedStatement statement = (ManagedStatement) hook;
      ThreadState thread = statement.endOfDriver();
      thread.leave(connection);
      statement.masterEnded(thread, what, kind, text, result, ok);
      thread.settle(connection);
    } catch (Throwable t) {
      connection.context.fault("end of an execution on the master", t);
    }
  }
}
