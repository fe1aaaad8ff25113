package legacy.history;

import java.util.concurrent.atomic.AtomicInteger;

/** When to stop: not before some time and some events, on however slow a machine. Thread-safe. */
final class Enough {
  private static final int READS = 1500;
  private static final int WRITES = 60;
  private static final long LONGEST_NANOS = 60000000000L;

  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final long begin = System.nanoTime();
  private final long leastNanos;
  private volatile boolean told;

  Enough(long leastMillis) {
    this.leastNanos = leastMillis * 1000000;
  }

  /** However little time has passed, it is enough. */
  void end() {
    told = true;
  }

  void read() {
    reads.incrementAndGet();
  }

  void wrote() {
    writes.incrementAndGet();
  }

  /** Reads and writes by now. */
  int steps() {
    return reads.get() + writes.get();
  }

  boolean isReached() {
    long passed = System.nanoTime() - begin;
    boolean events = reads.get() >= READS && writes.get() >= WRITES;
    return passed > LONGEST_NANOS || ((told || passed > leastNanos) && events);
  }
}
