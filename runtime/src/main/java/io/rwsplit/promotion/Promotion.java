package io.rwsplit.promotion;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Promotes a replica in the place of a master that is gone. Nothing is changed before the locks of
 * a majority are held and everything was asked again under them; the one step that cannot be taken
 * back is bound to the clock of the server that takes it.
 */
final class Promotion {
  private static final Logger LOG = LoggerFactory.getLogger(Promotion.class);

  /** What was received is applied within this time, or the promotion is given up. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final PromotionSettings settings;
  private final Servers servers;
  private final Watches watches;
  private final Decider decider;
  private final Steps steps = new Steps(LOG);

  Promotion(PromotionSettings settings, Servers servers, Watches watches, Decider decider) {
    this.settings = settings;
    this.servers = servers;
    this.watches = watches;
    this.decider = decider;
  }

  /**
   * Does it.
   *
   * @param asked the node that somebody asks for; negative when it was decided here
   */
  RoleChange run(int asked) {
    Lease lease = Lease.take(settings, servers, watches.answering());
    try {
      if (!lease.isMajority()) {
        return steps.refused(
            "the locks of "
                + lease.count()
                + " of "
                + settings.nodes()
                + " nodes were to be had, and a majority is "
                + settings.majority()
                + (lease.refusal() == null ? "" : ": " + lease.refusal()));
      }
      steps.add("holds the locks of " + lease.count() + " of " + settings.nodes() + " nodes");
      if (!lease.hasAllBut(watches.master())) {
        // Another JVM may have lost its locks without knowing, and be about to promote.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Lease.WAIT_MILLIS));
      }
      Situation now = watches.situation(lease);
      Decision decision = asked < 0 ? decider.decide(now) : decider.decideFor(now, asked);
      if (!decision.isPromotion()) {
        return steps.refused(decision.reason());
      }
      NodeControl chosen = lease.session(decision.node());
      if (chosen == null) {
        return steps.refused("the lock of " + name(decision.node()) + " is not held");
      }
      steps.warn("promotes " + name(decision.node()) + ": " + decision.reason());
      return promote(lease, now, decision.node(), chosen);
    } catch (SQLException e) {
      return steps.refused("a server failed on the way: " + e.getMessage());
    } finally {
      lease.close();
    }
  }

  private String name(int node) {
    return settings.names.get(node);
  }

  private RoleChange promote(Lease lease, Situation before, int node, NodeControl chosen)
      throws SQLException {
    int old = before.master;
    Orphans lost;
    Fork fork;
    try {
      String problem = drain(chosen);
      if (problem == null) {
        // In this order: what is checked now is still so, or else the deadline has passed.
        String deadline = chosen.clockIn(Lease.VALID_MILLIS);
        problem = lease.stillMajority() ? changedMeanwhile(lease, node) : lease.refusal();
        if (problem == null) {
          NodeReport last = old < 0 ? null : watches.lastAnswer(old);
          lost = last == null ? Orphans.unknown("not known") : lacks(chosen, last);
          fork = chosen.promote(deadline, watches.line() + 1, settings.addresses.get(node));
          steps.add(name(node) + " takes writes, on line " + fork.line);
          return afterwards(lease, node, old, fork, lost);
        }
      }
      chosen.replicateAgain();
      return steps.refused(problem);
    } catch (ControlFailure e) {
      return steps.refused(name(node) + ": " + e.getMessage());
    }
  }

  private static Orphans lacks(NodeControl chosen, NodeReport last) {
    try {
      return chosen.lacks(last);
    } catch (SQLException | RuntimeException e) {
      return Orphans.unknown("not known: " + e.getMessage());
    }
  }

  /** Null when all is applied. */
  private String drain(NodeControl chosen) throws SQLException, ControlFailure {
    chosen.stopReceiving();
    long began = System.nanoTime();
    while (!chosen.isDrained()) {
      if (System.nanoTime() - began > DRAIN_NANOS) {
        return "it has not applied what it has received within " + Decider.seconds(DRAIN_NANOS);
      }
      NodeControl.pause();
    }
    steps.add("all that was received is applied: " + chosen.look().applied);
    return null;
  }

  /** Null when nobody takes writes, nor any other replica has its master again. */
  private String changedMeanwhile(Lease lease, int node) {
    Situation now = watches.situation(lease);
    for (int i = 0; i < now.nodes.size(); i++) {
      NodeReport report = now.nodes.get(i).report;
      if (report.answered && report.writable) {
        return name(i) + " takes writes now";
      }
      if (i != node
          && report.answered
          && report.source == Source.CONNECTED
          && lease.session(i) != null
          && !settings.addresses.get(node).toString().equals(report.sourceAddress)) {
        return name(i) + " has a connection to its master again";
      }
    }
    return null;
  }

  private RoleChange afterwards(Lease lease, int node, int old, Fork fork, Orphans lost) {
    NodeControl master = lease.session(node);
    watches.lookNow();
    try {
      master.remember(fork, settings.addresses.get(node));
    } catch (SQLException e) {
      steps.warn("where the histories parted could not be written down: " + e.getMessage());
    }
    new Repointing(settings, steps).run(lease, node, master);
    String of = old < 0 ? "the old master" : name(old);
    if (lost.count() == 0) {
      steps.add("nothing is known that " + of + " had and " + name(node) + " has not");
    } else {
      steps.warn(
          "orphans: "
              + of
              + " was seen to have "
              + (lost.count() < 0 ? "" : "at least " + lost.count() + " transactions that ")
              + name(node)
              + " has not: "
              + lost
              + "; they are counted when it is back");
    }
    return steps.done(name(node), name(node) + " was promoted in place of " + of, lost);
  }
}
