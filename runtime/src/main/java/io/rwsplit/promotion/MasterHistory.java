package io.rwsplit.promotion;

import io.rwsplit.consistency.Position;

/**
 * What the master was seen to have, and when, so that it can be told how old another server's state
 * is. Keeps a bounded number of samples, evenly over the time that matters. Thread-safe.
 */
final class MasterHistory {
  private static final int SAMPLES = 256;

  private final long gapNanos;
  private final Position[] positions = new Position[SAMPLES];
  private final long[] times = new long[SAMPLES];
  private int count;

  /** What the newest sample was, whether or not it is kept. */
  private Position newest;

  private long newestTime;

  /**
   * Makes an empty one.
   *
   * @param spanNanos for how long back a difference matters
   */
  MasterHistory(long spanNanos) {
    this.gapNanos = spanNanos / (SAMPLES / 2);
  }

  /** The master had this position at a time, by {@link System#nanoTime()} before it was asked. */
  synchronized void add(long now, Position position) {
    newest = position;
    newestTime = now;
    if (count > 0 && now - times[(count - 1) % SAMPLES] < gapNanos) {
      return;
    }
    positions[count % SAMPLES] = position;
    times[count % SAMPLES] = now;
    count++;
  }

  /** Another server became the master. */
  synchronized void clear() {
    count = 0;
    newest = null;
  }

  /** The last that was seen of the master; null when nothing was. */
  synchronized Position newest() {
    return newest;
  }

  /**
   * How old the state of a server with this position is compared to the newest known of the master,
   * in nanoseconds; {@link Long#MAX_VALUE} when older than anything that is remembered, negative
   * when nothing is.
   */
  synchronized long lagNanos(Position held) {
    if (newest == null || held == null) {
      return -1;
    }
    if (held.includes(newest)) {
      return 0;
    }
    for (int i = count - 1; i >= Math.max(0, count - SAMPLES); i--) {
      if (held.includes(positions[i % SAMPLES])) {
        // It lacks something that came after this sample: at the earliest, right after it.
        return newestTime - times[i % SAMPLES];
      }
    }
    return Long.MAX_VALUE;
  }
}
