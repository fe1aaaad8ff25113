package io.rwsplit.topology;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a replica takes to the first row: a mean in which what is older than about a second
 * hardly counts, whether many or few reads were measured since.
 *
 * <p>Thread-safe without a lock: of two measurements at the same instant one may be lost.
 */
public final class Latency {
  /** After this long without a measurement, the next one counts for half. */
  private static final double HALF_LIFE_NANOS = 1e9;

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
      sample = old + (sample - old) * (age / (age + HALF_LIFE_NANOS));
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
