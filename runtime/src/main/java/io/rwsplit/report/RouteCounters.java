package io.rwsplit.report;

import io.rwsplit.route.RouteReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Statements by route and reason since the start. Thread-safe. */
public final class RouteCounters {
  /** Complete and never changed after construction, so that it may be read by all threads. */
  private final Map<RouteReason, LongAdder> master = new EnumMap<>(RouteReason.class);

  private final LongAdder[] replicas;
  private final StatementCounters statements = new StatementCounters();

  public RouteCounters(int replicaCount) {
    for (RouteReason reason : RouteReason.values()) {
      master.put(reason, new LongAdder());
    }
    replicas = new LongAdder[replicaCount];
    for (int i = 0; i < replicaCount; i++) {
      replicas[i] = new LongAdder();
    }
  }

  /** A statement was run by the master. */
  public void master(RouteReason reason) {
    master.get(reason).increment();
  }

  /** A read was served by a replica. */
  public void replica(int index) {
    replicas[index].increment();
  }

  /** The same by digest. */
  public StatementCounters statements() {
    return statements;
  }

  /** Statements the master ran for a reason. */
  public long onMaster(RouteReason reason) {
    return master.get(reason).sum();
  }

  /** Statements the master ran. */
  public long onMaster() {
    long sum = 0;
    for (LongAdder adder : master.values()) {
      sum += adder.sum();
    }
    return sum;
  }

  /** Reads a replica served. */
  public long onReplica(int index) {
    return replicas[index].sum();
  }

  /** Reads that replicas served. */
  public long onReplicas() {
    long sum = 0;
    for (LongAdder adder : replicas) {
      sum += adder.sum();
    }
    return sum;
  }

  /** Number of replicas counted. */
  public int replicaCount() {
    return replicas.length;
  }
}
