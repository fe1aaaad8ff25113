package io.rwsplit.pool;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether somebody waits for a server's answer, and for how long as one watcher sees it who looks
 * from time to time. Who asks reads no clock and pays two plain stores.
 *
 * <p>{@link #asks} and {@link #answered} are for one thread at a time, {@link #nanos} for the
 * watcher.
 */
public final class Waiting {
  /** The question that is open, an odd number; 0 when none is. */
  private final AtomicInteger open = new AtomicInteger();

  /** Number of the newest question; of who asks. */
  private int asked = -1;

  /** The question that was open when the watcher looked last, and since when. Of the watcher. */
  private int seen;

  private long seenSince;

  /** A question is about to be sent. */
  public void asks() {
    asked += 2;
    open.lazySet(asked);
  }

  /** It was answered, or nobody waits for the answer any more. */
  public void answered() {
    open.lazySet(0);
  }

  /** True while a question is open. */
  boolean isOpen() {
    return open.get() != 0;
  }

  /**
   * For how long the same question has been seen open: a lower bound.
   *
   * @param now of the watcher's clock, in nanoseconds
   * @return 0 when none is open, or this one is seen for the first time
   */
  public long nanos(long now) {
    int current = open.get();
    if (current == 0 || current != seen) {
      seen = current;
      seenSince = now;
      return 0;
    }
    return now - seenSince;
  }
}
