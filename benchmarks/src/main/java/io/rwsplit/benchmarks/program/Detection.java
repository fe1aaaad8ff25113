package io.rwsplit.benchmarks.program;

import java.util.concurrent.locks.LockSupport;

/**
 * A thread that is woken after a commit and looks at the log's index: the least that whoever passes
 * commits on in this JVM has to do. The committing thread waits until it has.
 */
final class Detection {
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private final LogIndex index;
  private final Thread thread;
  private volatile long seen;
  private volatile int last;

  Detection(LogIndex index) {
    this.index = index;
    last = index.change();
    thread = new Thread(this::look, "detection");
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    while (true) {
      int change = index.change();
      if (change != last) {
        seen = System.nanoTime();
        last = change;
      }
      LockSupport.park();
    }
  }

  /** When the commit that has returned by {@code committed} was seen. */
  long of(long committed) {
    LockSupport.unpark(thread);
    while (last != index.change() && System.nanoTime() - committed < PATIENCE_NANOS) {
      LockSupport.parkNanos(200_000);
    }
    return seen;
  }
}
