package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.bootstrap.ConnectionHook;

/**
 * The hook of a connection to the master that runs as without the agent, while it is open: only its
 * end is noticed. Thread-safe.
 */
public class UnroutedConnection extends ConnectionHook implements ClosableHook {
  private volatile boolean closed;

  @Override
  public void created(Object connection, Object statement, String sql, int flags) {}

  @Override
  public void enterCall(int call, Object connection, Object argument) {}

  @Override
  public void exitCall(int call, Object connection, Object argument, Throwable failure) {
    if (call == Call.CLOSE || call == Call.ABORT) {
      closed = true;
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}
