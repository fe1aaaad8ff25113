package io.rwsplit.jdbc;

import io.rwsplit.route.Balancer;
import io.rwsplit.route.RouteReason;

/**
 * Finds the replica connection for a read outside of a transaction. Stateless.
 *
 * <p>While a result of the application's connection has rows left, further reads use the replica
 * connection it is read from: they show one state, and a loop over one result with a query for each
 * row does not hold two replicas. Else nothing sticks: each read is the strategy's to give, also
 * when results were read to their end and left open.
 */
final class LeaseChoice {
  private LeaseChoice() {}

  /**
   * Counts the coming result on the lease.
   *
   * @param eligible the replicas that may serve, one per bit; at least one
   * @param asked the replicas the read asks for
   * @param needed the ticket it must be covered for
   * @param now by {@link System#nanoTime()}
   * @return a {@link HeldLease}, or the {@link RouteReason} for which the master runs it
   */
  static Object lease(
      ManagedConnection connection, long eligible, long asked, long needed, long now) {
    Balancer balancer = connection.context.balancer;
    boolean asks = (eligible & asked) != 0;
    HeldLease shared = connection.share(asks ? eligible & asked : eligible, needed);
    if (shared != null) {
      return shared;
    }
    if (!connection.admits()) {
      return RouteReason.READ_PERCENT;
    }
    if (!asks && balancer.masterTakes()) {
      return RouteReason.MASTER_SHARE;
    }
    RouteReason why = RouteReason.RESERVED;
    for (long rest = eligible; ; why = RouteReason.NO_CONNECTION) {
      int replica = balancer.choose(rest, asked, connection);
      if (replica == Balancer.NONE) {
        return why;
      }
      HeldLease lease = connection.join(replica);
      if (lease == null) {
        lease = connection.borrow(replica, now);
      }
      if (lease != null) {
        return lease;
      }
      rest &= ~(1L << replica);
    }
  }
}
