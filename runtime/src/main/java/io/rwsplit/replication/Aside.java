package io.rwsplit.replication;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether replication has to keep its hands off the master, and off its journal mode, because the
 * application says so. Thread-safe.
 */
final class Aside {
  private volatile String suspended;
  private volatile CountDownLatch reached = new CountDownLatch(1);
  private volatile String chosen;

  /** Why the master must not be touched; null when it may be. */
  String reason() {
    return suspended;
  }

  /** Why a master that is not in WAL mode is left so; null when it may be switched. */
  String journalChoice() {
    return chosen;
  }

  /** The application has chosen the journal mode, as {@code why} says. */
  void choose(String why) {
    chosen = why;
  }

  /** The master is in WAL mode: should it leave it, the next attempt may switch it. */
  void forgetChoice() {
    chosen = null;
  }

  /**
   * Asks the capture thread to let go; what it returns is counted down once it has.
   *
   * @param reason shown as the replicas' reason
   */
  CountDownLatch ask(String reason) {
    CountDownLatch latch = new CountDownLatch(1);
    reached = latch;
    suspended = reason;
    return latch;
  }

  /** All is let go of. */
  void reached() {
    reached.countDown();
  }

  /** Returns true when the capture thread may take hold again, as it could not before. */
  boolean end() {
    if (suspended == null) {
      return false;
    }
    chosen = "was taken out of WAL mode by the application";
    suspended = null;
    return true;
  }

  /** Waits for a latch of {@link #ask}. */
  static boolean await(CountDownLatch latch, long millis) throws InterruptedException {
    return latch.await(millis, TimeUnit.MILLISECONDS);
  }
}
