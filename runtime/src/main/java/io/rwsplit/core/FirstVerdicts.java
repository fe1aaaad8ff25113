package io.rwsplit.core;

import io.rwsplit.catalog.Catalog;
import io.rwsplit.topology.Replica;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for replicas that are about to be ready, so that the first reads of a short program find
 * them; bounded, and only when there is something to wait for.
 */
final class FirstVerdicts {
  /** The first connection waits this long, at most. */
  private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Nodes nodes;

  /** Null when somebody else feeds the replicas. */
  private final ReplicationFeed feed;

  /** Null for engines that are no servers. */
  private final ServerPositions positions;

  /** Null where the configured master is the master. */
  private final FollowedMaster followed;

  /** Null where nobody asks for it. */
  private final Catalog catalog;

  FirstVerdicts(
      Nodes nodes,
      ReplicationFeed feed,
      ServerPositions positions,
      FollowedMaster followed,
      Catalog catalog) {
    this.nodes = nodes;
    this.feed = feed;
    this.positions = positions;
    this.followed = followed;
    this.catalog = catalog;
  }

  void await() {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!isSettled() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean isSettled() {
    if (catalog != null && !catalog.isKnown() && (feed == null || feed.isAttached())) {
      catalog.refresh();
      return false;
    }
    Replica[] replicas = nodes.get();
    for (int i = 0; i < replicas.length; i++) {
      if (!replicas[i].inService() && isPending(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isPending(int replica) {
    if (followed != null && followed.isMaster(replica)) {
      return false;
    }
    if (feed == null) {
      return !nodes.watch(replica).isProbed()
          || (positions != null && !positions.isSettled(replica));
    }
    switch (feed.replicator().state(replica)) {
      case WAITING_FOR_MASTER:
      case INITIALISING:
      case STREAMING:
        return true;
      default:
        return false;
    }
  }
}
