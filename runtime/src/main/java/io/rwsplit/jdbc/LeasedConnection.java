package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.compare.Way;
import io.rwsplit.pool.Lease;
import io.rwsplit.pool.PoolSlots;
import io.rwsplit.replication.OpenRead;
import io.rwsplit.route.Balancer;
import io.rwsplit.route.Rollout;
import java.lang.ref.WeakReference;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The replica connections that one application connection holds, and its open results on them.
 *
 * <p>Thread-safe. The lock guards them and is never held during a call to a driver.
 */
abstract class LeasedConnection extends ConnectionHook
    implements Balancer.Load, ClosableHook, Lease.Holder {
  final RoutingContext context;

  /** By replica index; null when this connection cannot be routed. */
  private final PoolSlots slots;

  final Object lock = new Object();
  private final List<HeldLease> held = new ArrayList<>(2);

  /**
   * Size of {@link #held}, written under the lock and read without it: right for the thread that
   * uses the connection; another one that comes just then may miss a lease it could have shared.
   */
  private int holding;

  private final List<RedirectedResultSet> results = new ArrayList<>(2);

  /** Results that have been open for long; null before the first. */
  private List<LooseResult> loose;

  /** How the application opened it; null where nobody needs that. */
  Way way;

  /** The lease used last, by replica: the same replica connection has the statements cached. */
  private HeldLease[] last;

  private volatile boolean closed;

  /** A fault has come between a result's end and its count: see {@link #giveUpLost}. */
  volatile boolean lostCount;

  /**
   * For the pools: what they have lent to a connection that nobody has any more is theirs again.
   */
  private final WeakReference<Lease.Holder> self = new WeakReference<Lease.Holder>(this);

  /** Null at first, and for drivers that make a result for each execution. */
  private volatile EndedResult ended;

  /** Null while all reads may use replicas. */
  private Rollout rollout;

  LeasedConnection(RoutingContext context, PoolSlots slots) {
    this.context = context;
    this.slots = slots;
    this.last = new HeldLease[context.replicas.length];
  }

  /** How the application has opened it; said before it gets the connection. */
  public final void openedBy(Way how) {
    way = how;
  }

  @Override
  public final boolean isClosed() {
    return closed;
  }

  /** False for a read that stays on the master since only a part of them may use replicas. */
  final boolean admits() {
    int percent = context.readPercent();
    if (percent == Rollout.ALL) {
      return true;
    }
    Rollout decides = rollout;
    if (decides == null) {
      decides = new Rollout();
      rollout = decides;
    }
    return decides.admits(percent);
  }

  /**
   * A lease this connection reads results from and that may serve a further read, or null. Counts
   * the coming result on it.
   */
  HeldLease share(long eligible, long needed) {
    if (holding == 0) {
      return null;
    }
    synchronized (lock) {
      for (int i = 0; i < held.size(); i++) {
        HeldLease candidate = held.get(i);
        if ((eligible & (1L << candidate.replica)) != 0 && candidate.mayShare(needed)) {
          count(candidate);
          return candidate;
        }
      }
      return null;
    }
  }

  /**
   * A lease on the replica that this connection holds for results which were read to their end, or
   * null. Counts the coming result on it.
   */
  HeldLease join(int replica) {
    if (holding == 0) {
      return null;
    }
    synchronized (lock) {
      for (int i = 0; i < held.size(); i++) {
        HeldLease candidate = held.get(i);
        if (candidate.replica == replica && candidate.mayJoin()) {
          count(candidate);
          return candidate;
        }
      }
      return null;
    }
  }

  /** Counts a coming result on a lease that is held already. */
  void countOn(HeldLease lease) {
    synchronized (lock) {
      count(lease);
    }
  }

  /** Keeps a lease beyond its results, until {@link #finished} is called for it. */
  void hold(HeldLease lease) {
    synchronized (lock) {
      lease.open++;
    }
  }

  private void count(HeldLease lease) {
    if (lease.live == 0) {
      lease.ticketHeld = context.tracker().held(lease.replica);
      lease.epoch = context.tracker().epoch(lease.replica);
      lease.since = lease.open == 0 ? 0 : System.nanoTime();
      if (lease.read != null) {
        lease.read.begin();
      }
    }
    lease.open++;
    lease.live++;
  }

  /**
   * Borrows a connection to the replica for the coming result; null when none is at hand.
   *
   * @param now by {@link System#nanoTime()}
   */
  HeldLease borrow(int replica, long now) {
    // Without the lock: whatever is found there is only asked first, and its state decides.
    HeldLease[] lent = last;
    HeldLease before = replica < lent.length ? lent[replica] : null;
    Lease lease = slots.of(replica).borrow(before == null ? null : before.lease);
    if (lease == null) {
      return null;
    }
    HeldLease taken = null;
    try {
      lease.ownedBy(self);
      taken =
          before != null && before.lease == lease
              ? before
              : new HeldLease(lease, replica, openRead(lease, replica));
      synchronized (lock) {
        taken.open = 0;
        taken.live = 0;
        count(taken);
        taken.since = now;
        held.add(taken);
        holding = held.size();
      }
      return taken;
    } catch (Throwable t) {
      lease.park();
      throw t;
    }
  }

  /** One per connection to the replica, whoever uses it. */
  private OpenRead openRead(Lease lease, int replica) {
    Object noted = lease.note();
    if (noted == null) {
      noted = context.openRead(replica);
      lease.note(noted);
    }
    return (OpenRead) noted;
  }

  /** True when no other result shares the lease's snapshot with the one that is just beginning. */
  boolean isAlone(HeldLease lease) {
    synchronized (lock) {
      return lease.live == 1;
    }
  }

  /** True when open results hold the lease. */
  final boolean holds(Lease lease) {
    synchronized (lock) {
      for (HeldLease candidate : held) {
        if (candidate.lease == lease) {
          return true;
        }
      }
      return false;
    }
  }

  @Override
  public int inUse(int replica) {
    return slots.of(replica).pool().inUse();
  }

  /** A result that {@link #share} or {@link #borrow} was called for exists. */
  void opened(RedirectedResultSet result) {
    synchronized (lock) {
      results.add(result);
    }
  }

  /** A result has delivered its last row: it holds no snapshot any more. */
  void exhausted(HeldLease lease, RedirectedResultSet result) {
    synchronized (lock) {
      if (result.exhausted()) {
        oneLess(lease);
      }
    }
  }

  /**
   * Lets go of what long open results do not need: of themselves, so that the collector finds those
   * which nobody has any more; and of the replica's connection, where no row has to come over it.
   */
  @Override
  public final void lookAfter(long now) {
    List<HeldLease> free = new ArrayList<>(2);
    synchronized (lock) {
      for (int i = results.size() - 1; i >= 0; i--) {
        if (results.get(i).isOld(now)) {
          if (loose == null) {
            loose = new ArrayList<>(4);
          }
          loose.add(results.remove(i).loosen());
        }
      }
      for (int i = loose == null ? -1 : loose.size() - 1; i >= 0; i--) {
        LooseResult each = loose.get(i);
        RedirectedResultSet open = each.get();
        if (open == null) {
          loose.remove(i);
          end(each);
        }
        if (each.attached && (open == null || open.detach())) {
          each.attached = false;
          if (each.live) {
            oneLess(each.lease);
          }
          if (--each.lease.open == 0) {
            free.add(each.lease);
            notHeld(each.lease);
          }
        }
      }
    }
    for (HeldLease lease : free) {
      lease.lease.park();
    }
  }

  private static void end(LooseResult forgotten) {
    if (forgotten.attached) {
      forgotten.lease.lease.discardLater(forgotten.shadow);
    } else {
      forgotten.lease.lease.resultEnded(forgotten.shadow);
    }
  }

  /** Its last result is gone. */
  private void notHeld(HeldLease lease) {
    held.remove(lease);
    holding = held.size();
    usedLast(lease);
  }

  private void usedLast(HeldLease lease) {
    if (lease.replica >= last.length) {
      // It has joined since this connection was opened.
      last = Arrays.copyOf(last, lease.replica + 1);
    }
    last[lease.replica] = lease;
  }

  /**
   * A result is closed, or never came to be.
   *
   * @param result null when it never came to be
   * @param wasLive false when {@link #exhausted} was called for it
   */
  void finished(HeldLease lease, RedirectedResultSet result, boolean wasLive) {
    boolean counted = false;
    try {
      countDown(lease, result, wasLive);
      counted = true;
    } finally {
      if (!counted) {
        lostCount = true;
      }
    }
  }

  private void countDown(HeldLease lease, RedirectedResultSet result, boolean wasLive) {
    boolean free = false;
    try {
      synchronized (lock) {
        // First what decides whether the connection is given back.
        free = --lease.open == 0;
        if (free) {
          // Not by a call of ours, which may fail: what is given back must not be shared any more.
          boolean unused = held.remove(lease);
          holding = held.size();
          usedLast(lease);
        }
        if (result != null && !removeNewestFirst(results, result)) {
          forget(result);
        }
        if (wasLive) {
          oneLess(lease);
        }
      }
    } finally {
      if (free) {
        lease.lease.park();
      }
    }
  }

  private static void oneLess(HeldLease lease) {
    if (--lease.live == 0 && lease.read != null) {
      lease.read.end();
    }
  }

  /** A result that had lost its lease before is closed. */
  final void ended(RedirectedResultSet result) {
    synchronized (lock) {
      forget(result);
    }
  }

  private void forget(RedirectedResultSet result) {
    if (loose != null && result.loose() != null) {
      boolean unused = loose.remove(result.loose());
    }
  }

  private static boolean removeNewestFirst(
      List<RedirectedResultSet> list, RedirectedResultSet element) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i) == element) {
        list.remove(i);
        return true;
      }
    }
    return false;
  }

  /**
   * What a closed result stands for from now on, of drivers with one result per statement.
   *
   * @return null for other drivers
   */
  final ResultSet ended(Lease lease) {
    ResultSet over = lease.closedResult();
    if (over == null) {
      return null;
    }
    EndedResult shared = ended;
    if (shared == null) {
      synchronized (lock) {
        shared = ended == null ? new EndedResult() : ended;
        ended = shared;
      }
    }
    if (shared.delegate != over) {
      shared.standFor(over);
    }
    if (closed) {
      shared.loseStatement(lease.pool().closedResult());
    }
    return shared;
  }

  /**
   * The application aborts its connection, perhaps since a read of another thread does not end:
   * that one fails on the replica then, and on the master as the driver has it fail. What is held
   * is nobody else's.
   */
  final void aborting() {
    closed = true;
    if (!context.engine.isServer()) {
      return;
    }
    List<HeldLease> all;
    synchronized (lock) {
      all = new ArrayList<>(held);
    }
    for (HeldLease each : all) {
      each.lease.abortForOwner();
    }
  }

  /** The application closes its connection. */
  final void closing() {
    closed = true;
    leaveResults();
  }

  /** It was not closed after all: another use of it may begin. */
  final void reopened() {
    closed = false;
  }

  /**
   * A fault has come between lending and a result: notes when something counts as in use that no
   * result is there for. Not without looking: what is given up takes closed results along, whose
   * state the driver's own result still shows.
   */
  final void noteLost() {
    synchronized (lock) {
      int counted = 0;
      for (HeldLease lease : held) {
        counted += lease.open;
      }
      int known = results.size();
      for (int i = 0; loose != null && i < loose.size(); i++) {
        known += loose.get(i).attached ? 1 : 0;
      }
      if (counted > known) {
        lostCount = true;
      }
    }
  }

  /**
   * The connection is closed, and a fault may have lost count of what it holds: gives back what no
   * result is read from.
   */
  final void giveUpLost() {
    List<HeldLease> lost;
    synchronized (lock) {
      lost = new ArrayList<>(held);
      for (RedirectedResultSet result : results) {
        if (!result.isOver()) {
          lost.remove(result.lease());
        }
      }
      for (int i = 0; loose != null && i < loose.size(); i++) {
        if (loose.get(i).attached) {
          lost.remove(loose.get(i).lease);
        }
      }
      held.removeAll(lost);
      holding = held.size();
    }
    for (HeldLease lease : lost) {
      lease.lease.markBroken();
      lease.lease.park();
    }
  }

  /** Results that are not closed; null when there are none. */
  final List<RedirectedResultSet> openResults() {
    synchronized (lock) {
      if (results.isEmpty() && loose == null) {
        return null;
      }
      List<RedirectedResultSet> open = new ArrayList<>(results);
      for (int i = 0; loose != null && i < loose.size(); i++) {
        RedirectedResultSet result = loose.get(i).get();
        if (result != null) {
          open.add(result);
        }
      }
      return open;
    }
  }

  /** The application's use of the connection ends, and may begin anew. */
  final void leaveResults() {
    List<RedirectedResultSet> open = openResults();
    EndedResult over;
    synchronized (lock) {
      over = ended;
    }
    if (over != null) {
      for (ResultSet closedResult : slots.closedResults()) {
        over.loseStatement(closedResult);
      }
    }
    for (int i = 0; open != null && i < open.size(); i++) {
      RedirectedResultSet result = open.get(i);
      try {
        result.orphan();
      } catch (Throwable t) {
        context.fault("results of a closed connection", t);
        orphanInDoubt(result);
      }
    }
  }

  private void orphanInDoubt(RedirectedResultSet result) {
    try {
      result.orphan();
    } catch (Throwable t) {
      context.fault("results of a closed connection", t);
    }
  }
}
