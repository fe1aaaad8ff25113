package io.rwsplit.consistency;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Read-your-writes by positions that somebody samples on master and replicas, off the application's
 * path.
 *
 * <p>Tickets are times: a write draws the time at which its commit returned. A sample of the
 * master's position that began later covers it, and so does every replica that reaches that
 * position. What a replica holds is a ticket again, so the application asks with one volatile read.
 *
 * <p>What a read may have seen is covered by a sample that began after it. Waiting for that is not
 * needed where nothing can have happened since the newest sample: no write of this JVM was under
 * way or ended since, and nobody else has written lately. Else a session that reads without a pause
 * would never leave the master, since each of its reads would ask for a newer sample than the last.
 *
 * <p>Where positions cannot be had, of the master or of one replica, the same tickets are covered
 * after a window of time.
 *
 * <p>Thread-safe. Readers of tickets take no lock; samplers share one, for some comparisons.
 */
public final class PositionTracker implements WriteTracker {
  /** Asked for by reads no more often than this: they are many. */
  private static final long READ_DEMAND_NANOS = 1_000_000;

  /** Somebody else who wrote is expected to write again for so long. */
  private static final long OTHERS_NANOS = 2_000_000_000L;

  /** A commit's way from the log to the eyes of readers, on a machine that is busy. */
  private static final long SHOWN_NANOS = 200_000_000L;

  /**
   * What reads have seen is told in steps of so many nanoseconds, less one, rounded up: a ticket
   * that is newer than need be covers as well, and a session that reads on has mostly noted it.
   */
  private static final long SEEN_STEP = (1 << 16) - 1;

  private final long origin = System.nanoTime();
  private final boolean eventual;
  private final long windowNanos;

  /** How old the newest sample may be to speak for the present. */
  private final long freshNanos;

  /** A write binds the reads of all sessions. */
  private final boolean bindsAll;

  /** Stays at 0 where nobody waits for writes. */
  private final NewestWrite completed = new NewestWrite();

  /** Writes of this JVM that are under way, and when the last of them ended. */
  private final AtomicLong underWay = new AtomicLong();

  private final NewestWrite newest = new NewestWrite();
  private final OpenCommits commits = new OpenCommits();

  /** The ticket that the newest sample of the master covers; 0 before the first one. */
  private volatile long sampled;

  /** Until when others are taken to write to the master, as a ticket. */
  private volatile long othersWriteUntil;

  /** Places for replicas that may join later; the choice among replicas is by bits of a long. */
  private static final int PLACES = Long.SIZE;

  /** The newest ticket each replica covers. */
  private final AtomicLongArray applied;

  /** 1 for replicas whose writes are waited for by time. */
  private final AtomicLongArray byTime;

  private final AtomicLongArray epochs;

  private volatile boolean masterByTime;
  private volatile long writeDemand;
  private volatile long readDemand;

  /** What to call when a demand arrives while the sampler rests; null while it does not. */
  private volatile Runnable alarm;

  private final Object lock = new Object();

  // All below is guarded by lock.

  /** What the master had written, and perhaps not flushed. */
  private final MasterSamples written = new MasterSamples();

  /** What it had flushed, with older tickets: see {@link #masterFlushed}. */
  private final MasterSamples flushed = new MasterSamples();

  private long flushDelay;

  /** Number of the master's term; never changes where the master never does. */
  private long term;

  private final Position[] reached;

  /**
   * Makes a tracker that knows no position yet.
   *
   * @param eventual nobody waits for writes, and only lag is known
   * @param bindsAll a write binds the reads of all sessions
   * @param windowNanos how long a write is waited for where positions cannot be had
   * @param intervalNanos between two samples while tickets are drawn
   */
  public PositionTracker(boolean eventual, boolean bindsAll, long windowNanos, long intervalNanos) {
    this.eventual = eventual;
    this.bindsAll = bindsAll;
    this.windowNanos = windowNanos;
    this.freshNanos = 2 * intervalNanos;
    this.applied = new AtomicLongArray(PLACES);
    this.epochs = new AtomicLongArray(PLACES);
    this.byTime = new AtomicLongArray(PLACES);
    this.reached = new Position[PLACES];
  }

  /** Nanoseconds since the tracker was made, plus 1: a ticket, and never 0. */
  public long now() {
    return System.nanoTime() - origin + 1;
  }

  @Override
  public void writeBegins() {
    underWay.incrementAndGet();
  }

  @Override
  public void writeEnded() {
    newest.raise(now());
    underWay.decrementAndGet();
  }

  @Override
  public void publishBegins() {
    if (!eventual) {
      commits.begins(now());
    }
  }

  @Override
  public void publishEnded() {
    commits.ended();
  }

  @Override
  public void awaitShown(long ticket) {
    commits.awaitBegunBefore(ticket, SHOWN_NANOS);
  }

  @Override
  public long wrote() {
    long ticket = now();
    newest.raise(ticket);
    if (eventual) {
      return 0;
    }
    completed.raise(ticket);
    writeDemand = ticket;
    ring();
    return ticket;
  }

  @Override
  public long newestWrite() {
    return bindsAll ? completed.ticket() : 0;
  }

  @Override
  public long newestWriteForWriters() {
    return completed.ticket();
  }

  @Override
  public boolean mayCatchUp(int replica, long ticket, long nanos) {
    if (isByTime(replica)) {
      return now() - ticket + nanos >= windowNanos;
    }
    long missing = missingNanos(replica);
    return missing >= 0 && missing < nanos;
  }

  @Override
  public boolean covers(int replica, long ticket) {
    if (ticket == 0 || applied.get(replica) >= ticket) {
      return true;
    }
    return (masterByTime || byTime.get(replica) != 0) && now() - ticket >= windowNanos;
  }

  @Override
  public long held(int replica) {
    long held = applied.get(replica);
    return masterByTime || byTime.get(replica) != 0 ? Math.max(held, now() - windowNanos) : held;
  }

  /** Whatever was read is older than now, so a sample that begins after now covers it. */
  @Override
  public long seenOn(int replica) {
    return seen();
  }

  @Override
  public long seenOnMaster() {
    return seen();
  }

  private long seen() {
    if (eventual || masterByTime) {
      return 0;
    }
    long ticket = now();
    if (ticket - readDemand > READ_DEMAND_NANOS) {
      readDemand = ticket;
      ring();
    }
    // In this order: a write that is no longer under way has left its ticket.
    long sample = sampled;
    boolean quiet =
        ticket - sample < freshNanos
            && underWay.get() == 0
            && newest.ticket() < sample
            && othersWriteUntil < ticket;
    return quiet ? sample : ticket | SEEN_STEP;
  }

  @Override
  public boolean isUnchangedSince(long ticket) {
    return false;
  }

  private void ring() {
    Runnable resting = alarm;
    if (resting != null) {
      alarm = null;
      resting.run();
    }
  }

  /** True when a write's ticket is newer than a sample that began at the given one. */
  public boolean isWriteWaiting(long sample) {
    return writeDemand >= sample;
  }

  /** True when a ticket drawn by a read may be newer than a sample that began at the given one. */
  public boolean isReadWaiting(long sample) {
    long demand = readDemand;
    return demand != 0 && demand + READ_DEMAND_NANOS >= sample;
  }

  /**
   * The sampler is going to rest.
   *
   * @param wake called, once, when somebody draws a ticket; must not block
   */
  public void resting(Runnable wake) {
    alarm = wake;
  }

  /**
   * The master was at a position some time after {@code began}, which was taken from {@link #now}
   * before it was asked.
   *
   * @return false when it had lost something that an earlier sample showed: nothing is known of any
   *     replica any more
   */
  public boolean masterWritten(long began, Position position) {
    return masterWritten(began, position, 0);
  }

  /**
   * As {@link #masterWritten(long, Position)}, where the master may change.
   *
   * @param asked number of the term whose master was asked; the answer is ignored in another
   */
  public boolean masterWritten(long began, Position position, long asked) {
    synchronized (lock) {
      if (asked != term) {
        return true;
      }
      boolean continued = written.isContinuedBy(position);
      if (!continued) {
        forget();
      }
      if (!position.equals(written.newest()) && isQuietSince(sampled)) {
        othersWriteUntil = now() + OTHERS_NANOS;
      }
      written.add(began - 1, position);
      for (int i = 0; i < reached.length; i++) {
        if (reached[i] != null && reached[i].includes(position)) {
          applied.set(i, Math.max(applied.get(i), began - 1));
        }
      }
      sampled = began - 1;
      masterByTime = false;
      return continued;
    }
  }

  /** True when nothing of this JVM's can have moved the master since a ticket. */
  private boolean isQuietSince(long ticket) {
    return underWay.get() == 0 && newest.ticket() < ticket;
  }

  /**
   * The master had flushed its log to a position some time after {@code began}.
   *
   * <p>A commit may return before it is flushed (PostgreSQL with {@code synchronous_commit=off}),
   * but not long before: with {@code delayNanos} as a bound, this sample covers the tickets that
   * are older than that. It matters when something else is written and not flushed for long, which
   * no replica can reach.
   */
  public void masterFlushed(long began, Position position, long delayNanos) {
    masterFlushed(began, position, delayNanos, 0);
  }

  /**
   * As {@link #masterFlushed(long, Position, long)}, where the master may change.
   *
   * @param asked number of the term whose master was asked; the answer is ignored in another
   */
  public void masterFlushed(long began, Position position, long delayNanos, long asked) {
    synchronized (lock) {
      if (asked == term && flushed.isContinuedBy(position)) {
        flushDelay = delayNanos;
        flushed.add(Math.max(0, began - 1 - delayNanos), position);
      }
    }
  }

  /** The master of a term turns out to be none: nothing is known until another one is asked. */
  public void masterLost(long asked) {
    synchronized (lock) {
      if (asked == term) {
        forget();
      }
    }
  }

  /** The master does not tell its position: its writes are waited for by time. */
  public void masterUnknown() {
    synchronized (lock) {
      forget();
      masterByTime = true;
    }
  }

  /**
   * Another server is the master, or nobody is: nothing is known of any server any more. Tickets
   * that were drawn before stay good, since the new master's first sample begins after them.
   */
  public void termBegins(long number) {
    synchronized (lock) {
      term = number;
      masterByTime = false;
      forget();
      for (int i = 0; i < reached.length; i++) {
        epochs.incrementAndGet(i);
        byTime.set(i, 0);
      }
    }
  }

  private void forget() {
    sampled = 0;
    written.clear();
    flushed.clear();
    for (int i = 0; i < reached.length; i++) {
      reached[i] = null;
      applied.set(i, 0);
    }
  }

  /**
   * A number that changes whenever what was known of the replica is void: it may have come back
   * older than it was.
   */
  @Override
  public long epoch(int replica) {
    return epochs.get(replica);
  }

  /**
   * The replica is at a position, or further by now.
   *
   * @param epoch {@link #epoch} before it was asked; the answer is ignored if that has changed
   */
  public void replicaAt(int replica, long epoch, Position position) {
    synchronized (lock) {
      if (epochs.get(replica) != epoch) {
        return;
      }
      Position before = reached[replica];
      reached[replica] = position;
      byTime.set(replica, 0);
      long covered = Math.max(written.coveredBy(position), flushed.coveredBy(position));
      if (before != null && !position.includes(before)) {
        // It has gone back: it came up again from an older state.
        epochs.incrementAndGet(replica);
        applied.set(replica, covered);
      } else if (covered > applied.get(replica)) {
        applied.set(replica, covered);
      }
    }
  }

  /** The replica does not tell its position: writes on it are waited for by time. */
  public void replicaUnknown(int replica) {
    synchronized (lock) {
      reached[replica] = null;
      applied.set(replica, 0);
      byTime.set(replica, 1);
    }
  }

  /** Nothing is known of the replica until its next sample: it may come back older than it was. */
  public void replicaLost(int replica) {
    synchronized (lock) {
      epochs.incrementAndGet(replica);
      reached[replica] = null;
      applied.set(replica, 0);
    }
  }

  /** True when the replica holds what the newest sample of the master covers. */
  public boolean isCurrent(int replica) {
    synchronized (lock) {
      Position position = reached[replica];
      return position != null && written.newest() != null && position.includes(written.newest());
    }
  }

  /** True when writes on the replica are waited for by time, for want of a position. */
  public boolean isByTime(int replica) {
    return masterByTime || byTime.get(replica) != 0;
  }

  /**
   * How long the oldest position that the replica misses has been known, in nanoseconds: 0 when it
   * misses none, negative when nothing is known.
   */
  public long missingNanos(int replica) {
    synchronized (lock) {
      Position position = reached[replica];
      if (position == null || written.newest() == null) {
        return -1;
      }
      boolean byFlush = flushed.newest() != null;
      long since = (byFlush ? flushed : written).missingSince(position);
      if (since < 0) {
        return 0;
      }
      return Math.max(1, now() - since - (byFlush ? flushDelay : 0));
    }
  }

  /** Bytes of log between the replica and the newest sample of the master; 0 where unknown. */
  public long missingBytes(int replica) {
    synchronized (lock) {
      Position position = reached[replica];
      Position newest = flushed.newest() == null ? written.newest() : flushed.newest();
      return position == null || newest == null ? 0 : position.bytesTo(newest);
    }
  }
}
