package io.rwsplit.promotion;

import io.rwsplit.engine.Engine;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a replica the master while the master lives, without losing a write: the master takes no
 * more writes, the replica gets what it lacks, and is promoted. Until then everything is undone
 * when anything fails.
 */
final class Switchover {
  private static final Logger LOG = LoggerFactory.getLogger(Switchover.class);

  private final PromotionSettings settings;
  private final Servers servers;
  private final Watches watches;

  /** Run as soon as the master takes no more writes, so that nobody sends it any. */
  private final Runnable fenced;

  private final Steps steps = new Steps(LOG);

  Switchover(PromotionSettings settings, Servers servers, Watches watches, Runnable fenced) {
    this.settings = settings;
    this.servers = servers;
    this.watches = watches;
    this.fenced = fenced;
  }

  /**
   * Does it.
   *
   * @param limitNanos how long the master may take no writes before it does again
   */
  RoleChange run(int target, long limitNanos) {
    if (settings.engine == Engine.POSTGRESQL) {
      return steps.refused(
          "PostgreSQL's master becomes a standby by a restart only, which cannot be done over SQL:"
              + " stop it with pg_ctl stop -m fast, which ships everything to connected standbys"
              + " first; then ask for a failover, or wait for it; and start the old master with"
              + " standby.signal and its primary_conninfo set to the new one");
    }
    int old = watches.master();
    if (old < 0 || old == target) {
      return steps.refused(old < 0 ? "no master is known" : name(old) + " is the master");
    }
    Lease lease = Lease.take(settings, servers, watches.answering());
    try {
      if (!lease.isMajority() || lease.session(old) == null || lease.session(target) == null) {
        return steps.refused(
            "needs the locks of master, target and a majority: "
                + (lease.refusal() == null ? "a node does not answer" : lease.refusal()));
      }
      if (!lease.hasAllBut(-1)) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Lease.WAIT_MILLIS));
      }
      String obstacle = obstacle(lease, old, target);
      return obstacle == null ? change(lease, old, target, limitNanos) : steps.refused(obstacle);
    } catch (SQLException e) {
      return steps.refused("a server failed before anything was changed: " + e.getMessage());
    } finally {
      lease.close();
      watches.lookNow();
    }
  }

  private String name(int node) {
    return settings.names.get(node);
  }

  private String obstacle(Lease lease, int old, int target) throws SQLException {
    if (!lease.session(old).look().writable) {
      return name(old) + " takes no writes: ask for a failover";
    }
    NodeReport report = lease.session(target).look();
    if (report.source != Source.CONNECTED) {
      return name(target) + " has no connection to the master";
    }
    if (!settings.addresses.get(old).toString().equals(report.sourceAddress)) {
      return name(target) + " replicates from " + report.sourceAddress;
    }
    if (report.broken != null || report.keptBack != null) {
      return name(target) + ": " + (report.broken != null ? report.broken : report.keptBack);
    }
    if (settings.replication.user == null) {
      return "rwsplit.failover.replication.user is needed to make the old master a replica";
    }
    return null;
  }

  private RoleChange change(Lease lease, int old, int target, long limitNanos) {
    NodeControl from = lease.session(old);
    NodeControl to = lease.session(target);
    long began = System.nanoTime();
    Fork fork;
    try {
      from.prepare();
      from.fence();
      fenced.run();
      steps.add(name(old) + " takes no writes: " + from.fenceLimits());
      NodeReport last = from.look();
      while (!to.look().applied.includes(last.held)) {
        if (System.nanoTime() - began > limitNanos) {
          throw new ControlFailure(
              "it has not reached " + last.held + " within " + Decider.seconds(limitNanos));
        }
        NodeControl.pause();
      }
      steps.add(name(target) + " has all that " + name(old) + " has: " + last.held);
      String deadline = to.clockIn(Lease.VALID_MILLIS);
      if (!lease.stillMajority() || lease.session(old) == null || lease.session(target) == null) {
        throw new ControlFailure(lease.refusal());
      }
      fork = to.promote(deadline, watches.line() + 1, settings.addresses.get(target));
    } catch (SQLException | ControlFailure | RuntimeException e) {
      return undo(from, to, old, target, e);
    }
    steps.add(name(target) + " takes writes, on line " + fork.line);
    String gap = Decider.seconds((System.nanoTime() - began) / 1_000_000 * 1_000_000);
    watches.lookNow();
    Orphans orphans = demote(lease, from, to, old, target);
    return steps.done(
        name(target),
        name(target) + " took over from " + name(old) + ", no writes for " + gap,
        orphans);
  }

  private Orphans demote(Lease lease, NodeControl from, NodeControl to, int old, int target) {
    new Repointing(settings, steps).run(lease, target, to);
    Orphans orphans = Orphans.unknown("not counted");
    try {
      orphans = from.orphans(to);
      if (!orphans.isNone()) {
        steps.warn("orphans: " + name(old) + " has " + orphans + "; it stays out");
        return orphans;
      }
      NodeControl like = null;
      for (int i = 0; i < settings.nodes() && like == null; i++) {
        like = i == old || i == target ? null : lease.session(i);
      }
      from.become(settings.addresses.get(target), settings.replication, like);
      steps.add(name(old) + " is a replica of " + name(target));
    } catch (SQLException | ControlFailure | RuntimeException e) {
      steps.warn(name(old) + " could not be made a replica: " + e.getMessage());
    }
    return orphans;
  }

  /** Back to where it began, unless the target takes writes by now. */
  private RoleChange undo(NodeControl from, NodeControl to, int old, int target, Exception why) {
    steps.warn(name(target) + ": " + why.getMessage());
    try {
      if (to.look().writable) {
        return steps.done(
            name(target), name(target) + " took over, and then something failed", null);
      }
    } catch (SQLException e) {
      // Whether it was promoted cannot be told: two masters would be worse than none.
      steps.warn(
          name(target)
              + " does not answer: "
              + e.getMessage()
              + "; "
              + name(old)
              + " stays fenced");
      return steps.refused("it is not known whether " + name(target) + " was promoted");
    }
    try {
      from.unfence();
      steps.add(name(old) + " takes writes again");
    } catch (SQLException e) {
      steps.warn(name(old) + " could not be made writable again: " + e.getMessage());
      return steps.refused("given up, and " + name(old) + " takes no writes");
    }
    return steps.refused("given up, nothing has changed: " + why.getMessage());
  }
}
