package io.rwsplit.failover;

import java.util.concurrent.locks.LockSupport;

/**
 * The rounds of one thread, an interval apart from begin to begin, unless somebody wants the next
 * at once. {@link #start}, {@link #wake} and {@link #stop} are for every thread, the rest is for
 * the one that makes the rounds.
 */
public final class Rounds {
  private final long intervalNanos;
  private volatile Thread thread;
  private volatile boolean stopped;
  private volatile boolean wanted = true;
  private long began;

  public Rounds(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  /** Starts the thread that makes the rounds. */
  public void start(Thread runner) {
    thread = runner;
    runner.start();
  }

  /** The next round comes at once. */
  public void wake() {
    wanted = true;
    LockSupport.unpark(thread);
  }

  /** The round that is under way is the last. */
  public void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** Waits for the next round and begins it; false when there is none any more. */
  public boolean next() {
    while (!stopped && !wanted) {
      long left = intervalNanos - (System.nanoTime() - began);
      if (left <= 0) {
        break;
      }
      LockSupport.parkNanos(left);
    }
    wanted = false;
    began = System.nanoTime();
    return !stopped;
  }

  /** When the round began, by {@link System#nanoTime}. */
  public long began() {
    return began;
  }
}
