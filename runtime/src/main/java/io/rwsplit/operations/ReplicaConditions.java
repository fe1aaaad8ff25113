package io.rwsplit.operations;

import io.rwsplit.alert.AlertKey;
import io.rwsplit.alert.AlertKind;
import io.rwsplit.alert.Condition;
import io.rwsplit.alert.Severity;
import io.rwsplit.replication.FeedState;
import io.rwsplit.replication.FeedStatus;
import io.rwsplit.topology.Health;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.Replica;
import io.rwsplit.topology.ReplicationState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is wrong with one replica. Used by one thread. */
final class ReplicaConditions {
  private static final long RESYNC_WINDOW = TimeUnit.MINUTES.toNanos(15);
  private static final int MOST_RESYNCS = 3;
  private static final int HUNDRED = 100;

  private final Group group;
  private final Replica replica;
  private final double connectionsWarning;
  private final double connectionsCritical;
  private boolean seen;
  private long resyncs;
  private long resyncsSince;

  ReplicaConditions(
      Group group, Replica replica, double connectionsWarning, double connectionsCritical) {
    this.group = group;
    this.replica = replica;
    this.connectionsWarning = connectionsWarning;
    this.connectionsCritical = connectionsCritical;
  }

  /** True while reads may be sent to it. */
  boolean isServing() {
    return replica.inService();
  }

  /** True when it should serve reads, if it can. */
  boolean isWanted() {
    return !isMaster() && !group.isLeftAlone(replica.index()) && !isBeginning();
  }

  private boolean isMaster() {
    return group.failover() != null && group.failover().term().node() == replica.index();
  }

  /** It gets its first copy, which may take long, and is nobody's fault. */
  private boolean isBeginning() {
    FeedStatus feed = feed();
    return feed != null && feed.state() == FeedState.INITIALISING;
  }

  private FeedStatus feed() {
    boolean known = group.replication() != null && replica.index() < group.replication().replicas();
    return known ? group.replication().status(replica.index()) : null;
  }

  private AlertKey own(AlertKind kind) {
    return new AlertKey(kind, group.name(), replica.name());
  }

  private AlertKey ofGroup(AlertKind kind) {
    return new AlertKey(kind, group.name(), "");
  }

  private void add(
      List<Condition> found,
      AlertKind kind,
      Severity severity,
      String text,
      String advice,
      AlertKey... causes) {
    found.add(new Condition(own(kind), severity, replica.name() + ' ' + text, advice, causes));
  }

  /**
   * Adds what is wrong now.
   *
   * @param lastMaster index of the newest server that was the master
   */
  void look(long now, int lastMaster, List<Condition> found) {
    if (isMaster() || group.isLeftAlone(replica.index())) {
      return;
    }
    boolean broken = replication(found);
    health(found, broken, replica.index() == lastMaster);
    lag(found);
    connections(found);
    resyncs(now, found);
  }

  /** True when replication is what is wrong with it. */
  private boolean replication(List<Condition> found) {
    FeedStatus feed = feed();
    if (feed != null && feed.state() == FeedState.FAILED) {
      add(
          found,
          AlertKind.REPLICATION_ERROR,
          Severity.CRITICAL,
          "cannot be fed: " + (feed.reason() == null ? feed.lastFailure() : feed.reason()) + ".",
          "Mend what it names; it is tried again by itself.",
          ofGroup(AlertKind.NO_MASTER));
      return true;
    }
    ReplicationState state = replica.replication();
    if (state.problem() != null) {
      add(
          found,
          AlertKind.REPLICATION_ERROR,
          Severity.CRITICAL,
          "applies nothing more: " + state.problem() + ".",
          "Mend it on that server, or set it up anew; it serves no reads until it replicates.",
          ofGroup(AlertKind.NO_MASTER));
      return true;
    }
    if (state.remark() != null) {
      add(
          found,
          AlertKind.REPLICATION_ERROR,
          Severity.WARNING,
          state.remark() + ".",
          "Start its replication again, or see why it cannot reach its master.",
          ofGroup(AlertKind.NO_MASTER),
          own(AlertKind.REPLICA_UNHEALTHY));
    }
    return false;
  }

  private void health(List<Condition> found, boolean broken, boolean wasMaster) {
    boolean lags = replica.standing().startsWith(Health.LAGS);
    if (replica.inService() || lags || isBeginning()) {
      return;
    }
    List<AlertKey> causes = new ArrayList<>();
    if (broken) {
      causes.add(own(AlertKind.REPLICATION_ERROR));
    }
    if (wasMaster || feed() != null) {
      // What a file that is gone has done to its copies; or the server that is gone itself.
      causes.add(ofGroup(AlertKind.NO_MASTER));
    }
    causes.add(ofGroup(AlertKind.NO_REPLICA));
    add(
        found,
        AlertKind.REPLICA_UNHEALTHY,
        Severity.WARNING,
        "serves no reads: " + replica.standing() + " (" + replica.url() + ").",
        GroupConditions.STATUS,
        causes.toArray(new AlertKey[0]));
  }

  private void lag(List<Condition> found) {
    Lag lag = replica.lag();
    long warning = group.lagWarningNanos(replica.index());
    long critical = group.lagCriticalNanos();
    if (!lag.isKnown()) {
      return;
    }
    boolean isCritical = lag.nanos() > critical;
    if (isCritical || (warning > 0 && lag.nanos() > warning)) {
      add(
          found,
          AlertKind.REPLICA_LAG,
          isCritical ? Severity.CRITICAL : Severity.WARNING,
          isCritical
              ? lag + ", above " + seconds(critical) + " (rwsplit.lag.max): it serves no reads."
              : lag + ", above " + seconds(warning) + " (rwsplit.lag.alert).",
          "See what keeps it from applying: its load and disk, long reads on it, large writes.",
          own(AlertKind.REPLICA_UNHEALTHY),
          own(AlertKind.REPLICATION_ERROR),
          ofGroup(AlertKind.NO_MASTER));
    }
  }

  private static String seconds(long nanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  private void connections(List<Condition> found) {
    if (replica.poolProblem() != null) {
      add(
          found,
          AlertKind.CONNECTIONS,
          Severity.WARNING,
          "passes its checks, but connections for reads cannot be opened: "
              + replica.poolProblem()
              + ".",
          "Reads that find none run elsewhere; see the limits and rights of the user on that"
              + " server.",
          own(AlertKind.REPLICA_UNHEALTHY));
    }
    int[] use = group.poolUse(replica.index());
    double part = use[2] == 0 ? 0 : (double) use[0] / use[2];
    boolean isCritical = part > connectionsCritical;
    if (isCritical || part > connectionsWarning) {
      double limit = isCritical ? connectionsCritical : connectionsWarning;
      add(
          found,
          AlertKind.CONNECTIONS,
          isCritical ? Severity.CRITICAL : Severity.WARNING,
          "has "
              + use[0]
              + " of "
              + use[2]
              + " connections in use, more than "
              + Math.round(limit * HUNDRED)
              + " % (rwsplit.alert.connections."
              + (isCritical ? "critical" : "warning")
              + ").",
          "Reads that find none run on the master; raise rwsplit.pool.replica.max, or see which"
              + " results are left open.",
          own(AlertKind.REPLICA_UNHEALTHY));
    }
  }

  private void resyncs(long now, List<Condition> found) {
    FeedStatus feed = feed();
    if (feed == null) {
      return;
    }
    long all = feed.resyncs();
    if (!seen || now - resyncsSince > RESYNC_WINDOW) {
      seen = true;
      resyncs = all;
      resyncsSince = now;
    } else if (all - resyncs > MOST_RESYNCS) {
      add(
          found,
          AlertKind.RESYNCS,
          Severity.WARNING,
          "was compared with its master " + (all - resyncs) + " times in 15 minutes.",
          "lastFailure in /api/database/replication/status says why: " + feed.lastFailure() + ".",
          own(AlertKind.REPLICATION_ERROR));
      resyncs = all;
      resyncsSince = now;
    }
  }
}
