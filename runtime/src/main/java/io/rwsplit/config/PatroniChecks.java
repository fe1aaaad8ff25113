package io.rwsplit.config;

import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import java.util.List;

/** What must hold between the properties of Patroni and the others. */
final class PatroniChecks {
  private static final Property[] BY_REPLICA = {
    Property.REPLICAS_WEIGHT,
    Property.REPLICAS_PRIORITY,
    Property.REPLICAS_ZONE,
    Property.REPLICAS_TAGS,
    Property.REPLICATION_DELAY
  };

  private final Values values;

  PatroniChecks(Values values) {
    this.values = values;
  }

  void run() {
    boolean asked = values.isGiven(Property.PATRONI);
    for (Property property : new Property[] {Property.PATRONI_USER, Property.PATRONI_INTERVAL}) {
      if (!asked && values.isGiven(property)) {
        values.warn(property, values.given(property), "has no effect without rwsplit.patroni");
      }
    }
    if (values.isGiven(Property.PATRONI_PASSWORD) && !values.isGiven(Property.PATRONI_USER)) {
      values.fault(
          Property.PATRONI_PASSWORD,
          values.given(Property.PATRONI_PASSWORD),
          "is set without rwsplit.patroni.user",
          "both or neither");
    }
    if (asked) {
      checkPromotion();
      checkEngine();
      checkLists();
    }
  }

  /** Two who promote would work against each other. */
  private void checkPromotion() {
    if (values.get(Property.FAILOVER) == FailoverMode.PROMOTE) {
      values.fault(
          Property.FAILOVER,
          values.given(Property.FAILOVER),
          "contradicts rwsplit.patroni, since Patroni promotes",
          "follow, or no rwsplit.patroni");
    }
  }

  private void checkEngine() {
    List<JdbcUrl> masters = values.urls(Property.MASTER);
    Engine engine = masters.isEmpty() ? null : masters.get(0).engine();
    if (engine != null && engine != Engine.POSTGRESQL) {
      values.fault(
          Property.PATRONI,
          values.given(Property.PATRONI),
          "is for PostgreSQL, and the master is none",
          "nothing for other engines");
    }
  }

  /** Nobody can say beforehand in which order Patroni names its members. */
  private void checkLists() {
    if (values.isGiven(Property.REPLICAS)) {
      return;
    }
    for (Property property : BY_REPLICA) {
      String given = values.given(property);
      if (given != null && Lists.parts(given).size() > 1) {
        values.fault(
            property,
            given,
            "has an entry for each replica, and rwsplit.replicas is not set",
            "one for all, or set rwsplit.replicas too");
      }
    }
  }
}
