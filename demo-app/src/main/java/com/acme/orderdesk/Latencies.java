package com.acme.orderdesk;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Durations in buckets 1/16 of a power of two wide, so that a percentile is right within about 6 %
 * however long the desk is open. Thread-safe.
 */
final class Latencies {

  private static final int SUB_BITS = 4;
  private static final int SUB = 1 << SUB_BITS;

  private final AtomicLongArray buckets = new AtomicLongArray(64 * SUB);

  void add(long nanos) {
    buckets.incrementAndGet(bucket(Math.max(0, nanos)));
  }

  long count() {
    long count = 0;
    for (int i = 0; i < buckets.length(); i++) {
      count += buckets.get(i);
    }
    return count;
  }

  /** The upper bound of the bucket that holds the given share (0 to 1), in milliseconds. */
  double millis(double share) {
    long rank = (long) Math.ceil(share * count());
    long seen = 0;
    for (int i = 0; i < buckets.length(); i++) {
      seen += buckets.get(i);
      if (seen > 0 && seen >= rank) {
        return upperBound(i) / 1e6;
      }
    }
    return 0;
  }

  private static int bucket(long nanos) {
    if (nanos < SUB) {
      return (int) nanos;
    }
    int shift = 63 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
    return (shift + 1) * SUB + (int) ((nanos >>> shift) - SUB);
  }

  private static double upperBound(int bucket) {
    int shift = bucket / SUB - 1;
    return shift < 0 ? bucket : (double) (bucket % SUB + SUB + 1) * (1L << shift);
  }
}
