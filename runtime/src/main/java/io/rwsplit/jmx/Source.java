package io.rwsplit.jmx;

/** What the MBean asks and tells; implemented above this package. Thread-safe. */
public interface Source {
  /** False while an operator has switched routing off. */
  boolean isEnabled();

  /** Switches routing on or off. */
  void enable(boolean on);

  /** Why all statements go to the master now; null when they do not. */
  String passThrough();

  /** The circuit's state. */
  Enum<?> circuit();

  /** How often the circuit was opened. */
  long circuitOpened();

  /** Faults of the agent's own. */
  long faults();

  /** Reads that replicas have served. */
  long onReplicas();

  /** Statements that the master has run. */
  long onMaster();
}
