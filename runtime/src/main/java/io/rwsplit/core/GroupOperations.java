package io.rwsplit.core;

import io.rwsplit.failover.Failover;
import io.rwsplit.promotion.PromotionManager;
import io.rwsplit.replication.ReplicationOperations;
import io.rwsplit.topology.ServerView;
import java.util.List;
import java.util.function.Supplier;

/**
 * What can be asked of one running group, and done to it, from outside: by the command line, HTTP
 * or tests. Thread-safe.
 */
public final class GroupOperations {
  private final String name;
  private final Supplier<List<ServerView>> topology;
  private final ReplicationOperations replication;
  private final Failover failover;
  private final Routing routing;
  private final PromotionManager promotion;

  GroupOperations(
      String name,
      Routing routing,
      Supplier<List<ServerView>> topology,
      ReplicationOperations replication,
      Failover failover,
      PromotionManager promotion) {
    this.name = name;
    this.routing = routing;
    this.topology = topology;
    this.replication = replication;
    this.failover = failover;
    this.promotion = promotion;
  }

  /** The group's name; empty for the one without. */
  public String name() {
    return name;
  }

  /** The switch of the routing, its circuit and its counts. */
  public Routing routing() {
    return routing;
  }

  /** All databases of the group as they are seen now. */
  public List<ServerView> topology() {
    return topology.get();
  }

  /** The replication of this JVM; null where it feeds nothing. */
  public ReplicationOperations replication() {
    return replication;
  }

  /** Who is the master, and the roles of all servers; null where the master never changes. */
  public Failover failover() {
    return failover;
  }

  /** What promotes replicas, by itself and when asked; null without {@code promote}. */
  public PromotionManager promotion() {
    return promotion;
  }
}
