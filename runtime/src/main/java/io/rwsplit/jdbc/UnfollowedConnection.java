package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.bootstrap.ConnectionHook;

/**
 * The hook of a connection to the master that a fault kept from being managed: nothing of it is
 * routed, and whatever it does may have written. Thread-safe.
 */
public final class UnfollowedConnection extends ConnectionHook implements ClosableHook {
  private final RoutingContext context;
  private volatile boolean closed;

  private UnfollowedConnection(RoutingContext context) {
    this.context = context;
  }

  /**
   * A new one.
   *
   * @param context of the group whose master it leads to
   */
  public static ConnectionHook of(RoutingContext context) {
    return new UnfollowedConnection(context);
  }

  /** A hook for a statement that has no field for one. */
  UnfollowedStatement statement() {
    return new UnfollowedStatement(context);
  }

  @Override
  public void created(Object connection, Object statement, String sql, int flags) {
    UnfollowedStatement.attach(statement, context);
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
        UnfollowedStatement.ran(context);
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
