package io.rwsplit.jdbc;

import io.rwsplit.replication.PublishedCommit;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Where the rest of a result comes from whose replica failed in the middle of it. Stateless. */
final class Continuation {
  private Continuation() {}

  /**
   * Runs a read whose replica failed in the middle again, on the master, when that provably returns
   * the same rows: the master has committed nothing since, and the statement is as it was.
   *
   * @param ticket is exactly the state the replica showed; negative when that is not known
   * @param delivered rows the application has had already
   * @param samples what it saw of them; may be null
   * @return the driver's own result after those rows; null when nothing is proven
   */
  static ResultSet onMaster(
      ManagedStatement owner,
      Statement statement,
      int replica,
      Repeat repeat,
      long ticket,
      long delivered,
      SampledRows samples) {
    ManagedConnection connection = owner.connection();
    RoutingContext context = connection.context;
    if (ticket < 0 || connection.masterReason() != null) {
      return null;
    }
    ThreadState thread = ThreadState.current();
    // The driver's own body runs: this is no execution of the application's.
    thread.enter(connection);
    ResultSet again = null;
    boolean same = false;
    try {
      again = repeat.run(statement);
      same = context.tracker().isUnchangedSince(ticket);
      same = same && PastRead.skip(again, delivered, samples);
      if (same) {
        owner.masterResult(again);
        context.failedMidway(replica, "from the master, which is unchanged", null);
        owner.repeatedOnMaster();
      }
      return same ? again : null;
    } catch (SQLException | RuntimeException e) {
      same = false;
      return null;
    } finally {
      try {
        if (!same && again != null) {
          owner.closeQuietly(again);
        }
      } finally {
        connection.leave(thread);
      }
    }
  }

  /**
   * The rest of a result whose replica failed in the middle, from the pages the master had at the
   * replica's commit.
   *
   * @param commit which the replica showed; null when that is not known
   * @return null when it cannot be had
   */
  static PastRead atCommit(
      ManagedStatement owner,
      HeldLease lease,
      Repeat repeat,
      PublishedCommit commit,
      long delivered,
      SampledRows samples) {
    RoutingContext context = owner.connection().context;
    if (commit == null) {
      return null;
    }
    try {
      Path file = context.writePast(lease.read, commit);
      PastRead past = PastRead.begin(file, lease.lease, owner, repeat, delivered, samples);
      context.failedMidway(lease.replica, "from its commit, rebuilt from the master", null);
      return past;
    } catch (SQLException | IOException | RuntimeException e) {
      context.failedMidway(lease.replica, null, e);
      return null;
    }
  }
}
