package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;

/** What executions pass whose statement has nothing to keep for them. Stateless. */
final class StatementPasses {
  /** A call that is no execution, but during which the driver uses the statement itself. */
  static final Pass INSIDE =
      new Pass() {
        @Override
        public void exit(StatementHook hook, Object statement, Object result) {
          ((ManagedStatement) hook).leaveDriver();
        }

        @Override
        public void failed(StatementHook hook, Object statement, Throwable failure) {
          ((ManagedStatement) hook).leaveDriver();
        }
      };

  /** An execution on the master that a fault has left without a better pass. */
  static final Pass DOUBTED =
      new Pass() {
        @Override
        public void exit(StatementHook hook, Object statement, Object result) {
          ((ManagedStatement) hook).endInDoubt(result);
        }

        @Override
        public void failed(StatementHook hook, Object statement, Throwable failure) {
          ((ManagedStatement) hook).endInDoubt(null);
        }
      };

  private StatementPasses() {}
}
