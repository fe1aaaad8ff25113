package io.rwsplit.consistency;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Read-your-writes by positions that somebody samples on master and replicas, off the application's
 * path.
 *
 * <p>Tickets are times: a write draws the time at which its commit returned. A sample of the
 * master's position that began later covers it, and so does every replica that reaches that
 * position. What a replica holds is a ticket again, so the application asks with one volatile read.
 *
 * <p>Where positions cannot be had, of the master or of one replica, the same tickets are covered
 * after a window of time.
 *
 * <p>Thread-safe. Readers of tickets take no lock; samplers share one, for some comparisons.
 */
public final class PositionTracker implements WriteTracker {
  /** Asked for by reads no more often than this: they are many. */
  private static final long READ_DEMAND_NANOS = 1_000_000;

  private final long origin = System.nanoTime();
  private final boolean readAfterWrite;
  private final long windowNanos;

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
  private final Position[] reached;

  /**
   * Makes a tracker that knows no position yet.
   *
   * @param readAfterWrite false: nobody waits for writes, and only lag is known
   * @param windowNanos how long a write is waited for where positions cannot be had
   */
  public PositionTracker(int replicas, boolean readAfterWrite, long windowNanos) {
    this.readAfterWrite = readAfterWrite;
    this.windowNanos = windowNanos;
    this.applied = new AtomicLongArray(replicas);
    this.epochs = new AtomicLongArray(replicas);
    this.byTime = new AtomicLongArray(replicas);
    this.reached = new Position[replicas];
  }

  /** Nanoseconds since the tracker was made, plus 1: a ticket, and never 0. */
  public long now() {
    return System.nanoTime() - origin + 1;
  }

  @Override
  public long wrote() {
    if (!readAfterWrite) {
      return 0;
    }
    long ticket = now();
    writeDemand = ticket;
    ring();
    return ticket;
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
    if (!readAfterWrite || masterByTime) {
      return 0;
    }
    long ticket = now();
    if (ticket - readDemand > READ_DEMAND_NANOS) {
      readDemand = ticket;
      ring();
    }
    return ticket;
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
    synchronized (lock) {
      boolean continued = written.isContinuedBy(position);
      if (!continued) {
        forget();
      }
      written.add(began - 1, position);
      masterByTime = false;
      return continued;
    }
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
    synchronized (lock) {
      if (flushed.isContinuedBy(position)) {
        flushDelay = delayNanos;
        flushed.add(Math.max(0, began - 1 - delayNanos), position);
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

  private void forget() {
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
      if (since == 0) {
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
