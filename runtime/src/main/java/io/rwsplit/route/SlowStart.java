package io.rwsplit.route;

import io.rwsplit.topology.Replica;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lets a replica that returned into service have its part little by little: its caches are cold,
 * and whatever took it out may not be over. It is left out of the choice with a chance that falls
 * with time, while others remain; so whatever the strategy gives it, it gets that much less of.
 * Thread-safe.
 */
final class SlowStart {
  private static final double FIRST_PART = 0.1;

  private final Replica[] replicas;
  private final long nanos;

  /**
   * @param nanos how long it takes to its whole part
   */
  SlowStart(Replica[] replicas, long nanos) {
    this.replicas = replicas;
    this.nanos = nanos;
  }

  /** The replicas among which to choose: at least one of those that are eligible. */
  long restrict(long eligible) {
    long left = eligible;
    for (long rest = eligible; rest != 0; rest &= rest - 1) {
      int replica = Bits.first(rest);
      if (replicas[replica].hasReturned() && leavesOut(replicas[replica])) {
        left &= ~(1L << replica);
      }
    }
    return left == 0 ? eligible : left;
  }

  private boolean leavesOut(Replica replica) {
    double part = part(replica, System.nanoTime());
    if (part >= 1) {
      replica.settled();
      return false;
    }
    return ThreadLocalRandom.current().nextDouble() >= part;
  }

  /** How much of its part a replica gets at this time, between a tenth and 1. */
  double part(Replica replica, long now) {
    return replica.hasReturned() ? part(now - replica.returnedAt(), nanos) : 1;
  }

  /** Grows in a straight line; all of it after the whole time. */
  static double part(long elapsed, long whole) {
    if (elapsed >= whole) {
      return 1;
    }
    return FIRST_PART + (1 - FIRST_PART) * Math.max(0, elapsed) / whole;
  }
}
