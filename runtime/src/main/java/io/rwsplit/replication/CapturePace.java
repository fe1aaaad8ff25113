package io.rwsplit.replication;

import java.util.concurrent.TimeUnit;

/**
 * How soon the capture looks at the master's log again: at once while commits come in quick
 * succession, each millisecond while there are some, seldom otherwise. Used by the capture thread
 * only.
 */
final class CapturePace {
  /** Between two looks while commits come in quick succession. */
  static final long RUSH_PAUSE = TimeUnit.MICROSECONDS.toNanos(60);

  private static final long ACTIVE_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long IDLE_PAUSE = TimeUnit.MILLISECONDS.toNanos(15);
  private static final long ACTIVE_TIME = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long RUSH_GAP = TimeUnit.MICROSECONDS.toNanos(250);
  private static final long RUSH_END = TimeUnit.MICROSECONDS.toNanos(600);
  private static final int RUSH_CYCLES = 16;
  private static final int RUSH_MAX = 4 * RUSH_CYCLES;

  /** How steadily commits came in quick succession of late, up to {@link #RUSH_MAX}. */
  private int rush;

  private long lastChange = System.nanoTime();
  private long pause = ACTIVE_PAUSE;

  /** So many commits were found; the log counts them, so that a late look is no pause. */
  void changed(int commits) {
    long now = System.nanoTime();
    rush = (now - lastChange) / Math.max(1, commits) < RUSH_GAP ? rush + 1 : rush / 2;
    rush = Math.min(rush, RUSH_MAX);
    lastChange = now;
    pause = ACTIVE_PAUSE;
  }

  /**
   * True while looking for commits from time to time spares their threads the wake-up call, a
   * system call that may cost as much as a tenth of a commit.
   */
  boolean isRush() {
    return rush >= RUSH_CYCLES && sinceChange() < RUSH_END;
  }

  /** Nanoseconds since the last commit was found. */
  long sinceChange() {
    return System.nanoTime() - lastChange;
  }

  /** How long to wait for a wake-up call. */
  long pause() {
    return pause;
  }

  /** It was waited. */
  void waited() {
    if (pause < IDLE_PAUSE && sinceChange() > ACTIVE_TIME) {
      pause = Math.min(IDLE_PAUSE, pause + pause / 2);
    }
  }
}
