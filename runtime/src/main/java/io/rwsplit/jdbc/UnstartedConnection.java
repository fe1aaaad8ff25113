package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.HookedStatement;
import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;

/**
 * The hook of a connection to the master that was opened while its group could not be started:
 * nothing of it is routed, and once the group runs, whatever it does may have written. Thread-safe.
 */
public abstract class UnstartedConnection extends ConnectionHook implements ClosableHook {
  private volatile boolean closed;

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
            ranUnseen();
          }
        }
      };

  /** The group once it runs; null before. Throws nothing. */
  protected abstract RoutingContext running();

  private void ran() {
    RoutingContext group = running();
    if (group != null) {
      UnfollowedStatement.ran(group);
    }
  }

  /** Something is about to be done that may commit: no ticket of now covers it. */
  private void ranUnseen() {
    RoutingContext group = running();
    if (group != null) {
      group.passing.missed();
    }
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
    closed |= call == Call.CLOSE || call == Call.ABORT;
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

  @Override
  public boolean isClosed() {
    return closed;
  }
}
