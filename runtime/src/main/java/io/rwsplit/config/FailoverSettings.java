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

  /** User for questions of roles; null: the one the application gave its driver. */
  public String user() {
    return (String) values.get(Property.FAILOVER_USER);
  }

  /** Password for questions of roles; null: the one the application gave its driver. */
  public String password() {
    return (String) values.get(Property.FAILOVER_PASSWORD);
  }
}
