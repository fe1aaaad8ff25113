package io.rwsplit.core;

import io.rwsplit.circuit.PassThrough;
import io.rwsplit.failover.Failover;
import io.rwsplit.jmx.Registration;
import io.rwsplit.log.OncePer;
import io.rwsplit.operations.Group;
import io.rwsplit.promotion.PromotionManager;
import io.rwsplit.replication.ReplicationOperations;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.topology.ServerView;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be asked of one running group, and done to it, from outside: by the command line, HTTP
 * or tests. Thread-safe.
 */
public final class GroupOperations {
  private final Group group;
  private final PassThrough passing;
  private final RouteCounters counters;
  private final OncePer faults;

  /** Null where there is no MBean. */
  private volatile Registration shown;

  GroupOperations(Group group, PassThrough passing, RouteCounters counters, OncePer faults) {
    this.group = group;
    this.passing = passing;
    this.counters = counters;
    this.faults = faults;
  }

  /** Registers its MBean; a fault of that is said, and changes nothing. */
  void show() {
    Logger log = LoggerFactory.getLogger(GroupOperations.class);
    try {
      shown = routing().register(group.name());
      log.info("MBean {}", shown);
    } catch (Throwable t) {
      log.warn("no MBean", t);
    }
  }

  /** The group is over. */
  void hide() {
    Registration known = shown;
    if (known != null) {
      known.end();
    }
  }

  /** The group's name; empty for the one without. */
  public String name() {
    return group.name();
  }

  /** The switch of the routing, its circuit and its counts. */
  public Routing routing() {
    return new Routing(passing, counters, faults);
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
