package io.rwsplit.replication;

import java.util.concurrent.TimeUnit;

/** How quickly commits follow each other on the master. Used by the capture thread only. */
final class CommitPace {
  private static final long GAP = TimeUnit.MICROSECONDS.toNanos(250);
  private static final long END = TimeUnit.MICROSECONDS.toNanos(600);
  private static final int CYCLES = 16;
  private static final int MAX = 4 * CYCLES;

  /** How steadily commits came in quick succession of late, up to {@link #MAX}. */
  private int rush;

  private long newest = System.nanoTime();

  /** So many commits, at least one, were found just now. */
  void found(int commits) {
    long now = System.nanoTime();
    // The log counts its commits, so that a late look at it does not pass for a pause.
    rush = (now - newest) / Math.max(1, commits) < GAP ? Math.min(rush + 1, MAX) : rush / 2;
    newest = now;
  }

  /** Nanoseconds since a commit was found. */
  long idleNanos() {
    return System.nanoTime() - newest;
  }

  /** True while commits come so quickly that looking for them beats being woken for each. */
  boolean isRush() {
    return rush >= CYCLES && idleNanos() < END;
  }
}
