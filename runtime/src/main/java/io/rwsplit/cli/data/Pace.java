package io.rwsplit.cli.data;

import java.util.concurrent.TimeUnit;

/** How long a comparison waits, and how often it looks again before it believes. Immutable. */
public final class Pace {
  /** Some seconds where positions are not known, none where they are. */
  public static final long SETTLE_BY_POSITION = -1;

  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(3);

  final int rows;
  final long patienceNanos;
  private final long settleNanos;

  /**
   * @param rows of a range
   * @param settleNanos how long a difference must last; {@link #SETTLE_BY_POSITION}
   * @param patienceNanos how long a replica may need to be where the master was
   */
  public Pace(int rows, long settleNanos, long patienceNanos) {
    this.rows = rows;
    this.settleNanos = settleNanos;
    this.patienceNanos = patienceNanos;
  }

  /** How long a difference must last to count, in nanoseconds. */
  long settleNanos(boolean positionsAreKnown) {
    if (settleNanos != SETTLE_BY_POSITION) {
      return settleNanos;
    }
    return positionsAreKnown ? 0 : SETTLE_NANOS;
  }
}
