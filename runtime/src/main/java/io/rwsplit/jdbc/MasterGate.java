package io.rwsplit.jdbc;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The door through which statements and transactions of the application reach the master. Closed
 * for a few milliseconds at a time, while the write-ahead log is reset: see {@code WriterGate} of
 * the replication.
 *
 * <p>Thread-safe. Who enters while it is closed waits for a bounded time and then goes in all the
 * same: in the worst case the application meets a lock, as it would beside any other writer.
 */
public final class MasterGate {
  private static final long PATIENCE_NANOS = 15_000_000;
  private static final long PAUSE_NANOS = 100_000;

  /** Written before {@link #inside} is read by the one side, and the reverse by the other. */
  private volatile boolean closed;

  private final AtomicInteger inside = new AtomicInteger();

  /** Nobody new gets in, for a while. */
  public void close() {
    closed = true;
  }

  /** True when nobody is inside. */
  public boolean isQuiet() {
    return inside.get() == 0;
  }

  /** Lets everybody in. */
  public void open() {
    closed = false;
  }

  void enter() {
    inside.incrementAndGet();
    if (closed) {
      inside.decrementAndGet();
      await();
      inside.incrementAndGet();
    }
  }

  private void await() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (closed && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  void leave() {
    inside.decrementAndGet();
  }
}
