package io.rwsplit.core;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread of a group that looks after all else again and again. Thread-safe. */
abstract class Monitor {
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, new DaemonThreads("monitor"));

  /** A look has thrown something; it is repeated all the same. */
  abstract void failed(Throwable fault);

  /** Does something until {@link #stop}, the first time after the pause. */
  final void every(long nanos, Runnable work) {
    Runnable guarded =
        new Runnable() {
          @Override
          public void run() {
            try {
              work.run();
            } catch (Throwable t) {
              saidFailed(t);
            }
          }
        };
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(guarded, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Whatever it is: the schedule would end. */
  private void saidFailed(Throwable fault) {
    try {
      failed(fault);
    } catch (Throwable t) {
      // Out of memory or stack: to say so would end the same way.
    }
  }

  final void stop() {
    executor.shutdownNow();
  }
}
