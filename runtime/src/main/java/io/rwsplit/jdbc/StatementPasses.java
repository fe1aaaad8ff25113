package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;
import io.rwsplit.route.RouteReason;

/** What executions pass whose statement has nothing to keep for them. Stateless. */
final class StatementPasses {
  /** A call that is no execution, but during which the driver uses the statement itself. */
  static final Pass INSIDE =
      new Pass() {
        @Override
        public void exit(StatementHook hook, Object statement, Object result) {
          over((ManagedStatement) hook, false, null);
        }

        @Override
        public void failed(StatementHook hook, Object statement, Throwable failure) {
          over((ManagedStatement) hook, false, null);
        }
      };

  /** An execution on the master that a fault has left without a better pass. */
  static final Pass DOUBTED =
      new Pass() {
        @Override
        public void exit(StatementHook hook, Object statement, Object result) {
          over((ManagedStatement) hook, true, result);
        }

        @Override
        public void failed(StatementHook hook, Object statement, Throwable failure) {
          over((ManagedStatement) hook, true, null);
        }
      };

  private StatementPasses() {}

  private static void over(ManagedStatement statement, boolean execution, Object result) {
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (execution) {
          statement.endInDoubt(result);
        } else {
          statement.leaveDriver();
        }
        return;
      } catch (Throwable t) {
        // Theirs have a handler each: this is one at their entry.
        statement.connection().barred = RouteReason.FAULT;
        statement.context.passing.ticketMissed = true;
        statement.context.passing.reason = RouteReason.FAULT;
      }
    }
  }
}
