package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.StatementKind;

/** What statements and calls on the master may let others see. Stateless. */
final class Publishing {
  private Publishing() {}

  /** True for a call that may make visible what a transaction has written. */
  static boolean mayPublish(int call) {
    switch (call) {
      case Call.COMMIT:
      case Call.SET_AUTO_COMMIT:
      case Call.RELEASE_SAVEPOINT:
      case Call.PAST_STATEMENTS:
      case Call.CLOSE:
      case Call.ABORT:
        return true;
      default:
        return false;
    }
  }

  /** True for a call that has ended whatever transaction was open. */
  static boolean endsTransaction(int call, Throwable failure) {
    switch (call) {
      case Call.COMMIT:
      case Call.ROLLBACK:
      case Call.SET_AUTO_COMMIT:
        return failure == null;
      default:
        return call == Call.CLOSE || call == Call.ABORT;
    }
  }

  /** True for what may write, or commit what was written; null stands for a batch. */
  static boolean mayPublish(Classification what) {
    return what == null || (!what.isRead() && what.kind() != StatementKind.MASTER_READ);
  }

  /** False for what stays hidden until its transaction's commit, and may wait for a lock before. */
  static boolean publishes(Classification what, boolean inTransaction) {
    return mayPublish(what)
        && !(what != null
            && (what.kind() == StatementKind.DML || what.kind() == StatementKind.LOCKING_READ)
            && inTransaction);
  }

  /** True when a statement may write itself: neither a read nor what only ends a transaction. */
  static boolean mayTouch(Classification what) {
    return what.mayWrite() && !what.kind().isTransactionControl();
  }

  /** False for what reads no table: a pool's SELECT 1 must not keep the next read on the master. */
  static boolean showsData(Classification statement) {
    switch (statement.reason()) {
      case NO_FROM:
      case SETTING_READ:
      case TRANSACTION:
      case SESSION:
        return false;
      default:
        return true;
    }
  }
}
