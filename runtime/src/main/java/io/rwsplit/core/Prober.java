package io.rwsplit.core;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that looks at one replica from time to time, and at once when it is asked to.
 * Thread-safe.
 *
 * <p>No executor's, for the reason that {@link Monitor} has.
 */
abstract class Prober {
  private final Thread thread;
  private final long interval;
  private boolean started;
  private volatile boolean wanted;
  private volatile boolean stopped;
  private volatile long due = System.nanoTime();

  /**
   * @param interval between two looks, in nanoseconds
   */
  Prober(ThreadFactory threads, long interval) {
    this.interval = interval;
    this.thread =
        threads.newThread(
            new Runnable() {
              @Override
              public void run() {
                looks();
              }
            });
  }

  /** One look; may block. */
  abstract void look();

  /** A look has thrown something; it is repeated all the same. */
  abstract void failed(Throwable fault);

  /** Looks now, once if it is called while a look goes on, and from then on in intervals. */
  final void now() {
    wanted = true;
    begin();
  }

  /** To be called while a look goes on: the next one comes after so long, if not earlier. */
  final void within(long nanos) {
    due = Math.min(due - System.nanoTime(), nanos) + System.nanoTime();
  }

  private synchronized void begin() {
    if (!started && !stopped) {
      thread.start();
      started = true;
    }
    LockSupport.unpark(thread);
  }

  private void looks() {
    while (!stopped) {
      long left = due - System.nanoTime();
      if (left > 0 && !wanted) {
        LockSupport.parkNanos(left);
        continue;
      }
      wanted = false;
      due = System.nanoTime() + interval;
      try {
        look();
      } catch (Throwable t) {
        said(t);
      }
    }
  }

  private void said(Throwable fault) {
    try {
      failed(fault);
    } catch (Throwable t) {
      // Out of memory or stack: to say so would end the same way.
    }
  }

  final boolean isStopped() {
    return stopped;
  }

  /** No look begins any more; one that runs is interrupted. */
  final synchronized void stop() {
    stopped = true;
    if (started) {
      thread.interrupt();
    }
  }

  /** Stopped before; false when a look still runs after so long. */
  final boolean awaitEnd(long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.timedJoin(thread, millis);
    return !thread.isAlive();
  }
}
