package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.HookedStatement;
import java.sql.Statement;
import java.util.ArrayList;

/**
 * Keeps the driver's own statements in the state they would have, had they run the reads that
 * replicas served: without the results, keys and warnings of executions before.
 *
 * <p>Drivers differ in when an execution ends the one before. pgjdbc closes its result and says so,
 * through {@link io.rwsplit.bootstrap.StatementHook#FORGET}; MariaDB's driver leaves it open and
 * puts another list of results in the place of the old one. Both keep it when they refuse the
 * execution by its arguments. Of other drivers it is not known: what a replica served is closed
 * before they are asked.
 *
 * <p>One per connection, whose statements are all of one version of the driver. Thread-safe.
 */
final class DriverStatements {
  /** Stands for the results of an execution on a replica; stays empty. */
  private static final Object NONE = new ArrayList<Object>(0);

  /** The driver's version is made otherwise. */
  private volatile boolean unknown;

  /** The driver has said that it forgets what an execution left. */
  private volatile boolean tells;

  /** The driver keeps a list of results, which tells whether it has forgotten the last one. */
  private volatile boolean lists;

  /**
   * Called after an execution on a replica, when the one before was on the master.
   *
   * @param statement the application's; the thread counts as being inside the driver
   * @throws Exception what the driver throws
   */
  void settle(Statement statement) throws Exception {
    if (unknown || !(statement instanceof HookedStatement)) {
      return;
    }
    HookedStatement own = (HookedStatement) statement;
    try {
      own.rwsplit$settle(NONE);
      if (!lists && own.rwsplit$results() == NONE) {
        lists = true;
      }
    } catch (LinkageError e) {
      unknown = true;
    }
  }

  /** The driver has forgotten what an execution left. */
  void told() {
    if (!tells) {
      tells = true;
    }
  }

  /** True when the driver says when it closes what an execution left. */
  boolean tells() {
    return tells;
  }

  /** True when it shows in time whether an execution on the master forgets the one before. */
  boolean show() {
    return tells || lists;
  }

  /** True when an execution on the master has left no trace in a statement of such a driver. */
  boolean isUntouched(Statement statement) {
    return !lists
        || (statement instanceof HookedStatement
            && ((HookedStatement) statement).rwsplit$results() == NONE);
  }

  /** True of a driver that leaves earlier results open and keeps a list of the newest ones. */
  boolean lists() {
    return lists;
  }
}
