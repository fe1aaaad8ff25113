package io.rwsplit.config;

import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import java.util.List;

/** What must hold between {@code rwsplit.sync} and the other properties. */
final class SyncChecks {
  private final Values values;

  SyncChecks(Values values) {
    this.values = values;
  }

  void run() {
    Object mode = values.get(Property.SYNC);
    if (mode == null) {
      return;
    }
    checkCount(mode);
    if (mode == SyncMode.ASYNC) {
      return;
    }
    String given = values.given(Property.SYNC);
    List<JdbcUrl> masters = values.urls(Property.MASTER);
    boolean otherEngine =
        !masters.isEmpty()
            && masters.get(0).engine() != null
            && masters.get(0).engine() != Engine.SQLITE;
    if (otherEngine || values.get(Property.REPLICATION) == ReplicationMode.OFF) {
      values.fault(
          Property.SYNC,
          given,
          "asks for replicas that the agent feeds (a SQLite master, and rwsplit.replication=wal)",
          "async");
    }
    for (Long delay : values.durations(Property.REPLICATION_DELAY)) {
      if (delay > 0) {
        values.fault(
            Property.SYNC,
            given,
            "contradicts rwsplit.replication.delay, by which every commit would wait that long",
            "async, or no delay");
        break;
      }
    }
  }

  private void checkCount(Object mode) {
    String given = values.given(Property.SYNC_REPLICAS);
    Object count = values.get(Property.SYNC_REPLICAS);
    int replicas = values.urls(Property.REPLICAS).size();
    if (given != null && mode != SyncMode.SEMI_SYNC) {
      values.warn(Property.SYNC_REPLICAS, given, "has no effect without rwsplit.sync=semi-sync");
    } else if (mode == SyncMode.SEMI_SYNC
        && count != null
        && replicas > 0
        && (Long) count > replicas) {
      values.fault(
          Property.SYNC_REPLICAS,
          String.valueOf(count),
          "is more than the " + replicas + " of rwsplit.replicas",
          "at most " + replicas);
    }
  }
}
