package io.rwsplit.core;

import io.rwsplit.patroni.PatroniWatch;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.topology.Replica;

/** One look at what is known of all replicas, and the verdicts that follow from it. */
final class ReplicaRound implements Runnable {
  private final Nodes nodes;

  /** Null when somebody else feeds the replicas. */
  private final ReplicationFeed feed;

  /** Null when somebody else feeds the replicas. */
  private final SoleUse soleUse;

  /** Null for engines that are no servers. */
  private final ServerPositions positions;

  /** Null when Patroni is not asked. */
  private final PatroniWatch patroni;

  private final RouteCounters counters;
  private final PoolWatch openings;

  ReplicaRound(
      Nodes nodes,
      ReplicationFeed feed,
      SoleUse soleUse,
      ServerPositions positions,
      PatroniWatch patroni,
      RouteCounters counters) {
    this.nodes = nodes;
    this.feed = feed;
    this.soleUse = soleUse;
    this.positions = positions;
    this.patroni = patroni;
    this.counters = counters;
    this.openings = nodes.poolWatch();
  }

  @Override
  public void run() {
    if (feed != null && feed.acknowledgement() != null) {
      feed.acknowledgement().progressed();
    }
    Replica[] replicas = nodes.get();
    ReplicaWatch[] watches = nodes.watches();
    for (int i = 0; i < replicas.length; i++) {
      if (feed != null) {
        replicas[i].lag(feed.replicator().lag(i));
      } else if (positions != null) {
        replicas[i].lag(positions.lag(i));
      }
      if (patroni != null) {
        watches[i].manager(patroni.objection(i));
      }
      watches[i].reads(counters.onReplica(i));
      watches[i].judge();
    }
    openings.look();
    if (soleUse != null) {
      soleUse.lookForDropped();
    }
  }
}
