package io.rwsplit.jdbc;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a replica that lacks what a read must see: for a bounded time, without a lock, and only
 * while a replica is on its way. Stateless.
 */
final class CatchUp {
  /** About what the replication of one small commit takes. */
  private static final long FIRST_PAUSE = 50_000;

  private static final long LONGEST_PAUSE = 1_000_000;

  /** A wait for a session that would else stay on the master for ever is at most this long. */
  private static final long RESCUE_NANOS = 3_000_000;

  private CatchUp() {}

  /**
   * Waits at most for the configured time. An interrupt ends the wait and stays set.
   *
   * <p>Where none is configured, a thread that reads without pause while others commit without
   * pause would never leave the master: what each of its reads there has seen, no replica has yet.
   * After some such reads in a row it waits for once.
   *
   * @param needed the ticket the read must be covered for
   * @return the replicas that may serve by now, one per bit; 0 when there is none
   */
  static long await(ManagedConnection connection, ThreadState thread, long needed) {
    RoutingContext context = connection.context;
    long limit = context.rules.waitNanos();
    boolean rescue = limit == 0;
    if (rescue) {
      if (!thread.in(context).isStarved() || context.eligible(needed) == 0) {
        return 0;
      }
      limit = RESCUE_NANOS;
    }
    long eligible = await(connection, needed, thread, limit);
    if (rescue && eligible == 0) {
      thread.in(context).rescueFailed();
    }
    return eligible;
  }

  private static long await(
      ManagedConnection connection, long needed, ThreadState thread, long limit) {
    RoutingContext context = connection.context;
    long deadline = System.nanoTime() + limit;
    long pause = FIRST_PAUSE;
    for (long left = limit; left > 0; left = deadline - System.nanoTime()) {
      if (Thread.currentThread().isInterrupted() || !context.mayCatchUp(needed, left)) {
        return 0;
      }
      LockSupport.parkNanos(Math.min(pause, left));
      long eligible = connection.eligible(thread, needed);
      if (eligible != 0) {
        return eligible;
      }
      pause = Math.min(LONGEST_PAUSE, pause + pause / 2);
    }
    return 0;
  }
}
