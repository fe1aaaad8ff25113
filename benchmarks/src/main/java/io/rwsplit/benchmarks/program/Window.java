package io.rwsplit.benchmarks.program;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** The time in which threads are measured; it is fixed when all of them are ready. Thread-safe. */
final class Window {
  private final CyclicBarrier ready;
  private volatile long from;
  private volatile long to;

  /**
   * @param threads that await it
   * @param warmUpMillis from then to its beginning
   */
  Window(int threads, long warmUpMillis, long millis) {
    ready =
        new CyclicBarrier(
            threads,
            () -> {
              from = System.nanoTime() + warmUpMillis * 1_000_000L;
              to = from + millis * 1_000_000L;
            });
  }

  /** Returns when all threads are ready. */
  void await() throws InterruptedException {
    try {
      ready.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean hasBegun(long nanoTime) {
    return nanoTime - from >= 0;
  }

  boolean isOver(long nanoTime) {
    return nanoTime - to >= 0;
  }
}
