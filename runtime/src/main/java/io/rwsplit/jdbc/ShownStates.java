package io.rwsplit.jdbc;

import io.rwsplit.consistency.Seen;

/**
 * The newest state that one connection, and the threads that use it, have been shown: no read may
 * show an older one. Thread-safe.
 */
final class ShownStates {
  private final RoutingContext context;

  /** The newest state read over this connection; null at first. */
  private volatile Seen seen;

  ShownStates(RoutingContext context) {
    this.context = context;
  }

  /**
   * The replicas that hold the session's writes and show nothing older than it has read, one per
   * bit.
   */
  long eligible(ThreadState thread, long needed) {
    long eligible = context.eligible(needed);
    Seen ofConnection = seen;
    if (ofConnection != null && eligible != 0) {
      eligible = ofConnection.restrict(eligible, context.tracker());
    }
    Seen ofThread = thread.in(context).seen();
    if (ofThread != null && ofThread != ofConnection && eligible != 0) {
      eligible = ofThread.restrict(eligible, context.tracker());
    }
    if (eligible == 0 && context.isMasterGone()) {
      // An older state than was read before, rather than none; own writes are never missed.
      eligible = context.eligible(needed);
    }
    return eligible;
  }

  /** Waits until the master shows all that a replica has shown, for a short time at most. */
  void awaitOnMaster(ThreadState thread) {
    Seen ofConnection = seen;
    Seen ofThread = thread.in(context).seen();
    long bound = ofConnection == null ? 0 : ofConnection.boundOnReplica();
    if (ofThread != null && ofThread != ofConnection) {
      bound = Math.max(bound, ofThread.boundOnReplica());
    }
    if (bound != 0) {
      context.tracker().awaitShown(bound);
    }
  }

  /**
   * A read has begun on a replica, or a statement has ended on the master.
   *
   * @param where the replica's index or {@link Seen#MASTER}
   * @param bound a ticket that covers what it showed; 0 where positions are not known
   * @param epoch the replica's from before the read; 0 of the master
   */
  void saw(ThreadState thread, int where, long bound, long epoch) {
    if (bound == 0) {
      return;
    }
    Seen ofConnection = seen;
    Seen newer = Seen.and(ofConnection, where, bound, epoch, context.tracker());
    if (newer != ofConnection) {
      seen = newer;
    }
    ThreadTickets tickets = thread.in(context);
    Seen ofThread = tickets.seen();
    tickets.saw(
        ofThread == ofConnection
            ? newer
            : Seen.and(ofThread, where, bound, epoch, context.tracker()));
  }

  /** A ticket that covers all a read must show: an open snapshot that has it is new enough. */
  long boundOfAll(ThreadState thread, long needed) {
    Seen ofConnection = seen;
    Seen ofThread = thread.in(context).seen();
    long bound = ofConnection == null ? needed : Math.max(needed, ofConnection.bound());
    return ofThread == null ? bound : Math.max(bound, ofThread.bound());
  }
}
