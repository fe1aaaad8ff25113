package io.rwsplit.report;

import io.rwsplit.route.RouteReason;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * Statements by route and reason since the start. Those of the master are counted once, with their
 * statement, and added up when somebody asks. Thread-safe.
 */
public final class RouteCounters {
  /** Never changed: where a replica joins, another array takes its place. */
  private volatile LongAdder[] replicas;

  private final StatementCounters statements = new StatementCounters();

  /** Null where nobody can ask for it. */
  private final Timings timings;

  /** Without timings. */
  public RouteCounters(int replicaCount) {
    this(replicaCount, null);
  }

  /**
   * Counters at 0.
   *
   * @param timings null where nobody can ask for it
   */
  public RouteCounters(int replicaCount, Timings timings) {
    this.timings = timings;
    LongAdder[] adders = new LongAdder[replicaCount];
    for (int i = 0; i < replicaCount; i++) {
      adders[i] = new LongAdder();
    }
    replicas = adders;
  }

  /** A replica joins, with the next index. Called by one thread at a time. */
  public void add() {
    if (timings != null) {
      timings.add();
    }
    LongAdder[] more = Arrays.copyOf(replicas, replicas.length + 1);
    more[replicas.length] = new LongAdder();
    replicas = more;
  }

  /** A read was served by a replica. */
  public void replica(int index) {
    replicas[index].increment();
  }

  /** The same by digest. */
  public StatementCounters statements() {
    return statements;
  }

  /** How long they took; null where that is not measured. */
  public Timings timings() {
    return timings;
  }

  /** Statements the master ran for a reason. */
  public long onMaster(RouteReason reason) {
    return reason.isReplica() ? 0 : statements.executed(reason);
  }

  /** Statements the master ran. */
  public long onMaster() {
    long sum = 0;
    for (RouteReason reason : RouteReason.values()) {
      sum += onMaster(reason);
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
}
