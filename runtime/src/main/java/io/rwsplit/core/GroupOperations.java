package io.rwsplit.core;

import io.rwsplit.failover.Failover;
import io.rwsplit.operations.Group;
import io.rwsplit.promotion.PromotionManager;
import io.rwsplit.replication.ReplicationOperations;
import io.rwsplit.topology.ServerView;
import java.util.List;

/**
 * What can be asked of one running group, and done to it, from outside: by the command line, HTTP
 * or tests. Thread-safe.
 */
public final class GroupOperations {
  private final Group group;
  private final Routing routing;

  GroupOperations(Group group, Routing routing) {
    this.group = group;
    this.routing = routing;
  }

  /** The group's name; empty for the one without. */
  public String name() {
    return group.name();
  }

  /** The switch of the routing, its circuit and its counts. */
  public Routing routing() {
    return routing;
  }

  /** All databases of the group as they are seen now. */
  public List<ServerView> topology() {
    return group.servers();
  }

  /** The replication of this JVM; null where it feeds nothing. */
  public ReplicationOperations replication() {
    return group.replication();
  }

  /** Who is the master, and the roles of all servers; null where the master never changes. */
  public Failover failover() {
    return group.failover();
  }

  /** What promotes replicas, by itself and when asked; null without {@code promote}. */
  public PromotionManager promotion() {
    return group.promotion();
  }
}
