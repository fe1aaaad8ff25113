package io.rwsplit.route;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Points of the golden-ratio sequence: the fractional parts of n·φ. Of any first N of them, the
 * part that falls into an interval differs from the interval's length by a few in N (its
 * discrepancy is of the order of log N / N: Kuipers and Niederreiter, "Uniform Distribution of
 * Sequences"), and so does the part of every other, or every k-th. Taken for throws of a die, they
 * are what chance would promise, without its scatter. Thread-safe, one atomic addition each.
 */
final class Turn {
  /** 2^64 / φ. */
  static final long STEP = 0x9E3779B97F4A7C15L;

  private static final double UNIT = 1.0 / (1L << 53);

  private final AtomicLong point = new AtomicLong();

  /** The next point, from 0 to below 1. */
  double next() {
    return unit(point.addAndGet(STEP));
  }

  /** A point as a number from 0 to below 1. */
  static double unit(long point) {
    return (point >>> 11) * UNIT;
  }
}
