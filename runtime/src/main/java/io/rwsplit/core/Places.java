package io.rwsplit.core;

import io.rwsplit.config.Settings;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.pool.ReplicaPool;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.topology.Replica;
import java.io.IOException;

/**
 * Takes replicas into a running group and lets them go. Whoever joins gets no read before all that
 * is true of those who were there from the start: its pools are there, it passes its health check,
 * and is copied to or has told its position. Whoever leaves gets no read first; then its
 * connections are closed as their results are, and nobody asks or feeds it any more. Its place
 * stays, with its counters, for the case that it comes back. Used by one thread at a time.
 */
final class Places {
  private static final String LEFT = "is no longer configured";

  private final Cluster cluster;
  private final Settings started;
  private final AppDriver driver;
  private final Nodes nodes;
  private final ReplicaPools pools;

  /** Null when somebody else feeds the replicas. */
  private final ReplicationFeed feed;

  /** Null for engines that are no servers. */
  private final ServerPositions positions;

  /** How many replicas the other parts have a place for: one more after a join in vain. */
  private int prepared;

  Places(
      Cluster cluster,
      Settings started,
      AppDriver driver,
      Nodes nodes,
      ReplicaPools pools,
      ReplicationFeed feed,
      ServerPositions positions) {
    this.cluster = cluster;
    this.started = started;
    this.driver = driver;
    this.nodes = nodes;
    this.pools = pools;
    this.feed = feed;
    this.positions = positions;
    this.prepared = nodes.get().length;
  }

  /** Why no replica with this URL can join before a restart; null when it can. */
  String obstacle(JdbcUrl url) {
    if (started.masterMayChange()) {
      return "with rwsplit.failover all JVMs must choose the master among the same servers;"
          + " list one that joins later from the start, in rwsplit.replicas.drain too";
    }
    if (started.asksPatroni()) {
      return "with rwsplit.patroni the servers are asked for at the start";
    }
    if (nodes.get().length >= Nodes.MOST) {
      return "a group has " + Nodes.MOST + " replicas at most, with those that have left";
    }
    return url.beginsLike(started.replicas().get(0))
        ? null
        : "its parameters are other than those of the replicas that are there";
  }

  /**
   * A replica joins, with the next index.
   *
   * @param place of it in the newer settings
   * @return its name
   * @throws IOException when it does not: the reason
   */
  String add(Settings newer, int place) throws IOException {
    int index = nodes.get().length;
    JdbcUrl url = newer.replicas().get(place);
    String name = "replica" + (index + 1);
    Replica replica =
        new Replica(index, name, url.withoutSecrets(), Balancing.traits(newer, place));
    driver.node(index, url);
    if (prepared == index) {
      prepared++;
      pools.add(ClusterParts.poolName(started, name));
      cluster.counters().add();
      if (positions != null) {
        positions.add(name);
      }
    }
    Replica[] more = nodes.with(replica);
    watched(replica, newer, place);
    // Before anything can take it into service.
    cluster.meets(more, Balancing.balancer(newer, more));
    if (feed != null) {
      feed.joins(replica, url.file().toPath(), newer.replicationDelayNanos(place));
    }
    nodes.add(replica);
    begin(index);
    return name;
  }

  /**
   * A replica that has left is back.
   *
   * @param place of it in the newer settings
   * @throws IOException when it is not: the reason
   */
  void open(int index, Settings newer, int place) throws IOException {
    Replica replica = nodes.replica(index);
    JdbcUrl url = newer.replicas().get(place);
    driver.node(index, url);
    watched(replica, newer, place);
    if (feed != null) {
      feed.joins(replica, url.file().toPath(), newer.replicationDelayNanos(place));
    }
    begin(index);
  }

  private void watched(Replica replica, Settings newer, int place) {
    ReplicaWatch watch = nodes.watch(replica, newer);
    watch.limits(newer, place);
    nodes.put(replica.index(), watch);
  }

  private void begin(int index) {
    pools.renew(index);
    if (positions != null) {
      positions.returns(index);
    }
    nodes.watch(index).start();
  }

  /**
   * A replica leaves.
   *
   * @throws IOException when it is fed nevertheless: the reason; it gets no reads all the same
   */
  void close(int index) throws IOException {
    ReplicaWatch watch = nodes.watch(index);
    watch.drain(LEFT);
    watch.stop(LEFT);
    for (ReplicaPool unused : pools.retire(index)) {
      // Its connections are closed when the reads under way have ended.
    }
    if (positions != null) {
      positions.leaves(index);
    }
    try {
      watch.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (feed != null) {
      feed.leaves(index);
    }
  }
}
