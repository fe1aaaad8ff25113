package io.rwsplit.observe;

/**
 * What routing would take off the master, as parts of the time that the observed statements took
 * there, which stands for their load. Taken for granted: a replica serves a read as fast as the
 * master did, replicas get equal parts, and applying the master's writes costs them nothing. An
 * upper bound, therefore. Immutable.
 */
public final class Estimate {
  private final double moves;

  /**
   * @param moveNanos time of what would move
   * @param nanos time of all
   */
  Estimate(long moveNanos, long nanos) {
    this.moves = nanos == 0 ? 0 : (double) moveNanos / nanos;
  }

  /** The part of the time that would leave the master, between 0 and 1. */
  public double moves() {
    return moves;
  }

  /** What is left on the master, between 0 and 1; however many replicas there are. */
  public double master() {
    return 1 - moves;
  }

  /**
   * What each of so many replicas would get, in the unit of {@link #master}.
   *
   * @param replicas at least 1
   */
  public double replica(int replicas) {
    return moves / replicas;
  }

  /**
   * How many times today's load master and replicas could carry until the busiest of them is as
   * busy as the master alone is today: the inverse of the greater of {@link #master} and {@link
   * #replica}. An upper bound.
   *
   * @param replicas at least 1
   */
  public double capacity(int replicas) {
    return 1 / Math.max(master(), replica(replicas));
  }
}
