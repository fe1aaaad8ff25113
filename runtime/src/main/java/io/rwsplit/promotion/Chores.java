package io.rwsplit.promotion;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left to do after a change of masters: former masters that come back are fenced and, where
 * the engine allows it, made replicas; replicas that still look for the old master are led to the
 * new one. Whatever changes a server is done under its lock, after it was asked again. Used by one
 * thread; {@link #orphans} by all.
 */
final class Chores {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int PATIENCE_SECONDS = 30;

  private final PromotionSettings settings;
  private final Servers servers;
  private final Watches watches;

  /** What was said of a node, so that it is said once. */
  private final Map<String, Boolean> said = new HashMap<>();

  private final long[] notBefore;
  private final boolean[] failedBefore;
  private final Map<String, Orphans> orphans = new ConcurrentHashMap<>();

  Chores(PromotionSettings settings, Servers servers, Watches watches) {
    this.settings = settings;
    this.servers = servers;
    this.watches = watches;
    this.notBefore = new long[settings.nodes()];
    this.failedBefore = new boolean[settings.nodes()];
  }

  /** What former masters were found to have that the master has not, by their names. */
  Map<String, Orphans> orphans() {
    return orphans;
  }

  /** Looks what there is to do while the master answers, and does it. */
  void run() {
    int master = watches.leader();
    if (master < 0 || watches.line() == 0 || !watches.report(master).writable) {
      return;
    }
    for (int i = 0; i < settings.nodes(); i++) {
      if (i == master || (failedBefore[i] && System.nanoTime() - notBefore[i] < 0)) {
        continue;
      }
      NodeReport report = watches.report(i);
      NodeReport leading = watches.report(master);
      if (isFormer(report, leading) || isLost(report, i, master)) {
        failedBefore[i] = !mend(i, master);
        notBefore[i] = System.nanoTime() + RETRY_NANOS;
        watches.lookNow();
      }
    }
  }

  /** True for a server that is a master, or nothing, on a line that is over. */
  private static boolean isFormer(NodeReport report, NodeReport leading) {
    boolean same =
        report.system == null || leading.system == null || report.system.equals(leading.system);
    return report.answered && same && !report.isReplica() && report.line < leading.line;
  }

  /** True for a replica that looks for another node than the master, in vain. */
  private boolean isLost(NodeReport report, int node, int master) {
    if (!report.isReplica() || report.source != Source.TRYING || report.sourceAddress == null) {
      return false;
    }
    for (int i = 0; i < settings.nodes(); i++) {
      if (i != node
          && i != master
          && settings.addresses.get(i).toString().equals(report.sourceAddress)) {
        // Another replica that lives may feed it again.
        return !watches.report(i).isReplica();
      }
    }
    return false;
  }

  /** False when it is to be tried again later. */
  private boolean mend(int node, int master) {
    String name = settings.names.get(node);
    try (NodeControl session = open(node);
        NodeControl of = open(master)) {
      if (!session.tryLock()) {
        return true;
      }
      NodeReport report = session.look();
      NodeReport leading = of.look();
      if (!leading.writable) {
        return true;
      }
      if (isFormer(report, leading)) {
        return retire(node, session, report, master, of);
      }
      if (isLost(report, node, master)) {
        if (!leading.held.includes(report.held)) {
          say(node, name + " has more than " + settings.names.get(master) + ": " + report.held);
          return false;
        }
        session.follow(settings.addresses.get(master), of);
        LOG.info("failover: {} was told to follow {}", name, settings.names.get(master));
      }
      return true;
    } catch (SQLException | ControlFailure e) {
      say(node, name + ": " + e.getMessage());
      return false;
    }
  }

  private NodeControl open(int node) throws SQLException {
    return NodeControl.of(settings.engine, servers.open(node, PATIENCE_SECONDS));
  }

  private boolean retire(
      int node, NodeControl session, NodeReport report, int master, NodeControl of)
      throws SQLException, ControlFailure {
    String name = settings.names.get(node);
    if (report.writable) {
      session.fence();
      LOG.warn("failover: {}, a former master, was fenced: {}", name, session.fenceLimits());
    }
    Orphans found = session.orphans(of);
    if (!String.valueOf(orphans.put(name, found)).equals(found.toString())) {
      if (found.isNone()) {
        LOG.info("failover: orphans: none on {}", name);
      } else {
        LOG.warn(
            "failover: orphans: {} has {} transactions that {} has not: {}",
            name,
            found.count() < 0 ? "an unknown number of" : String.valueOf(found.count()),
            settings.names.get(master),
            found);
      }
    }
    if (session.canBecomeReplica() && !found.isNone()) {
      say(node, name + " stays out: save its orphans, then build it anew from the master");
      return false;
    }
    if (settings.replication.user == null && session.canBecomeReplica()) {
      say(node, name + " stays out: set rwsplit.failover.replication.user, or make it a replica");
      return false;
    }
    NodeControl like = null;
    try {
      like = likeness(node, master);
      session.become(settings.addresses.get(master), settings.replication, like);
    } finally {
      if (like != null) {
        like.close();
      }
    }
    LOG.warn("failover: {} is a replica of {} now", name, settings.names.get(master));
    return true;
  }

  /** A session on any replica of the master; null when there is none. */
  private NodeControl likeness(int node, int master) throws SQLException {
    for (int i = 0; i < settings.nodes(); i++) {
      if (i != node && i != master && watches.report(i).isReplica()) {
        return open(i);
      }
    }
    return null;
  }

  private void say(int node, String what) {
    if (said.put(node + what, true) == null) {
      LOG.warn("failover: {}", what);
    }
  }
}
