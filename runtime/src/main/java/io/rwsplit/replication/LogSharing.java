package io.rwsplit.replication;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Checkpoints that the application runs itself while the master is followed. A checkpoint copies no
 * further than the oldest reader, and two at once get in each other's way: so while one of the
 * application's runs, our pin stays at the newest commit, and we begin none. Thread-safe.
 */
final class LogSharing {
  private static final long POLL = 50_000;

  private final AtomicInteger users = new AtomicInteger();
  private final AtomicLong asked = new AtomicLong();
  private volatile long granted;

  /** Where the pin was brought to; used by the capture thread only. */
  private WalIndexHeader pinnedAt;

  /**
   * A checkpoint of the application is about to begin. Returns when all is prepared for it, or when
   * the time is over: it would then be answered as with any other reader.
   */
  void begin(Runnable wake, long patienceNanos) {
    users.incrementAndGet();
    long ask = asked.incrementAndGet();
    wake.run();
    long deadline = System.nanoTime() + patienceNanos;
    while (granted < ask && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(POLL);
    }
  }

  /** It has ended. */
  void end() {
    users.decrementAndGet();
  }

  boolean isWanted() {
    return users.get() > 0;
  }

  boolean isPending() {
    return granted < asked.get();
  }

  long asked() {
    return asked.get();
  }

  /** All that was asked for up to here is granted, or cannot be. */
  void grant(long upTo) {
    granted = upTo;
  }

  boolean isPinnedAt(WalIndexHeader newest) {
    return pinnedAt != null && pinnedAt.sameLogState(newest);
  }

  void pinnedAt(WalIndexHeader newest) {
    pinnedAt = newest;
  }
}
