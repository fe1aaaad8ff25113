package io.rwsplit.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread of a group that looks after all else again and again. Thread-safe.
 *
 * <p>No executor's: one that has no memory for its queue or for another thread forgets what it was
 * to repeat. Between two looks this thread needs none.
 */
abstract class Monitor {
  private static final long FAULT_PAUSE_NANOS = 50_000_000;

  private final Thread thread =
      new DaemonThreads("monitor")
          .newThread(
              new Runnable() {
                @Override
                public void run() {
                  looks();
                }
              });
  private final List<Look> all = new CopyOnWriteArrayList<>();
  private boolean started;
  private volatile boolean stopped;

  private static final class Look {
    final long nanos;
    final Runnable work;

    /** Of the thread, once it has begun. */
    long due;

    Look(long nanos, Runnable work) {
      this.nanos = nanos;
      this.work = work;
      this.due = System.nanoTime() + nanos;
    }
  }

  /** A look has thrown something; it is repeated all the same. */
  abstract void failed(Throwable fault);

  /** Does something until {@link #stop}, the first time after the pause. */
  final synchronized void every(long nanos, Runnable work) {
    all.add(new Look(nanos, work));
    if (!started) {
      started = true;
      thread.start();
    }
    LockSupport.unpark(thread);
  }

  private void looks() {
    while (!stopped) {
      try {
        LockSupport.parkNanos(round());
      } catch (Throwable t) {
        LockSupport.parkNanos(FAULT_PAUSE_NANOS);
      }
    }
  }

  /** Does what is due; returns for how long nothing is. */
  private long round() {
    long pause = Long.MAX_VALUE;
    for (int i = 0; i < all.size() && !stopped; i++) {
      Look each = all.get(i);
      if (each.due - System.nanoTime() <= 0) {
        try {
          each.work.run();
        } catch (Throwable t) {
          saidFailed(t);
        }
        each.due = System.nanoTime() + each.nanos;
      }
      pause = Math.min(pause, each.due - System.nanoTime());
    }
    return Math.max(1, pause);
  }

  private void saidFailed(Throwable fault) {
    try {
      failed(fault);
    } catch (Throwable t) {
      // Out of memory or stack: to say so would end the same way.
    }
  }

  /** A look that runs is interrupted. */
  final void stop() {
    stopped = true;
    thread.interrupt();
  }
}
