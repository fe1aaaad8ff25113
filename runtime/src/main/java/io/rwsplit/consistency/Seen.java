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

  /**
   * What a session has read once it has read at {@code where}, too.
   *
   * @param before null when it has read nothing
   * @param where a replica that {@code before} let through, or {@link #MASTER}
   * @param bound a ticket that covers what was read there
   */
  public static Seen and(Seen before, int where, long bound, WriteTracker tracker) {
    if (before == null || bound > before.bound) {
      return new Seen(where, bound);
    }
    if (where == before.replica
        || before.replica == MASTER
        || tracker.covers(before.replica, before.bound)) {
      return before;
    }
    // The bound speaks of more than the earlier replica shows yet: by it alone that replica would
    // pass as the one who showed everything.
    return new Seen(where, before.bound);
  }

  /** A ticket that covers everything that was read. */
  public long bound() {
    return bound;
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
