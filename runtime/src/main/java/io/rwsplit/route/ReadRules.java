package io.rwsplit.route;

/** What the configuration asks of reads in general. Immutable. */
public final class ReadRules {
  private final long waitNanos;
  private final boolean writesBindAll;

  /**
   * @param waitNanos how long a read may wait for a replica that lacks what it must see; 0: not at
   *     all
   * @param writesBindAll true when a write binds the reads of all sessions of this JVM
   */
  public ReadRules(long waitNanos, boolean writesBindAll) {
    this.waitNanos = waitNanos;
    this.writesBindAll = writesBindAll;
  }

  /** How long a read may wait for a replica to catch up, in nanoseconds; 0: not at all. */
  public long waitNanos() {
    return waitNanos;
  }

  /** True when a completed write must be seen by the reads of all sessions of this JVM. */
  public boolean writesBindAll() {
    return writesBindAll;
  }
}
