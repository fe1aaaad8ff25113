package io.rwsplit.topology;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a replica takes to the first row: a mean in which what is older than about a second, or
 * than some ten measurements, hardly counts. The first measurement, which meets cold caches, must
 * be forgotten soon; a single one that met a pause of this JVM must not count for more than a few.
 *
 * <p>Thread-safe without a lock: of two measurements at the same instant one may be lost.
 */
public final class Latency {
  /** After this long without a measurement, the next one counts for half. */
  private static final double HALF_LIFE_NANOS = 1e9;

  /** What a measurement counts for at least. */
  private static final double LEAST_PART = 1.0 / 16;

  /** A measurement counts as this many times the mean at most. */
  private static final double MOST = 4;

  /** Bits of the mean as a double, in nanoseconds; 0 before the first measurement. */
  private final AtomicLong mean = new AtomicLong();

  private volatile long measuredAt;

  /**
   * A read has delivered its first row.
   *
   * @param nanos what that took
   * @param now by {@link System#nanoTime()}
   */
  public void measured(long nanos, long now) {
    double sample = Math.max(1, nanos);
    long before = mean.get();
    if (before != 0) {
      double old = Double.longBitsToDouble(before);
      double age = Math.max(0, now - measuredAt);
      double part = Math.max(LEAST_PART, age / (age + HALF_LIFE_NANOS));
      sample = old + (Math.min(sample, MOST * old) - old) * part;
    }
    if (mean.compareAndSet(before, Double.doubleToRawLongBits(sample))) {
      measuredAt = now;
    }
  }

  /** The mean in nanoseconds; 0 when nothing was measured yet. */
  public double nanos() {
    return Double.longBitsToDouble(mean.get());
  }
}
