package io.rwsplit.jdbc;

import io.rwsplit.engine.Engine;
import io.rwsplit.pool.Lease;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/**
 * The newest read of one connection that a replica served, while nothing has run on the master
 * since. MariaDB's driver asks the server for warnings when it is asked for them, whether of a
 * connection, a statement or a result: they are of the connection's newest command.
 *
 * <p>Lost are the warnings of a read whose replica connection another session has used since.
 *
 * <p>Not thread-safe: threads that share a connection may miss what one of them is told.
 */
final class NewestRead {
  private final boolean matters;
  private Lease lease;
  private int use;

  NewestRead(Engine engine) {
    matters = engine == Engine.MARIADB;
  }

  /** True for drivers whose warnings are a connection's. */
  boolean matters() {
    return matters;
  }

  /** A replica has served a read; the thread does not count as being inside the driver. */
  void served(HeldLease on, Statement statement, ManagedConnection connection, ThreadState thread)
      throws SQLException {
    if (!matters) {
      return;
    }
    if (lease == null) {
      // What the master has warned of before is over, as on one connection.
      thread.enter(connection);
      try {
        statement.clearWarnings();
      } finally {
        connection.leave(thread);
      }
    }
    lease = on.lease;
    use = on.lease.uses();
  }

  /** Something ran on the master, or the warnings were cleared. */
  void over() {
    if (matters) {
      lease = null;
    }
  }

  /** True while the driver's own connection does not know of the newest command. */
  boolean isOnReplica() {
    return lease != null;
  }

  /**
   * The warnings of the newest read.
   *
   * @param held the connection holds the lease for open results
   */
  SQLWarning warnings(boolean held) throws SQLException {
    Lease asked = lease;
    if (held) {
      return asked.uses() == use ? asked.connection().getWarnings() : null;
    }
    if (!asked.tryActivate()) {
      return null;
    }
    try {
      return asked.uses() == use ? asked.connection().getWarnings() : null;
    } finally {
      asked.park();
    }
  }

  /** The lease it was served on; null when there is none. */
  Lease lease() {
    return lease;
  }
}
