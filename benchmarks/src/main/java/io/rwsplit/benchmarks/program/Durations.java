package io.rwsplit.benchmarks.program;

import java.util.Arrays;

/** Durations of one thread, in nanoseconds. Not thread-safe. */
final class Durations {
  private long[] nanos = new long[1 << 16];
  private int size;

  void add(long duration) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = duration;
  }

  int size() {
    return size;
  }

  /** In the order of their coming. */
  long[] all() {
    return Arrays.copyOf(nanos, size);
  }
}
