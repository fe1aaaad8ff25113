package io.rwsplit.core;

import io.rwsplit.circuit.Circuit;
import io.rwsplit.circuit.PassThrough;
import io.rwsplit.jmx.Registration;
import io.rwsplit.jmx.Source;
import io.rwsplit.log.OncePer;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.route.RouteReason;

/** The routing of one group as an operator sees and switches it. Thread-safe. */
public final class Routing implements Source {
  private final PassThrough passing;
  private final RouteCounters counters;
  private final OncePer faults;

  Routing(PassThrough passing, RouteCounters counters, OncePer faults) {
    this.passing = passing;
    this.counters = counters;
    this.faults = faults;
  }

  /** Makes it an MBean, with the group's name. */
  Registration register(String group) {
    return Registration.of(this, group);
  }

  /** False while all statements go to the master because an operator has said so. */
  @Override
  public boolean isEnabled() {
    return passing.isEnabled();
  }

  /**
   * Switches routing on or off. Off holds for every statement that begins after the call, but for
   * read-only transactions that have read on a replica, which end there. On, reads leave the master
   * within some 50 ms, and see what was written meanwhile.
   */
  @Override
  public void enable(boolean on) {
    passing.enable(on);
  }

  /** Why all statements go to the master now; null when they do not. */
  @Override
  public String passThrough() {
    RouteReason reason = passing.reason;
    return reason == null ? null : reason.text();
  }

  /** {@code CLOSED}, {@code OPEN} or {@code TRIAL}. */
  @Override
  public Circuit.State circuit() {
    return passing.circuit().look(System.nanoTime());
  }

  /** How often faults of rwsplit's own have opened the circuit. */
  @Override
  public long circuitOpened() {
    return passing.circuit().opened();
  }

  /** Faults of rwsplit's own since the start. */
  @Override
  public long faults() {
    return faults.total();
  }

  /** Reads that replicas have served. */
  @Override
  public long onReplicas() {
    return counters.onReplicas();
  }

  /** Statements that the master has run. */
  @Override
  public long onMaster() {
    return counters.onMaster();
  }
}
