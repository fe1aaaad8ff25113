package io.rwsplit.consistency;

/**
 * Read-your-writes by time, for replicas whose position nobody knows: for a while after a write its
 * session reads from the master. Immutable.
 */
public final class WindowTracker implements WriteTracker {
  private final long origin = System.nanoTime();
  private final long windowNanos;

  /**
   * @param windowNanos how long after a write no replica is trusted to hold it
   */
  public WindowTracker(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  @Override
  public long wrote() {
    return now();
  }

  @Override
  public boolean covers(int replica, long ticket) {
    return ticket == 0 || now() - ticket >= windowNanos;
  }

  @Override
  public long held(int replica) {
    return Math.max(0, now() - windowNanos);
  }

  @Override
  public long seenOn(int replica) {
    return 0;
  }

  @Override
  public long seenOnMaster() {
    return 0;
  }

  @Override
  public boolean isUnchangedSince(long ticket) {
    return false;
  }

  /** Nanoseconds since the tracker was made, plus 1: never the 0 that stands for no write. */
  private long now() {
    return System.nanoTime() - origin + 1;
  }
}
