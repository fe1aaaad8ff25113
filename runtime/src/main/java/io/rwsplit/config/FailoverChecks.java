package io.rwsplit.config;

import io.rwsplit.engine.JdbcUrl;
import java.util.List;

/** What must hold between {@code rwsplit.failover} and the other properties. */
final class FailoverChecks {
  /** Replicas are bits of a long, and the master takes one. */
  private static final int MOST_REPLICAS = 63;

  private final Values values;

  FailoverChecks(Values values) {
    this.values = values;
  }

  void run() {
    Object mode = values.get(Property.FAILOVER);
    if (mode == null) {
      return;
    }
    if (mode == FailoverMode.OFF) {
      warnUnused();
      return;
    }
    List<JdbcUrl> masters = values.urls(Property.MASTER);
    if (masters.isEmpty() || masters.get(0).engine() == null) {
      return;
    }
    String given = values.given(Property.FAILOVER);
    JdbcUrl master = masters.get(0);
    if (!master.engine().isServer()) {
      values.fault(
          Property.FAILOVER, given, "is for servers only (PostgreSQL, MariaDB, MySQL)", "off");
    } else if (values.urls(Property.REPLICAS).size() > MOST_REPLICAS) {
      values.fault(
          Property.FAILOVER,
          given,
          "is possible with " + MOST_REPLICAS + " replicas at most",
          "off, or fewer replicas");
    } else if (mode == FailoverMode.PROMOTE
        && (master.hosts().size() > 1 || values.flag(Property.FAILOVER_PROXY))) {
      values.fault(
          Property.FAILOVER,
          given,
          "needs a master's URL with one host that is a server's own",
          "follow, or off");
    } else if (master.hosts().size() > 1) {
      values.warn(
          Property.FAILOVER,
          given,
          "leaves the choice among the hosts of rwsplit.master to the driver: connects are not"
              + " redirected, as with rwsplit.failover.proxy=true");
    }
    if (values.isGiven(Property.FAILOVER_PASSWORD) && !values.isGiven(Property.FAILOVER_USER)) {
      values.fault(
          Property.FAILOVER_PASSWORD,
          values.given(Property.FAILOVER_PASSWORD),
          "is set without rwsplit.failover.user",
          "both or neither");
    }
  }

  private void warnUnused() {
    Property[] unused = {
      Property.FAILOVER_INTERVAL,
      Property.FAILOVER_TIMEOUT,
      Property.FAILOVER_CONNECT_WAIT,
      Property.FAILOVER_PROXY,
      Property.FAILOVER_USER
    };
    for (Property property : unused) {
      if (values.isGiven(property)) {
        values.warn(
            property, values.given(property), "has no effect without rwsplit.failover=follow");
      }
    }
  }
}
