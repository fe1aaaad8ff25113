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

  /** The replica's when it showed the state: it may have come up again since, older than it was. */
  private final long epoch;

  /**
   * A state that was read.
   *
   * @param replica who showed it, or {@link #MASTER}
   * @param bound a ticket that covers it
   */
  public Seen(int replica, long bound) {
    this(replica, bound, 0);
  }

  private Seen(int replica, long bound, long epoch) {
    this.replica = replica;
    this.bound = bound;
    this.epoch = epoch;
  }

  /**
   * What a session has read once it has read at {@code where}, too.
   *
   * @param before null when it has read nothing
   * @param where a replica that {@code before} let through, or {@link #MASTER}
   * @param bound a ticket that covers what was read there
   * @param epoch the replica's ({@link WriteTracker#epoch}) before it was read; 0 of the master
   */
  public static Seen and(Seen before, int where, long bound, long epoch, WriteTracker tracker) {
    if (before == null || bound > before.bound) {
      return new Seen(where, bound, epoch);
    }
    if (where == before.replica
        || before.replica == MASTER
        || tracker.covers(before.replica, before.bound)) {
      return before;
    }
    // The bound speaks of more than the earlier replica shows yet: by it alone that replica would
    // pass as the one who showed everything.
    return new Seen(where, before.bound, epoch);
  }

  /** A ticket that covers everything that was read. */
  public long bound() {
    return bound;
  }

  /** A ticket that covers what a replica has shown last; 0 when the master has read since. */
  public long boundOnReplica() {
    return replica == MASTER ? 0 : bound;
  }

  /** Those of the eligible replicas, one per bit, that show nothing older. */
  public long restrict(long eligible, WriteTracker tracker) {
    long kept = 0;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      int candidate = Long.numberOfTrailingZeros(rest);
      if ((candidate == replica && tracker.epoch(replica) == epoch)
          || tracker.covers(candidate, bound)) {
        kept |= 1L << candidate;
      }
    }
    return kept;
  }
}
