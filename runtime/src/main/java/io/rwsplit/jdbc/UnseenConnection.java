package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.bootstrap.HookedStatement;
import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;

/**
 * The hook of a connection that runs as written, and of which nothing is followed: whatever it does
 * may have written. Thread-safe.
 */
abstract class UnseenConnection extends UnroutedConnection {
  private final Pass pass =
      new Pass() {
        @Override
        public void exit(StatementHook hook, Object statement, Object result) {
          ran();
        }

        @Override
        public void failed(StatementHook hook, Object statement, Throwable failure) {
          ran();
        }
      };

  /** Of each of its statements. */
  final StatementHook every =
      new MasterStatement() {
        @Override
        public Object enter(Object statement, String sql, int kind) {
          return kind == ADD_BATCH || kind == DESCRIBE ? null : pass;
        }

        /** A write may be committed when its result is closed, or the statement. */
        @Override
        public void before(int call, Object statement) {
          if (call == CLOSE) {
            runs();
          }
        }
      };

  /** Something has run. Throws nothing. */
  abstract void ran();

  /** Something is about to run that may commit: no ticket of now covers it. Throws nothing. */
  abstract void runs();

  @Override
  public void created(Object connection, Object statement, String sql, int flags) {
    attach(statement, every);
  }

  /** Gives a statement a hook, unless it has one. */
  static void attach(Object statement, StatementHook hook) {
    if (statement instanceof HookedStatement
        && ((HookedStatement) statement).rwsplit$hook() == null) {
      ((HookedStatement) statement).rwsplit$hook(hook);
    }
  }

  @Override
  public final void exitCall(int call, Object connection, Object argument, Throwable failure) {
    super.exitCall(call, connection, argument, failure);
    switch (call) {
      case Call.COMMIT:
      case Call.SET_AUTO_COMMIT:
      case Call.CLOSE:
      case Call.ABORT:
      case Call.REPLACE_DATABASE:
      case Call.PAST_STATEMENTS:
        ran();
        break;
      default:
        break;
    }
  }
}
