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

  private final Thread capture;

  private volatile String reason;
  private volatile CountDownLatch gone = new CountDownLatch(1);

  private volatile String journalChoice;

  private final Object lock = new Object();
  private volatile int checkpoints;
  private boolean yielding;

  StepAside(Thread capture) {
    this.capture = capture;
  }

  /** Why the master is to be let go of; null when it is not. */
  String reason() {
    return reason;
  }

  /** See {@link SqliteReplicator#stepAside}. */
  boolean ask(String why, long millis) throws InterruptedException {
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

  /** How the application has chosen a journal mode other than WAL; null when it has not. */
  String journalChoice() {
    return journalChoice;
  }

  /** The application has chosen, as {@code how} says; null: a master not in WAL is switched. */
  void choose(String how) {
    journalChoice = how;
  }

  /** See {@link SqliteReplicator#resume}. */
  void resume() {
    if (reason != null) {
      choose("was taken out of WAL mode by the application");
      reason = null;
      LockSupport.unpark(capture);
    }
  }

  /** True while a checkpoint of the application's runs, or is about to. */
  boolean isCheckpointing() {
    return checkpoints > 0;
  }

  /** See {@link SqliteReplicator#beginCheckpoint}. */
  boolean beginCheckpoint(long millis) throws InterruptedException {
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

  /** True while somebody may run his checkpoint, having been told that nothing is in its way. */
  boolean isYielding() {
    synchronized (lock) {
      return yielding;
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
