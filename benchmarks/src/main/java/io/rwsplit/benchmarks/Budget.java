package io.rwsplit.benchmarks;

import java.util.concurrent.TimeUnit;

/**
 * How many rounds a section may take: at least one, at most a number, and no further one that would
 * probably end too late. Used by one thread.
 */
final class Budget {
  private final long end;
  private final int most;
  private long roundStart;
  private long longest;
  private int rounds;

  /**
   * @param millis that the section may take, from now
   */
  Budget(long millis, int most) {
    end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    this.most = most;
  }

  /** Whether there is to be another round, which begins now. */
  boolean another() {
    long now = System.nanoTime();
    if (rounds > 0) {
      longest = Math.max(longest, now - roundStart);
    }
    roundStart = now;
    return rounds++ == 0 || (rounds <= most && now + longest - end < 0);
  }

  /** The number of the round that has begun, from 0. */
  int round() {
    return rounds - 1;
  }
}
