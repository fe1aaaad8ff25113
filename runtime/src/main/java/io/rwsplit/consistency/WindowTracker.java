package io.rwsplit.consistency;

/**
 * Read-your-writes by time, for replicas whose position nobody knows: for a while after a write its
 * session reads from the master. Thread-safe.
 */
public final class WindowTracker implements WriteTracker {
  private final long origin = System.nanoTime();
  private final long windowNanos;

  /** A write binds the reads of all sessions. */
  private final boolean bindsAll;

  private final NewestWrite newest = new NewestWrite();

  /**
   * @param windowNanos how long after a write no replica is trusted to hold it
   * @param bindsAll true when a write binds the reads of all sessions
   */
  public WindowTracker(long windowNanos, boolean bindsAll) {
    this.windowNanos = windowNanos;
    this.bindsAll = bindsAll;
  }

  @Override
  public long wrote() {
    long ticket = now();
    newest.raise(ticket);
    return ticket;
  }

  @Override
  public long newestWrite() {
    return bindsAll ? newest.ticket() : 0;
  }

  @Override
  public long newestWriteForWriters() {
    return newest.ticket();
  }

  @Override
  public boolean mayCatchUp(int replica, long ticket, long nanos) {
    return now() - ticket + nanos >= windowNanos;
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
