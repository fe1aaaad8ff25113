package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.HookedStatement;
import java.sql.Statement;

/**
 * The query for {@code getGeneratedKeys} that sqlite-jdbc begins after an {@code INSERT} and leaves
 * in the middle until the statement's next {@code execute}: a read that a replica serves must end
 * it too, else the connection has a native statement under way that the application knows nothing
 * of, and {@code VACUUM} and its like fail.
 *
 * <p>One per connection, whose statements are all of one version of the driver. Thread-safe.
 */
final class OpenKeys {
  private volatile boolean none;

  /**
   * Ends it.
   *
   * @param statement the application's; the thread counts as being inside the driver
   * @throws Exception what the driver throws
   */
  void close(Statement statement) throws Exception {
    if (none || !(statement instanceof HookedStatement)) {
      return;
    }
    try {
      ((HookedStatement) statement).rwsplit$closeKeys();
    } catch (LinkageError e) {
      none = true;
    }
  }
}
