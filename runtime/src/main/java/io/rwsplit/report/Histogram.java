package io.rwsplit.report;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many executions took how long. Thread-safe; recording takes no lock, and allocates nothing
 * but the stripes that threads who meet in it need once.
 */
public final class Histogram {
  /** Upper bounds of the buckets, in nanoseconds; what is longer is in one more. */
  private static final long[] BOUNDS = {
    10_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000,
    25_000_000,
    50_000_000,
    100_000_000,
    250_000_000,
    500_000_000,
    1_000_000_000,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L
  };

  private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanos = new LongAdder();

  Histogram() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  void record(long took) {
    int bucket = 0;
    while (bucket < BOUNDS.length && took > BOUNDS[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    nanos.add(took);
  }

  /** Buckets, the one without an upper bound included. */
  public static int buckets() {
    return BOUNDS.length + 1;
  }

  /** Upper bound of a bucket in nanoseconds; of all but the last. */
  public static long bound(int bucket) {
    return BOUNDS[bucket];
  }

  /** Executions so far by bucket, each in one only; never shrinks. */
  public long[] counts() {
    long[] now = new long[counts.length];
    addTo(now);
    return now;
  }

  /** Adds the executions so far to those of other histograms. */
  void addTo(long[] sums) {
    for (int i = 0; i < counts.length; i++) {
      sums[i] += counts[i].sum();
    }
  }

  /** Nanoseconds of all executions together; may be ahead of {@link #counts()} by some. */
  public long nanos() {
    return nanos.sum();
  }
}
