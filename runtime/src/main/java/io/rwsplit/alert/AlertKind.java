package io.rwsplit.alert;

import java.util.Locale;

/** What an alert is about. */
public enum AlertKind {
  /** A group has no master that answers. */
  NO_MASTER(Form.LASTING),
  /** Another server has become the master. */
  FAILOVER(Form.EVENT),
  /** A former master has transactions that its successor lacks. */
  ORPHANS(Form.AT_ONCE),
  /** No replica may serve reads. */
  NO_REPLICA(Form.LASTING),
  /** A replica may not serve reads, for another reason than its lag. */
  REPLICA_UNHEALTHY(Form.LASTING),
  /** A replica is too far behind. */
  REPLICA_LAG(Form.LASTING),
  /** A replica receives or applies nothing, or cannot be fed. */
  REPLICATION_ERROR(Form.LASTING),
  /** A replica is compared with its master again and again. */
  RESYNCS(Form.EVENT),
  /** Commits go on without the replicas they should wait for. */
  COMMITS_UNACKNOWLEDGED(Form.AT_ONCE),
  /** Nearly all connections to a replica are in use, or none can be opened. */
  CONNECTIONS(Form.LASTING),
  /** More statements than allowed have taken longer than allowed. */
  SLOW_STATEMENTS(Form.AT_ONCE),
  /** A replica was found to hold other data than the master, and nobody has seen it mended. */
  DATA_MISMATCH(Form.AT_ONCE),
  /** Everything goes to the master: an operator's switch, or faults of the agent's own. */
  PASS_THROUGH(Form.AT_ONCE),
  /** The agent has had faults of its own; the driver ran as written. */
  FAULTS(Form.EVENT);

  /** How it goes in time. */
  private enum Form {
    /** An alert when it has lasted. */
    LASTING,
    /** An alert at once, and until it is over. */
    AT_ONCE,
    /** It happens at a moment, and has no end. */
    EVENT
  }

  private final Form form;

  AlertKind(Form form) {
    this.form = form;
  }

  /** True for what happens at a moment, and has no end. */
  public boolean isEvent() {
    return form == Form.EVENT;
  }

  /** True for what need not last to be an alert. */
  boolean isAtOnce() {
    return form != Form.LASTING;
  }

  /** As in {@code replica-lag}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
