package io.rwsplit.acknowledgement;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that wait for a condition, each for its own. They hold no lock while they wait, and an
 * interrupt neither ends the wait nor is lost. Thread-safe.
 */
final class CommitWaits {
  /** A lost wake-up would cost this much and no more. */
  private static final long LOOK_NANOS = 20_000_000;

  /** What one thread waits for; asked by any thread. */
  abstract static class Condition {
    private final Thread thread = Thread.currentThread();

    abstract boolean isMet();
  }

  private final Queue<Condition> waiting = new ConcurrentLinkedQueue<>();
  private final ReplicaProgress progress;

  CommitWaits(ReplicaProgress progress) {
    this.progress = progress;
  }

  /** Something has changed: wakes those whose condition is met. */
  void changed() {
    if (waiting.isEmpty()) {
      return;
    }
    for (Condition each : waiting) {
      if (each.isMet()) {
        LockSupport.unpark(each.thread);
      }
    }
  }

  /** Returns whether the condition was met within {@code nanos}. */
  boolean await(Condition condition, long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    // First joined, then looked: who changes something afterwards sees the thread.
    waiting.add(condition);
    try {
      while (!condition.isMet()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return condition.isMet();
        }
        long poll = progress.pollNanos();
        LockSupport.parkNanos(this, Math.min(left, poll == 0 ? LOOK_NANOS : poll));
        // While it is set, a thread does not park.
        interrupted |= Thread.interrupted();
      }
      return true;
    } finally {
      waiting.remove(condition);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
