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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * The replica connections that one application connection holds, and its open results on them.
 *
 * <p>Thread-safe. What a read does that is the only one on its connection, and the next after it,
 * takes no lock; further results open beside it, another replica connection than before, and old
 * results do. The lock is never held during a call to a driver.
 */
abstract class LeasedConnection extends ConnectionHook
    implements Balancer.Load, ClosableHook, Lease.Holder {
  private static final AtomicReferenceFieldUpdater<LeasedConnection, RedirectedResultSet> SOLE =
      AtomicReferenceFieldUpdater.newUpdater(
          LeasedConnection.class, RedirectedResultSet.class, "sole");

  final RoutingContext context;

  /** By replica index; null when this connection cannot be routed. */
  private final PoolSlots slots;

  final Object lock = new Object();

  /**
   * By replica: the lease used last, as the same replica connection has the statements cached, and
   * those that are held. Written under the lock and read without it: right for the thread that uses
   * the connection; another one that comes just then may miss a lease it could have shared.
   */
  private HeldLease[] leases;

  /** Further leases that are held, of replicas that have one above; null before the first. */
  private volatile List<HeldLease> more;

  /** An open result; mostly there is no other one. */
  private volatile RedirectedResultSet sole;

  /** The other open results, which are not {@link #loose}. Under the lock. */
  private final List<RedirectedResultSet> results = new ArrayList<>(2);

  /** Results that have been open for long; null before the first. Under the lock. */
  private List<LooseResult> loose;

  /** How many are in both lists; written under the lock. */
  private volatile int listed;

  /** How the application opened it; null where nobody needs that. */
  Way way;

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
    this.leases = new HeldLease[context.replicas.length];
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
    if (sole == null && listed == 0) {
      return null;
    }
    HeldLease[] known = leases;
    for (HeldLease each : known) {
      if (each != null && (eligible & (1L << each.replica)) != 0 && each.shares(needed)) {
        return each;
      }
    }
    return more == null ? null : shareMore(eligible, needed);
  }

  private HeldLease shareMore(long eligible, long needed) {
    synchronized (lock) {
      for (HeldLease each : more) {
        if ((eligible & (1L << each.replica)) != 0 && each.shares(needed)) {
          return each;
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
    if (sole == null && listed == 0) {
      return null;
    }
    synchronized (lock) {
      HeldLease usual = replica < leases.length ? leases[replica] : null;
      if (usual != null && join(usual)) {
        return usual;
      }
      for (int i = 0; more != null && i < more.size(); i++) {
        HeldLease each = more.get(i);
        if (each.replica == replica && join(each)) {
          return each;
        }
      }
      return null;
    }
  }

  /** Not where its next read would begin on a replaced file. Under the lock. */
  private boolean join(HeldLease lease) {
    return lease.lease.isCurrent() && joinHeld(lease);
  }

  /** False while it has results with rows left, and when nothing holds it. Under the lock. */
  private boolean joinHeld(HeldLease lease) {
    if (!lease.reserve()) {
      return false;
    }
    boolean joined = false;
    try {
      lease.joined(context.tracker());
      joined = true;
      return true;
    } finally {
      if (!joined) {
        // Counted as open, and nobody is there who would count it down.
        lostCount = true;
      }
    }
  }

  /** Counts a coming result on a lease that a transaction holds. */
  void countOn(HeldLease lease) {
    while (!lease.another()) {
      synchronized (lock) {
        if (joinHeld(lease)) {
          return;
        }
      }
      if (!lease.isHeld()) {
        throw new IllegalStateException("the replica connection was given up");
      }
    }
  }

  /** Keeps a lease beyond its results, until {@link #finished} is called for it. */
  void hold(HeldLease lease) {
    lease.hold();
  }

  /**
   * Borrows a connection to the replica for the coming result; null when none is at hand.
   *
   * @param now by {@link System#nanoTime()}
   */
  HeldLease borrow(int replica, long now) {
    HeldLease[] known = leases;
    HeldLease before = replica < known.length ? known[replica] : null;
    Lease lease = slots.of(replica).borrow(before == null ? null : before.lease);
    if (lease == null) {
      return null;
    }
    try {
      lease.ownedBy(self);
      if (before != null && before.lease == lease && before.begins(context.tracker(), now)) {
        return before;
      }
      HeldLease fresh = new HeldLease(lease, replica, openRead(lease, replica));
      boolean unused = fresh.begins(context.tracker(), now);
      know(fresh);
      return fresh;
    } catch (Throwable t) {
      lease.park();
      throw t;
    }
  }

  private void know(HeldLease fresh) {
    synchronized (lock) {
      if (fresh.replica >= leases.length) {
        // It has joined since this connection was opened.
        leases = Arrays.copyOf(leases, fresh.replica + 1);
      }
      HeldLease before = leases[fresh.replica];
      if (before != null && !before.drop()) {
        if (more == null) {
          more = new ArrayList<>(2);
        }
        more.add(before);
      }
      leases[fresh.replica] = fresh;
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

  /** True when open results hold the lease. */
  final boolean holds(Lease lease) {
    synchronized (lock) {
      for (HeldLease each : held()) {
        if (each.lease == lease) {
          return true;
        }
      }
      return false;
    }
  }

  /** What is on loan. Under the lock. */
  private List<HeldLease> held() {
    List<HeldLease> held = new ArrayList<>(2);
    for (HeldLease each : leases) {
      if (each != null && each.isHeld()) {
        held.add(each);
      }
    }
    for (int i = 0; more != null && i < more.size(); i++) {
      if (more.get(i).isHeld()) {
        held.add(more.get(i));
      }
    }
    return held;
  }

  @Override
  public int inUse(int replica) {
    return slots.of(replica).pool().inUse();
  }

  /** A result that {@link #share} or {@link #borrow} was called for exists. */
  void opened(RedirectedResultSet result) {
    if (!SOLE.compareAndSet(this, null, result)) {
      synchronized (lock) {
        results.add(result);
        list();
      }
    }
  }

  /** The lists have changed. Under the lock. */
  private void list() {
    listed = results.size() + (loose == null ? 0 : loose.size());
  }

  /**
   * Lets go of what long open results do not need: of themselves, so that the collector finds those
   * which nobody has any more; and of the replica's connection, where no row has to come over it.
   */
  @Override
  public final void lookAfter(long now) {
    List<HeldLease> free = new ArrayList<>(2);
    List<LooseResult> forgotten = new ArrayList<>(2);
    List<LooseResult> forgottenLeft = new ArrayList<>(2);
    synchronized (lock) {
      RedirectedResultSet one = sole;
      // Whoever closes it takes it from there, too: one of the two has it.
      if (one != null && one.isOld(now) && SOLE.compareAndSet(this, one, null)) {
        loosen(one);
      }
      for (int i = results.size() - 1; i >= 0; i--) {
        if (results.get(i).isOld(now)) {
          loosen(results.remove(i));
        }
      }
      for (int i = loose == null ? -1 : loose.size() - 1; i >= 0; i--) {
        LooseResult each = loose.get(i);
        RedirectedResultSet open = each.get();
        if (open == null) {
          loose.remove(i);
          (each.attached ? forgotten : forgottenLeft).add(each);
        }
        if (each.attached && (open == null || open.detach())) {
          each.attached = false;
          if (each.lease.ends(each.endsLive())) {
            free.add(each.lease);
            notHeld(each.lease);
          }
        }
      }
      list();
    }
    // Without the lock, as a driver may be asked to close a statement.
    try {
      for (LooseResult each : forgotten) {
        if (each.shadow != null) {
          each.lease.lease.discardLater(each.shadow);
        }
      }
      for (LooseResult each : forgottenLeft) {
        if (each.shadow != null) {
          each.lease.lease.resultEnded(each.shadow);
        }
      }
    } finally {
      for (HeldLease lease : free) {
        lease.lease.park();
      }
    }
  }

  private void loosen(RedirectedResultSet old) {
    if (loose == null) {
      loose = new ArrayList<>(4);
    }
    loose.add(old.loosen());
    list();
  }

  /** Its last result is gone. Under the lock. */
  private void notHeld(HeldLease lease) {
    if (more != null) {
      boolean unused = more.remove(lease);
    }
  }

  /**
   * A result is closed, or never came to be.
   *
   * @param result null when it never came to be
   * @param wasLive false when it was read to its end
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
    // First what decides whether the connection is given back.
    boolean free = lease.ends(wasLive);
    try {
      if (result != null && !SOLE.compareAndSet(this, result, null)) {
        forgetListed(result);
      }
      if (free && more != null) {
        synchronized (lock) {
          notHeld(lease);
        }
      }
    } finally {
      if (free) {
        lease.lease.park();
      }
    }
  }

  private void forgetListed(RedirectedResultSet result) {
    synchronized (lock) {
      if (!removeNewestFirst(results, result)) {
        forget(result);
      }
      list();
    }
  }

  /** A result that had lost its lease before is closed. */
  final void ended(RedirectedResultSet result) {
    synchronized (lock) {
      forget(result);
      list();
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
    if (!shared.isCurrent()) {
      shared.standFor(over, lease);
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
      all = held();
    }
    for (HeldLease each : all) {
      each.lease.abortForOwner();
    }
  }

  /**
   * The application cancels what its connection runs, by a method of the driver's connection: what
   * replicas run for it, too. Called by any thread.
   */
  final void cancelling() {
    try {
      List<HeldLease> all;
      synchronized (lock) {
        all = held();
      }
      for (HeldLease each : all) {
        ReplicaExecution running = each.running;
        if (running != null) {
          boolean unused = running.cancel();
        }
      }
      List<RedirectedResultSet> open = openResults();
      for (int i = 0; open != null && i < open.size(); i++) {
        open.get(i).cancelRows();
      }
    } catch (SQLException e) {
      // It ended meanwhile, or its replica is gone.
    } catch (Throwable t) {
      context.fault("cancel", t);
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
      for (HeldLease lease : held()) {
        counted += lease.open();
      }
      int known = results.size() + (sole == null ? 0 : 1);
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
      lost = held();
      for (RedirectedResultSet result : listedResults()) {
        if (!result.isOver()) {
          lost.remove(result.lease());
        }
      }
      for (int i = 0; loose != null && i < loose.size(); i++) {
        if (loose.get(i).attached) {
          lost.remove(loose.get(i).lease);
        }
      }
      for (HeldLease lease : lost) {
        notHeld(lease);
      }
    }
    for (HeldLease lease : lost) {
      if (lease.giveUp()) {
        lease.lease.markBroken();
        lease.lease.park();
      }
    }
  }

  /** Under the lock. */
  private List<RedirectedResultSet> listedResults() {
    List<RedirectedResultSet> all = new ArrayList<>(results);
    RedirectedResultSet one = sole;
    if (one != null) {
      all.add(one);
    }
    return all;
  }

  /** Results that are not closed; null when there are none. */
  final List<RedirectedResultSet> openResults() {
    if (sole == null && listed == 0) {
      return null;
    }
    synchronized (lock) {
      List<RedirectedResultSet> open = listedResults();
      for (int i = 0; loose != null && i < loose.size(); i++) {
        RedirectedResultSet result = loose.get(i).get();
        if (result != null) {
          open.add(result);
        }
      }
      return open.isEmpty() ? null : open;
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
      orphan(open.get(i));
    }
  }

  private void orphan(RedirectedResultSet result) {
    Throwable fault = null;
    // Else the application would see it open.
    for (int tries = 0; tries < RoutingContext.TRIES; tries++) {
      try {
        if (fault != null) {
          context.fault("results of a closed connection", fault);
        }
        result.orphan();
        return;
      } catch (Throwable t) {
        fault = t;
      }
    }
    context.fault("results of a closed connection", fault);
  }
}
