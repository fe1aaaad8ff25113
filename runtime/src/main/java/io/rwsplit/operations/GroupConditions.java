package io.rwsplit.operations;

import io.rwsplit.acknowledgement.Acknowledgement;
import io.rwsplit.alert.AlertKey;
import io.rwsplit.alert.AlertKind;
import io.rwsplit.alert.Condition;
import io.rwsplit.alert.Severity;
import io.rwsplit.compare.CompareReport;
import io.rwsplit.config.AlertSettings;
import io.rwsplit.promotion.Orphans;
import io.rwsplit.replication.FeedState;
import io.rwsplit.topology.MasterTerm;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with one group as a whole, and by {@link ReplicaConditions} with its replicas: read
 * from what everybody can see of it, and compared with the last look. Used by one thread.
 */
final class GroupConditions {
  static final String STATUS = "See standing and lastFailure in /api/database/replication/status.";

  private final Group group;
  private final ReplicaConditions[] replicas;
  private final boolean[] fed;
  private final SlowConditions slow;
  private long terms = -1;
  private int lastMaster = MasterTerm.NOBODY;
  private long faults;
  private long unacknowledged;

  GroupConditions(Group group, AlertSettings limits) {
    this.group = group;
    this.slow = new SlowConditions(group, limits.slowStatements());
    this.replicas = new ReplicaConditions[group.replicas().size()];
    this.fed = new boolean[replicas.length];
    for (int i = 0; i < replicas.length; i++) {
      replicas[i] =
          new ReplicaConditions(
              group,
              group.replicas().get(i),
              limits.connectionsWarning(),
              limits.connectionsCritical());
    }
  }

  private AlertKey key(AlertKind kind) {
    return new AlertKey(kind, group.name(), "");
  }

  /** Adds what is wrong now. */
  void look(long now, List<Condition> found) {
    master(found);
    orphans(found);
    int serving = 0;
    int wanted = 0;
    for (ReplicaConditions each : replicas) {
      serving += each.isServing() ? 1 : 0;
      wanted += each.isWanted() ? 1 : 0;
      each.look(now, lastMaster, found);
    }
    if (serving == 0 && wanted > 0) {
      found.add(
          new Condition(
              key(AlertKind.NO_REPLICA),
              Severity.CRITICAL,
              "none of " + wanted + " replicas may serve reads; all statements run on the master.",
              STATUS,
              key(AlertKind.NO_MASTER)));
    }
    commits(found);
    mismatches(found);
    slow.look(now, found);
    if (!group.isRouting()) {
      found.add(
          new Condition(
              key(AlertKind.PASS_THROUGH),
              Severity.WARNING,
              "routing is switched off: all statements run on the master.",
              "POST /api/routing switches it on."));
    }
    String circuit = group.circuit();
    if (circuit != null) {
      found.add(
          new Condition(
              key(AlertKind.PASS_THROUGH),
              Severity.CRITICAL,
              circuit + ", after faults of the agent's own: all statements run on the master.",
              "The log has the faults; it is tried again by itself (rwsplit.circuit.pause)."));
    }
    long all = group.faults();
    if (all > faults) {
      found.add(
          new Condition(
              key(AlertKind.FAULTS),
              Severity.WARNING,
              (all - faults) + " faults of the agent's own, " + all + " since the start.",
              "The driver ran those statements as written; the log has the first, 10th, 100th of a"
                  + " kind."));
      faults = all;
    }
  }

  private void master(List<Condition> found) {
    if (group.failover() == null) {
      if (group.isMasterSilent() || isFileGone()) {
        found.add(
            new Condition(
                key(AlertKind.NO_MASTER),
                Severity.CRITICAL,
                group.isMasterSilent()
                    ? "the master does not answer the agent (rwsplit.master)."
                    : "the master's file is gone, or nothing to replicate from (rwsplit.master).",
                "Bring the master back; with rwsplit.failover another server may take its place."));
      }
      return;
    }
    MasterTerm term = group.failover().term();
    if (!term.hasMaster()) {
      found.add(
          new Condition(
              key(AlertKind.NO_MASTER),
              Severity.CRITICAL,
              "no server may be written to: " + term.why() + ". Writes fail with SQLState 08.",
              group.promotion() == null
                  ? "Whoever promotes the servers has to; rwsplit.failover=follow only follows."
                  : "decision in /api/database/replication/status says what promotion waits for."));
      terms = term.number();
      return;
    }
    if (terms >= 0 && term.number() != terms && term.node() != lastMaster) {
      String name = group.replicas().get(term.node()).name();
      found.add(
          new Condition(
              new AlertKey(AlertKind.FAILOVER, group.name(), name),
              Severity.WARNING,
              name + " is the master now: " + term.why() + ".",
              "See what has become of the former one; it serves reads when it is a replica."));
    }
    terms = term.number();
    lastMaster = term.node();
  }

  /** Of files: there was something to replicate, and for no replica there is any more. */
  private boolean isFileGone() {
    if (group.replication() == null) {
      return false;
    }
    boolean gone = replicas.length > 0;
    boolean before = false;
    for (int i = 0; i < group.replication().replicas() && i < fed.length; i++) {
      FeedState state = group.replication().status(i).state();
      fed[i] |= state == FeedState.STREAMING;
      before |= fed[i];
      gone &= state == FeedState.WAITING_FOR_MASTER;
    }
    return gone && before;
  }

  private void orphans(List<Condition> found) {
    if (group.promotion() == null) {
      return;
    }
    for (Map.Entry<String, Orphans> each : group.promotion().orphans().entrySet()) {
      found.add(
          new Condition(
              new AlertKey(AlertKind.ORPHANS, group.name(), each.getKey()),
              Severity.CRITICAL,
              each.getKey()
                  + " has transactions that the present master lacks: "
                  + each.getValue()
                  + ".",
              "Bring them over by hand, or let them go, before that server is made a replica."));
    }
  }

  /** While a read that a replica has answered otherwise than the master still is. */
  private void mismatches(List<Condition> found) {
    CompareReport report = group.compared();
    if (report == null) {
      return;
    }
    for (Map.Entry<String, Integer> each : report.standing().entrySet()) {
      if (each.getValue() > 0) {
        found.add(
            new Condition(
                new AlertKey(AlertKind.DATA_MISMATCH, group.name(), each.getKey()),
                Severity.CRITICAL,
                each.getKey()
                    + " answers "
                    + each.getValue()
                    + " of the compared reads otherwise than the master (rwsplit.read.compare).",
                "/api/compare has the statements; drain it, find the rows by check-data, mend them:"
                    + " this ends when both answer the same."));
      }
    }
  }

  private void commits(List<Condition> found) {
    Acknowledgement asked = group.acknowledgement();
    if (asked == null) {
      return;
    }
    long without = asked.unacknowledged();
    if (asked.isDegraded() || without > unacknowledged) {
      found.add(
          new Condition(
              key(AlertKind.COMMITS_UNACKNOWLEDGED),
              Severity.WARNING,
              (without - unacknowledged)
                  + " commits since the last look went on without the replicas that rwsplit.sync"
                  + " asks for"
                  + (asked.isDegraded() ? ", and they do not wait now." : "."),
              "See what keeps the replicas; rwsplit.sync.timeout is how long a commit waits.",
              key(AlertKind.NO_MASTER)));
    }
    unacknowledged = without;
  }
}
