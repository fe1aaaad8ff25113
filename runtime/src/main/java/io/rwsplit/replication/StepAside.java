package io.rwsplit.replication;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What others ask of the capture thread: to let go of the master, or to keep its pins out of the
 * way of a checkpoint of the application's. Thread-safe.
 */
final class StepAside {
  private static final long DEATH_LOOK_MILLIS = 50;

  private volatile String reason;
  private volatile CountDownLatch gone = new CountDownLatch(1);

  private final Object lock = new Object();
  private volatile int checkpoints;
  private boolean yielding;

  /** Why the master is to be let go of; null when it is not. */
  String reason() {
    return reason;
  }

  /** See {@link SqliteReplicator#stepAside}. */
  boolean ask(String why, Thread capture, long millis) throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    gone = latch;
    reason = why;
    LockSupport.unpark(capture);
    return latch.await(millis, TimeUnit.MILLISECONDS);
  }

  /** The capture thread has let go. */
  void gone() {
    gone.countDown();
  }

  void forget() {
    reason = null;
  }

  /** True while a checkpoint of the application's runs, or is about to. */
  boolean isCheckpointing() {
    return checkpoints > 0;
  }

  /** See {@link SqliteReplicator#beginCheckpoint}. */
  boolean beginCheckpoint(Thread capture, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    synchronized (lock) {
      checkpoints++;
      LockSupport.unpark(capture);
      while (!yielding && capture.isAlive()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          endCheckpoint();
          return false;
        }
        lock.wait(Math.min(left, DEATH_LOOK_MILLIS));
      }
      return true;
    }
  }

  void endCheckpoint() {
    synchronized (lock) {
      checkpoints--;
      yielding &= checkpoints > 0;
    }
  }

  /** The capture thread: from now on no pin stays in the way for longer than a millisecond. */
  void yielding(boolean now) {
    synchronized (lock) {
      yielding = now && checkpoints > 0;
      if (yielding) {
        lock.notifyAll();
      }
    }
  }
}
