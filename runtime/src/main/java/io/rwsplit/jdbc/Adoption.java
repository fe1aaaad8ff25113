package io.rwsplit.jdbc;

import io.rwsplit.session.SessionSettings;
import java.sql.SQLException;

/**
 * Gives replica connections the state of one session. A state that none could be given is not tried
 * again for a while. Used by one thread at a time, mostly: two may try twice.
 */
final class Adoption {
  private static final long UNFIT_NANOS = 5_000_000_000L;

  private final ManagedConnection connection;

  /** A state that no replica connection could be given, and since when that is known. */
  private volatile SessionSettings unfit;

  private volatile long unfitSince;

  Adoption(ManagedConnection connection) {
    this.connection = connection;
  }

  /**
   * Gives a lease's connection a state.
   *
   * @return false when it cannot be given, and the lease was given up
   */
  @SuppressWarnings("ReferenceEquality") // a session asks again with the same object
  boolean adopt(HeldLease lease, SessionSettings desired) {
    boolean knownUnfit = desired == unfit && System.nanoTime() - unfitSince < UNFIT_NANOS;
    if (!knownUnfit) {
      try {
        lease.lease.adopt(desired);
        return true;
      } catch (SQLException e) {
        if (connection.context.replicaFailed(lease.replica, e) != FailureCause.REPLICA) {
          unfit = desired;
          unfitSince = System.nanoTime();
        }
      } catch (Throwable t) {
        lease.lease.markBroken();
        connection.finished(lease, null, true);
        throw t;
      }
    }
    connection.finished(lease, null, true);
    return false;
  }
}
