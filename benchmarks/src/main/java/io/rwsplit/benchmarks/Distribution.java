package io.rwsplit.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** Durations in nanoseconds, in order. Immutable. */
final class Distribution {
  private final long[] sorted;

  private Distribution(long[] sorted) {
    this.sorted = sorted;
  }

  /**
   * @throws IllegalArgumentException when there are none
   */
  static Distribution of(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("no durations");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Distribution(sorted);
  }

  /** A number of durations, and as many. */
  static Distribution read(DataInputStream in) throws IOException {
    long[] nanos = new long[in.readInt()];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = in.readLong();
    }
    return of(nanos);
  }

  /** The least duration that so large a part of all does not exceed. */
  double at(double part) {
    int index = (int) Math.ceil(part * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(index, sorted.length - 1))];
  }

  double p50() {
    return at(0.5);
  }

  double p99() {
    return at(0.99);
  }

  double max() {
    return sorted[sorted.length - 1];
  }

  /** {@code p50 / p99 / max} in microseconds. */
  String micros() {
    return String.format(
        Locale.ROOT, "%,.0f / %,.0f / %,.0f", p50() / 1e3, p99() / 1e3, max() / 1e3);
  }
}
