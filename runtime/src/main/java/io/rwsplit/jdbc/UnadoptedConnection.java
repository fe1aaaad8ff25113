package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.HookedStatement;
import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;

/**
 * The hook of a connection of which a fault has kept anybody from learning where it leads: it runs
 * as written, and whatever it does may have written to any master. Thread-safe.
 */
final class UnadoptedConnection extends ConnectionHook {
  private final ConnectionManager manager;

  private final Pass pass =
      new Pass() {
        @Override
        public void exit(StatementHook hook, Object statement, Object result) {
          manager.missed();
        }

        @Override
        public void failed(StatementHook hook, Object statement, Throwable failure) {
          manager.missed();
        }
      };

  private final StatementHook every =
      new MasterStatement() {
        @Override
        public Object enter(Object statement, String sql, int kind) {
          return kind == ADD_BATCH || kind == DESCRIBE ? null : pass;
        }

        /** A write may be committed when its result is closed, or the statement. */
        @Override
        public void before(int call, Object statement) {
          if (call == CLOSE) {
            manager.missed();
          }
        }
      };

  UnadoptedConnection(ConnectionManager manager) {
    this.manager = manager;
  }

  @Override
  public void created(Object connection, Object statement, String sql, int flags) {
    if (statement instanceof HookedStatement
        && ((HookedStatement) statement).rwsplit$hook() == null) {
      ((HookedStatement) statement).rwsplit$hook(every);
    }
  }

  @Override
  public void enterCall(int call, Object connection, Object argument) {}

  @Override
  public void exitCall(int call, Object connection, Object argument, Throwable failure) {
    switch (call) {
      case Call.COMMIT:
      case Call.SET_AUTO_COMMIT:
      case Call.CLOSE:
      case Call.ABORT:
      case Call.REPLACE_DATABASE:
      case Call.PAST_STATEMENTS:
        manager.missed();
        break;
      default:
        break;
    }
  }
}
