package io.rwsplit.jdbc;

import io.rwsplit.route.Balancer;
import io.rwsplit.route.RouteReason;
import io.rwsplit.session.Mode;
import io.rwsplit.sql.Classification;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Where a read would go that nothing of its own keeps on the master, while nothing is routed: the
 * same questions as for one that is, asked of replicas that are taken to be there, in service, and
 * idle. Waits for nothing. Stateless.
 */
final class ObservedRead {
  private static final long ALL = -1;

  private static final Balancer.Load IDLE =
      new Balancer.Load() {
        @Override
        public int inUse(int replica) {
          return 0;
        }
      };

  private ObservedRead() {}

  /**
   * The decision.
   *
   * @param asked the replicas the read asks for
   * @param eventual true when any replica may serve it
   * @return {@link RouteReason#OBSERVED} for a replica, else why the master would run it
   */
  static RouteReason route(
      ManagedConnection connection,
      ThreadState thread,
      Statement statement,
      Classification what,
      long asked,
      boolean eventual)
      throws SQLException {
    if (connection.mode() == Mode.READ_ONLY_TRANSACTION) {
      return connection.readOnlyTransactions().observe(thread, statement, asked);
    }
    RouteReason why =
        eventual ? null : lacking(connection, thread, connection.needed(thread, what));
    why = why == null ? choice(connection, asked) : why;
    return why == null ? RouteReason.OBSERVED : why;
  }

  /** Leaves a read that would leave the master to be compared, where that is wanted. */
  static RouteReason sampled(
      ManagedStatement statement, Classification what, String sql, RouteReason why) {
    if (why == RouteReason.OBSERVED && statement.connection().context.sampler != null) {
      ReadSample.take(statement, what, sql, -1);
    }
    return why;
  }

  /** Why no replica may serve a read that has to be covered for a ticket; null when one may. */
  static RouteReason lacking(ManagedConnection connection, ThreadState thread, long needed) {
    RoutingContext context = connection.context;
    if (connection.eligible(thread, needed) != 0) {
      return null;
    }
    long wait = context.rules.waitNanos();
    return wait > 0 && context.mayCatchUp(needed, wait) ? null : connection.lacking(thread);
  }

  /** Why none of the replicas takes a read that all may serve; null when one does. */
  static RouteReason choice(ManagedConnection connection, long asked) {
    if (!connection.admits()) {
      return RouteReason.READ_PERCENT;
    }
    RoutingContext context = connection.context;
    long eligible = ALL >>> (Long.SIZE - context.replicas.length);
    Balancer balancer = context.balancer;
    if ((eligible & asked) == 0 && balancer.masterTakes()) {
      return RouteReason.MASTER_SHARE;
    }
    return balancer.choose(eligible, asked, IDLE) == Balancer.NONE ? RouteReason.RESERVED : null;
  }
}
