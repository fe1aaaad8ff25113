package io.rwsplit.jdbc;

import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.pool.Lease;
import io.rwsplit.replication.OpenRead;
import io.rwsplit.replication.PublishedCommit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A replica connection that one application connection borrows, and how many of its open results
 * are read from it. Kept while nothing is borrowed, too: the next read prefers the same one.
 *
 * <p>Thread-safe without a lock: all that is counted is one number, changed by compare-and-set.
 * What the counts speak of ({@link #ticketHeld} and the others) is written only where none has rows
 * left, by the thread that is about to count the first of them, and is valid while the period is
 * the same, which is part of that number.
 */
final class HeldLease {
  /** A nested read shares the snapshot of an open result for at most this long. */
  private static final long SHARED_SNAPSHOT_NANOS = 1_000_000_000L;

  private static final AtomicLongFieldUpdater<HeldLease> COUNTS =
      AtomicLongFieldUpdater.newUpdater(HeldLease.class, "counts");

  /** For each of the two counts: more than can be opened before old results are let go of. */
  private static final int BITS = 22;

  /** Of the counts: results that may have rows left, they keep the connection's snapshot. */
  private static final long LIVE = 1;

  /** Results that are not closed; with them a transaction, which holds the lease beyond those. */
  private static final long OPEN = 1L << BITS;

  /** Changes whenever a first result begins: what was looked up before holds no more. */
  private static final long PERIOD = 1L << (2 * BITS);

  private static final int MASK = (1 << BITS) - 1;
  private static final long PERIODS = (1 << (63 - 2 * BITS)) - 1;

  /** Nobody begins on it any more: another object stands for what it stood for. */
  private static final long DROPPED = -1;

  final Lease lease;
  final int replica;

  /** What the connection is reading; null where positions are not known. */
  final OpenRead read;

  private volatile long counts;

  /** What is executed on it just now, the newest one; null when nothing is. */
  volatile ReplicaExecution running;

  /** What the replica held when the oldest live result began. */
  private long ticketHeld;

  /** The replica's epoch at that moment: an answer it gives after a restart belongs to another. */
  long epoch;

  /** When the oldest live result began, by {@link System#nanoTime()}. */
  long since;

  HeldLease(Lease lease, int replica, OpenRead read) {
    this.read = read;
    this.lease = lease;
    this.replica = replica;
  }

  /**
   * The commit its open results show; null when that is not known. Not of a connection whose file
   * was replaced: then what is published is another file's.
   */
  PublishedCommit commit() {
    PublishedCommit commit = read == null ? null : read.settle();
    return lease.isCurrent() ? commit : null;
  }

  /**
   * Counts the first result of a lease that was just borrowed. Only for whom the lease was lent to.
   *
   * @param now by {@link System#nanoTime()}
   * @return false when another object is to be made for the lease
   */
  boolean begins(WriteTracker tracker, long now) {
    long before = counts;
    if (open(before) != 0) {
      return false;
    }
    about(tracker, now);
    // A full barrier: whoever aborts says so and looks here, who reads looks there after this.
    return COUNTS.compareAndSet(this, before, next(before) + OPEN + LIVE);
  }

  /** What is read from now on is new: to be called before SQLite looks at the replica. */
  private void about(WriteTracker tracker, long now) {
    ticketHeld = tracker.held(replica);
    epoch = tracker.epoch(replica);
    since = now;
    if (read != null) {
      read.begin();
    }
  }

  /** Without counts, in the next period. */
  private static long next(long counts) {
    return (((counts >>> (2 * BITS)) + 1) & PERIODS) << (2 * BITS);
  }

  /**
   * Counts a further result that shows the snapshot of those that have rows left.
   *
   * @param needed the ticket it must be covered for
   * @return false when it cannot
   */
  boolean shares(long needed) {
    for (long now = counts; isLive(now); now = counts) {
      boolean may =
          needed <= ticketHeld
              && System.nanoTime() - since < SHARED_SNAPSHOT_NANOS
              && open(now) < MASK;
      if (!may) {
        return false;
      }
      if (COUNTS.compareAndSet(this, now, now + OPEN + LIVE)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Keeps a lease for a further result while none has rows left: {@link #joined} is to follow, or
   * {@link #ends}. Under the connection's lock, so that one at a time begins anew.
   *
   * @return false when it cannot
   */
  boolean reserve() {
    for (long now = counts; open(now) > 0 && !isLive(now) && open(now) < MASK; now = counts) {
      if (COUNTS.compareAndSet(this, now, now + OPEN)) {
        return true;
      }
    }
    return false;
  }

  /** Counts what {@link #reserve} was called for as the first result with rows. */
  void joined(WriteTracker tracker) {
    about(tracker, System.nanoTime());
    for (long now = counts; ; now = counts) {
      if (COUNTS.compareAndSet(this, now, (now & (PERIOD - 1)) + next(now) + LIVE)) {
        return;
      }
    }
  }

  /** Keeps the lease beyond its results, until {@link #ends}; only while it is held. */
  void hold() {
    long unused = COUNTS.addAndGet(this, OPEN);
  }

  /** Counts a further result with rows of a lease that has some. False when it has none. */
  boolean another() {
    for (long now = counts; isLive(now); now = counts) {
      if (COUNTS.compareAndSet(this, now, now + OPEN + LIVE)) {
        return true;
      }
    }
    return false;
  }

  /** What {@link #drained} is to be told: to be taken while the result is counted as live. */
  long period() {
    return counts >>> (2 * BITS);
  }

  /**
   * One of the results has no rows left.
   *
   * @param period when that result was live: after it there is nothing to be taken off any more
   */
  void drained(long period) {
    for (long now = counts; isLive(now) && now >>> (2 * BITS) == period; now = counts) {
      if (less(now, now - LIVE)) {
        return;
      }
    }
  }

  /**
   * One of the results is closed, or never came to be.
   *
   * @param live it counts as one with rows
   * @return true for the last one: the caller gives the lease back
   */
  boolean ends(boolean live) {
    for (long now = counts; open(now) > 0; now = counts) {
      boolean last = open(now) == 1;
      boolean less = live && isLive(now);
      long then = last ? now & -PERIOD : now - OPEN - (less ? LIVE : 0);
      if (less(now, then)) {
        return last;
      }
    }
    return false;
  }

  private boolean less(long now, long then) {
    if (read != null && isLive(now) && !isLive(then)) {
      // First: after the count, the next one may have begun. One that comes between is not known.
      read.end();
    }
    return COUNTS.compareAndSet(this, now, then);
  }

  /** Nothing counts any more; true when something did, and the caller gives the lease back. */
  boolean giveUp() {
    for (long now = counts; open(now) > 0; now = counts) {
      if (COUNTS.compareAndSet(this, now, now & -PERIOD)) {
        return true;
      }
    }
    return false;
  }

  /** True when nobody has it and nobody gets it any more. */
  boolean drop() {
    long now = counts;
    return now == DROPPED || (open(now) == 0 && COUNTS.compareAndSet(this, now, DROPPED));
  }

  /** True while results are open, or a transaction. */
  boolean isHeld() {
    return open(counts) > 0;
  }

  /** Results that are not closed, and one for a transaction. */
  int open() {
    return open(counts);
  }

  /** True when one result has rows left, and no other. */
  boolean isAlone() {
    return (counts & MASK) == 1;
  }

  private static boolean isLive(long counts) {
    return counts != DROPPED && (counts & MASK) != 0;
  }

  /** Of one that was dropped -1. */
  private static int open(long counts) {
    return counts == DROPPED ? -1 : ((int) (counts >>> BITS)) & MASK;
  }
}
