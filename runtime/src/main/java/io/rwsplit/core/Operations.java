package io.rwsplit.core;

import io.rwsplit.failover.Failover;
import io.rwsplit.promotion.PromotionManager;
import io.rwsplit.replication.ReplicationOperations;
import io.rwsplit.topology.ServerView;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Where those find the running replication who come from outside: command line, HTTP, tests. */
public final class Operations {
  private static volatile ReplicationOperations running;
  private static volatile Failover followed;
  private static volatile Supplier<List<ServerView>> topology;

  private static volatile PromotionManager promoted;

  private static volatile Routing routing;

  private Operations() {}

  /** Set once, when the first connection of the application starts its cluster. */
  static void routes(Routing running) {
    routing = running;
  }

  /** The switch of the routing, its circuit and its counts; null before the first connection. */
  public static Routing routing() {
    return routing;
  }

  /** Set once, when the first connection of the application starts its cluster. */
  static void started(ReplicationOperations replication) {
    running = replication;
  }

  /** Set once, where the master may change. */
  static void follows(Failover failover) {
    followed = failover;
  }

  /** Set once, when the first connection of the application starts its cluster. */
  static void shows(Supplier<List<ServerView>> servers) {
    topology = servers;
  }

  /** All databases of the configuration as they are seen now; empty before the first connection. */
  public static List<ServerView> topology() {
    Supplier<List<ServerView>> known = topology;
    return known == null ? Collections.<ServerView>emptyList() : known.get();
  }

  /** Who is the master, and the roles of all servers; null where the master never changes. */
  public static Failover failover() {
    return followed;
  }

  /** Set once, where rwsplit may make a replica the master. */
  static void promotes(PromotionManager manager) {
    promoted = manager;
  }

  /** What promotes replicas, by itself and when asked; null without {@code promote}. */
  public static PromotionManager promotion() {
    return promoted;
  }

  /** The replication of this JVM; null before the first connection, and where it feeds nothing. */
  public static ReplicationOperations replication() {
    return running;
  }
}
