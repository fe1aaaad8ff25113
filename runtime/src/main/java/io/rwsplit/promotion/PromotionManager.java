package io.rwsplit.promotion;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the servers, promotes a replica when the master is gone, and does what is left to do
 * afterwards; also when somebody asks for it. Thread-safe.
 */
public final class PromotionManager {
  private static final Logger LOG = LoggerFactory.getLogger(PromotionManager.class);

  /** After an attempt that came to nothing: as long, and at random up to as long again. */
  private static final long RETRY_NANOS = 300_000_000L;

  private final PromotionSettings settings;
  private final Servers servers;
  private final Watches watches;
  private final Decider decider;
  private final Chores chores;

  /** Held by whoever changes roles in this JVM. */
  private final Semaphore acting = new Semaphore(1);

  private volatile Runnable listener;
  private volatile boolean stopped;
  private volatile Thread thread;
  private volatile Decision decision = Decision.none("not looked yet");
  private volatile RoleChange last;
  private int toldLeader = Leadership.NONE;

  /** Makes one that does nothing yet. */
  public PromotionManager(PromotionSettings settings, Servers servers) {
    this.settings = settings;
    this.servers = servers;
    this.watches = new Watches(settings, servers);
    this.decider = new Decider(settings.rules);
    this.chores = new Chores(settings, servers, watches);
  }

  /** Begins to watch. */
  public void start(ThreadFactory threads) {
    watches.start(threads);
    thread =
        threads.newThread(
            new Runnable() {
              @Override
              public void run() {
                work();
              }
            });
    thread.start();
  }

  /** Watches no more. */
  public void stop() {
    stopped = true;
    LockSupport.unpark(thread);
    watches.stop();
  }

  /** True once every server was asked, whatever came of it. */
  public boolean isComplete() {
    return watches.isComplete();
  }

  /**
   * Index of the rightful master by the lines of history; negative when nobody was ever promoted,
   * or nothing is known.
   */
  public int leader() {
    return watches.leader();
  }

  /** Whom to tell when {@link #leader} may have changed. */
  public void changed(Runnable told) {
    listener = told;
  }

  /** What was decided last, and why. */
  public String decision() {
    return decision.toString();
  }

  /** What came of the newest attempt to change roles; null before the first. */
  public RoleChange lastChange() {
    return last;
  }

  /** What former masters were found to have that the master has not, by their names. */
  public Map<String, Orphans> orphans() {
    return chores.orphans();
  }

  /**
   * Promotes a node although nobody decided it: the master must not answer, a majority of nodes
   * must. Blocks for a minute or so at most.
   */
  public RoleChange failover(int node) {
    return change(node, -1);
  }

  /**
   * Makes a node the master in the place of one that lives, without losing a write. Blocks.
   *
   * @param limit how long the node may take to get what it lacks, while nobody takes writes
   */
  public RoleChange switchover(int node, Duration limit) {
    return change(node, limit.toNanos());
  }

  private RoleChange change(int node, long limitNanos) {
    if (node < 0 || node >= settings.nodes()) {
      return new RoleChange(false, null, "there is no such node", new ArrayList<String>(), null);
    }
    acting.acquireUninterruptibly();
    try {
      RoleChange change =
          limitNanos < 0
              ? new Promotion(settings, servers, watches, decider).run(node)
              : new Switchover(settings, servers, watches, tellListener()).run(node, limitNanos);
      ended(change);
      return change;
    } finally {
      acting.release();
    }
  }

  private void ended(RoleChange change) {
    last = change;
    watches.lookNow();
    tellListener().run();
  }

  private Runnable tellListener() {
    return new Runnable() {
      @Override
      public void run() {
        Runnable told = listener;
        if (told != null) {
          told.run();
        }
      }
    };
  }

  private void work() {
    boolean preflight = false;
    while (!stopped) {
      try {
        if (watches.isComplete()) {
          if (!preflight) {
            preflight = true;
            checkRights();
          }
          look();
        }
      } catch (Throwable t) {
        LOG.error("failover: fault while deciding", t);
      }
      LockSupport.parkNanos(settings.intervalNanos);
    }
  }

  private void look() {
    int leader = watches.leader();
    Runnable told = listener;
    if (leader != toldLeader && told != null) {
      toldLeader = leader;
      told.run();
    }
    if (!acting.tryAcquire()) {
      return;
    }
    try {
      decide(decider.decide(watches.situation()));
      chores.run();
    } finally {
      acting.release();
    }
  }

  private void decide(Decision now) {
    Decision before = decision;
    decision = now;
    if (now.isPromotion()) {
      RoleChange change = new Promotion(settings, servers, watches, decider).run(-1);
      ended(change);
      if (!change.isDone()) {
        LOG.warn("failover: not promoted: {}", change.summary());
        LockSupport.parkNanos(RETRY_NANOS + (long) (Math.random() * RETRY_NANOS));
      }
    } else if (!now.reason().equals(before.reason())) {
      if (!now.isCalm()) {
        LOG.warn("failover: stands still: {}", now.reason());
      } else if (!before.isCalm()) {
        LOG.info("failover: {}", now.reason());
      }
    }
  }

  /** What would fail when it counts is better said now. */
  private void checkRights() {
    List<Integer> answering = watches.answering();
    for (int node : answering) {
      try (NodeControl control = NodeControl.of(settings.engine, servers.open(node, 5))) {
        String lacking = control.lacksRights();
        if (lacking != null) {
          LOG.warn(
              "failover: on {} the user lacks {}; see rwsplit.failover.user",
              settings.names.get(node),
              lacking);
        } else if (watches.report(node).writable && control.tryLock()) {
          control.prepare();
        }
      } catch (SQLException e) {
        LOG.warn("failover: {}: {}", settings.names.get(node), e.getMessage());
      }
    }
  }
}
