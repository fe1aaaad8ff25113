package io.rwsplit.replication;

import java.util.concurrent.TimeUnit;

/** How long the capture may pause between two looks at the master. Used by its thread only. */
final class CapturePace {
  private static final long ACTIVE_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long IDLE_PAUSE = TimeUnit.MILLISECONDS.toNanos(15);
  private static final long ACTIVE_TIME = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long RUSH_GAP = TimeUnit.MICROSECONDS.toNanos(250);
  private static final long RUSH_END = TimeUnit.MICROSECONDS.toNanos(600);
  private static final int RUSH_CYCLES = 16;
  private static final int RUSH_MAX = 4 * RUSH_CYCLES;

  /** Nanoseconds between two looks in a rush. */
  static final long RUSH_PAUSE = TimeUnit.MICROSECONDS.toNanos(60);

  /** How steadily commits came in quick succession of late, up to {@link #RUSH_MAX}. */
  private int rush;

  private long lastChange = System.nanoTime();
  private long lastWanted = lastChange;
  private long pause = ACTIVE_PAUSE;

  /** The log holds so many more commits. */
  void changed(int commits) {
    long now = System.nanoTime();
    // The log counts its commits, so that a late look at it does not pass for a pause.
    boolean quick = (now - lastChange) / Math.max(1, commits) < RUSH_GAP;
    rush = quick ? Math.min(rush + 1, RUSH_MAX) : rush / 2;
    lastChange = now;
    lastWanted = now;
    pause = ACTIVE_PAUSE;
  }

  /** Another JVM, whose threads cannot wake this one, has asked for a sample. */
  void wanted() {
    lastWanted = System.nanoTime();
    pause = ACTIVE_PAUSE;
  }

  /** Nanoseconds since the log has changed. */
  long quiet() {
    return System.nanoTime() - lastChange;
  }

  /**
   * True while commits come in quick succession: looking for them from time to time spares their
   * threads the wake-up call, a system call that may cost as much as a tenth of a commit.
   */
  boolean isRush() {
    return rush >= RUSH_CYCLES && quiet() < RUSH_END;
  }

  /** Nanoseconds until the next look. */
  long pause() {
    return pause;
  }

  /** A pause is over. */
  void paused() {
    if (pause < IDLE_PAUSE && System.nanoTime() - lastWanted > ACTIVE_TIME) {
      pause = Math.min(IDLE_PAUSE, pause + pause / 2);
    }
  }
}
