package io.rwsplit.config;

import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import java.util.List;

/** What must hold between {@code rwsplit.failover=promote} and the other properties. */
final class PromotionChecks {
  private static final Property[] OWN = {
    Property.FAILOVER_OBSERVATION,
    Property.FAILOVER_LAG_MAX,
    Property.FAILOVER_FREEZE,
    Property.FAILOVER_REPLICATION_USER
  };

  private final Values values;

  PromotionChecks(Values values) {
    this.values = values;
  }

  void run() {
    if (values.isGiven(Property.FAILOVER_REPLICATION_PASSWORD)
        && !values.isGiven(Property.FAILOVER_REPLICATION_USER)) {
      values.fault(
          Property.FAILOVER_REPLICATION_PASSWORD,
          values.given(Property.FAILOVER_REPLICATION_PASSWORD),
          "is set without rwsplit.failover.replication.user",
          "both or neither");
    }
    Object mode = values.get(Property.FAILOVER);
    if (mode == FailoverMode.PROMOTE) {
      if (values.isGiven(Property.PATRONI)) {
        values.fault(
            Property.FAILOVER,
            values.given(Property.FAILOVER),
            "would promote beside Patroni, which rwsplit.patroni names",
            "follow, or no rwsplit.patroni");
      }
      checkReplicas();
    } else if (mode != null) {
      for (Property property : OWN) {
        if (values.isGiven(property)) {
          values.warn(
              property, values.given(property), "has no effect without rwsplit.failover=promote");
        }
      }
    }
  }

  /** The one address of each server is how the others are told to reach it. */
  private void checkReplicas() {
    for (JdbcUrl replica : values.urls(Property.REPLICAS)) {
      if (replica.fault() == null
          && replica.engine() != Engine.SQLITE
          && replica.hosts().size() != 1) {
        values.fault(
            Property.REPLICAS,
            replica.text(),
            "has not one host, which rwsplit.failover=promote needs",
            "URLs with one host each");
      }
    }
    List<JdbcUrl> masters = values.urls(Property.MASTER);
    if (values.urls(Property.REPLICAS).size() == 1 && !masters.isEmpty()) {
      values.warn(
          Property.FAILOVER,
          values.given(Property.FAILOVER),
          "will never promote: of two servers none is a majority; it needs three at least");
    }
  }
}
