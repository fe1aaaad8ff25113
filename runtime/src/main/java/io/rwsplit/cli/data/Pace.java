package io.rwsplit.cli.data;

/** How long a comparison waits, and how often it looks again before it believes. Immutable. */
public final class Pace {
  final int rows;
  final long settleNanos;
  final long patienceNanos;

  /**
   * @param rows of a range
   * @param settleNanos how long a difference must last
   * @param patienceNanos how long a replica may need to be where the master was
   */
  public Pace(int rows, long settleNanos, long patienceNanos) {
    this.rows = rows;
    this.settleNanos = settleNanos;
    this.patienceNanos = patienceNanos;
  }
}
