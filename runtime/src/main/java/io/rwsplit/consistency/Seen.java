package io.rwsplit.consistency;

/**
 * The newest state a session has read, so that it never reads an older one: reads go to the replica
 * that showed it, or to one that holds as much. Immutable.
 */
public final class Seen {
  /** Stands for the master in {@link #Seen(int, long)}. */
  public static final int MASTER = -1;

  private final int replica;
  private final long bound;

  /**
   * A state that was read.
   *
   * @param replica who showed it, or {@link #MASTER}
   * @param bound a ticket that covers it
   */
  public Seen(int replica, long bound) {
    this.replica = replica;
    this.bound = bound;
  }

  /** True when this is at least as new as a state that {@code ticket} covers. */
  public boolean includes(long ticket) {
    return bound >= ticket;
  }

  /** Those of the eligible replicas, one per bit, that show nothing older. */
  public long restrict(long eligible, WriteTracker tracker) {
    long kept = 0;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      int candidate = Long.numberOfTrailingZeros(rest);
      if (candidate == replica || tracker.covers(candidate, bound)) {
        kept |= 1L << candidate;
      }
    }
    return kept;
  }
}
