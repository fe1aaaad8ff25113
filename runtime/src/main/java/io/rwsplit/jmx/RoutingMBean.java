package io.rwsplit.jmx;

/** The switch of the routing, and counts since the start. */
public interface RoutingMBean {
  /** False while all statements go to the master because an operator has said so. */
  boolean isEnabled();

  void setEnabled(boolean enabled);

  /** Why all statements go to the master now; empty when they do not. */
  String getPassThrough();

  /** {@code CLOSED}, {@code OPEN} or {@code TRIAL}. */
  String getCircuit();

  /** How often faults of the agent's own have opened the circuit. */
  long getCircuitOpened();

  /** Faults of the agent's own. */
  long getFaults();

  /** Reads that replicas have served. */
  long getOnReplicas();

  /** Statements that the master has run. */
  long getOnMaster();
}
