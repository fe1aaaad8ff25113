package io.rwsplit.config;

import io.rwsplit.engine.JdbcUrl;

/** What the configuration says of a change of the master. Immutable; times in nanoseconds. */
public final class FailoverSettings {
  private final Values values;

  FailoverSettings(Values values) {
    this.values = values;
  }

  /** Whether and how the master may change. */
  public FailoverMode mode() {
    return (FailoverMode) values.get(Property.FAILOVER);
  }

  /** Time between two questions for a node's role. */
  public long intervalNanos() {
    return values.number(Property.FAILOVER_INTERVAL);
  }

  /** How long the master may be silent before its connections are broken. */
  public long timeoutNanos() {
    return values.number(Property.FAILOVER_TIMEOUT);
  }

  /** How long a connect waits for a master when there is none. */
  public long connectWaitNanos() {
    return values.number(Property.FAILOVER_CONNECT_WAIT);
  }

  /**
   * True when the master's URL is no server's own: it has several hosts, or the configuration says
   * that it is a proxy's.
   */
  public boolean isProxy() {
    JdbcUrl master = values.urls(Property.MASTER).get(0);
    return values.flag(Property.FAILOVER_PROXY) || master.hosts().size() > 1;
  }

  /** How long a master must have been silent before another is promoted. */
  public long observationNanos() {
    return values.number(Property.FAILOVER_OBSERVATION);
  }

  /** How old what a promoted replica holds may be. */
  public long lagMaxNanos() {
    return values.number(Property.FAILOVER_LAG_MAX);
  }

  /** Time from one change of the master to the next. */
  public long freezeNanos() {
    return values.number(Property.FAILOVER_FREEZE);
  }

  /** User with which a former master replicates from the new one; null when none is known. */
  public String replicationUser() {
    String own = (String) values.get(Property.FAILOVER_REPLICATION_USER);
    return own == null ? user() : own;
  }

  /** Password with which a former master replicates from the new one; may be null. */
  public String replicationPassword() {
    boolean own = values.get(Property.FAILOVER_REPLICATION_USER) != null;
    return own ? (String) values.get(Property.FAILOVER_REPLICATION_PASSWORD) : password();
  }

  /** User for questions of roles; null: the one the application gave its driver. */
  public String user() {
    return (String) values.get(Property.FAILOVER_USER);
  }

  /** Password for questions of roles; null: the one the application gave its driver. */
  public String password() {
    return (String) values.get(Property.FAILOVER_PASSWORD);
  }
}
