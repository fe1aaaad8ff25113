package io.rwsplit.operations;

import io.rwsplit.acknowledgement.Acknowledgement;
import io.rwsplit.compare.CompareReport;
import io.rwsplit.engine.Engine;
import io.rwsplit.failover.Failover;
import io.rwsplit.observe.ObserveReport;
import io.rwsplit.promotion.PromotionManager;
import io.rwsplit.replication.ReplicationOperations;
import io.rwsplit.report.AssumedSession;
import io.rwsplit.report.Explain;
import io.rwsplit.report.History;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.topology.Replica;
import io.rwsplit.topology.ServerView;
import java.util.List;
import java.util.Map;

/**
 * One master with its replicas as those see and steer it who come from outside. Thread-safe; no
 * getter blocks, takes a lock of the application's path, or asks a database. No text has secrets.
 */
public abstract class Group {
  /** Its name; empty for the one without. */
  public abstract String name();

  /** The engine of all its databases. */
  public abstract Engine engine();

  /** What was set, by the properties' names. */
  public abstract Map<String, String> configuration();

  /** All its databases as they are seen now, the master among them. */
  public abstract List<ServerView> servers();

  /**
   * Those that may serve reads, by index: the replicas and, where it may become one, the configured
   * master.
   */
  public abstract List<Replica> replicas();

  /** What was routed where, and why. */
  public abstract RouteCounters counters();

  /** What was seen in the last minutes; null where that is not kept. */
  public abstract History history();

  /** Connections to a replica: in use, open, and how many there may be. */
  public abstract int[] poolUse(int replica);

  /** The agent's own faults, for each of which the driver ran as written. */
  public abstract long faults();

  /** Replication by the agent; null where somebody else feeds the replicas. */
  public abstract ReplicationOperations replication();

  /** What commits wait for; null where they wait for nothing. */
  public abstract Acknowledgement acknowledgement();

  /** Roles of the servers; null where the master never changes. */
  public abstract Failover failover();

  /** What promotes replicas; null where nobody is promoted. */
  public abstract PromotionManager promotion();

  /** True while it is known that no master answers. */
  public abstract boolean isMasterGone();

  /** True while the master gives no answer to the agent's own questions; false of files. */
  public abstract boolean isMasterSilent();

  /** The lag of a replica that deserves a warning, in nanoseconds; 0: none does. */
  public abstract long lagWarningNanos(int replica);

  /** The lag above which a replica serves no reads, in nanoseconds. */
  public abstract long lagCriticalNanos();

  /** True while a replica is not meant to serve reads: drained, by whomever, or not configured. */
  public abstract boolean isLeftAlone(int replica);

  /** False while every statement goes to the master. */
  public abstract boolean isRouting();

  /** Why faults of the agent's own make all statements go to the master; null when they do not. */
  public abstract String circuit();

  /** Turns routing on or off. */
  public abstract void route(boolean on);

  /** How much of the reads that may go to a replica do, in hundredths of a percent. */
  public abstract int readPercent();

  /** Changes that until the next start, or until the configuration says something else of it. */
  public abstract void readPercent(int hundredths);

  /** What was observed; null where reads are routed. */
  public abstract ObserveReport observed();

  /** What comparing reads has found; null where none are compared. */
  public abstract CompareReport compared();

  /** True while a replica gets no reads because somebody wants that. */
  public abstract boolean isDrained(int replica);

  /** Gives a replica no further reads, or lets it serve again. */
  public abstract void drain(int replica, boolean on);

  /**
   * Where a text would be run, and why; may wait for the parser, some seconds at the very worst.
   */
  public abstract Explain explain(String sql, AssumedSession session);
}
