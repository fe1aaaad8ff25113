package io.rwsplit.replication;

import io.rwsplit.topology.Lag;
import java.util.Collections;
import java.util.List;

/**
 * What capture and feed share of one replica: the queue, the tie between them, the published ticket
 * and state.
 *
 * <p>Every tie has a number. Whoever cuts it (a lost master, a suspicion, a laggard dropped)
 * withdraws the ticket and the state under the lock; what the feed thread finishes for an older
 * number is not published. Thread-safe; the lock is never held across anything that blocks.
 */
final class FeedLink {
  private enum Tie {
    /** No tie, and none wanted. */
    CUT,
    /** The feed waits for the capture to let it in. */
    WANTED,
    /** Frames flow. */
    TIED
  }

  private final Object lock = new Object();
  private final PieceQueue queue;
  private Tie tie = Tie.CUT;
  private long number;
  private SnapshotPin pin;
  private LogPosition resume;
  private LogPiece mark;
  private boolean masterUp;
  private boolean masterGone;
  private boolean ended;
  private boolean busy;
  private boolean busyRange;
  private long busyBytes;
  private long busySince;

  private volatile long appliedTicket = -1;

  /** Covers all that readers of the replica can have seen; set before it becomes visible. */
  private volatile long visibleBound;

  /** Where other JVMs are told; null while they are not. */
  private volatile SharedReplica shared;

  private volatile FeedState state = FeedState.WAITING_FOR_MASTER;
  private volatile String reason;
  private volatile String lastFailure;

  /** How far the replica is kept behind on purpose; 0 once what is queued is wanted at once. */
  private volatile long delayNanos;

  FeedLink(long queueBytes, long delayNanos) {
    this.queue = new PieceQueue(queueBytes);
    this.delayNanos = delayNanos;
  }

  /** Nothing is held back any more: the end is near. */
  void hurry() {
    delayNanos = 0;
  }

  /** Other JVMs are told there, from now on; null when this JVM does not lead. */
  void publishTo(SharedReplica place) {
    synchronized (lock) {
      shared = place;
      if (place != null) {
        place.delay(delayNanos);
      }
      publish();
    }
  }

  /** For other JVMs, from time to time. */
  void publishLag() {
    synchronized (lock) {
      if (shared != null) {
        Lag now = lag();
        shared.lag(now.isKnown() ? now.bytes() : 0, now.isKnown() ? now.nanos() : 0);
      }
    }
  }

  private void publish() {
    if (shared != null) {
      shared.state(state, appliedTicket);
    }
  }

  long appliedTicket() {
    return appliedTicket;
  }

  long visibleBound() {
    return visibleBound;
  }

  /** The feed is about to make these pieces visible. */
  void showing(List<LogPiece> pieces) {
    long bound = visibleBound;
    for (LogPiece piece : pieces) {
      bound = Math.max(bound, piece.bound);
    }
    visibleBound = bound;
    SharedReplica others = shared;
    if (others != null) {
      others.visible(bound);
    }
  }

  FeedState state() {
    return state;
  }

  String reason() {
    return reason;
  }

  String lastFailure() {
    return lastFailure;
  }

  Lag lag() {
    synchronized (lock) {
      if (state != FeedState.STREAMING) {
        return Lag.unknown();
      }
      if (queue.isEmpty() && !busy) {
        return Lag.upToDate();
      }
      return Lag.behind(queue.bytes() + busyBytes, oldest());
    }
  }

  private long oldest() {
    long since = busy ? busySince : queue.oldestNanos();
    return busy || !queue.isEmpty() ? System.nanoTime() - since : 0;
  }

  // Capture side.

  void masterAttached() {
    synchronized (lock) {
      masterUp = true;
    }
  }

  /** Withdraws everything: the master cannot be followed at the moment. */
  void masterLost(FeedState why, String text) {
    synchronized (lock) {
      masterUp = false;
      if (!masterGone) {
        cut(state == FeedState.FAILED ? FeedState.FAILED : why, text);
      }
    }
  }

  /** Nothing more will come; what is queued may still be applied. */
  void masterLeft() {
    synchronized (lock) {
      masterGone = true;
    }
  }

  void masterCondition(FeedState why, String text) {
    synchronized (lock) {
      if (tie != Tie.TIED && !masterUp && !ended && state != FeedState.FAILED) {
        state = why;
        reason = text;
        publish();
      }
    }
  }

  boolean wantsJoin() {
    synchronized (lock) {
      return tie == Tie.WANTED;
    }
  }

  LogPosition resumePosition() {
    synchronized (lock) {
      return resume;
    }
  }

  /** Lets the feed in at a position the log still holds; {@code range} may be null. */
  void joinAt(LogPiece range, LogPiece newMark) {
    synchronized (lock) {
      if (tie == Tie.WANTED) {
        if (range != null) {
          queue.add(range);
        }
        tied(newMark);
      }
    }
  }

  /** Lets the feed in with a copy; false when it does not want any more. */
  boolean joinCopy(SnapshotPin newPin, LogPiece newMark) {
    synchronized (lock) {
      if (tie != Tie.WANTED) {
        return false;
      }
      pin = newPin;
      tied(newMark);
      return true;
    }
  }

  private void tied(LogPiece newMark) {
    mark = newMark;
    queue.add(newMark);
    tie = Tie.TIED;
  }

  /** True when the feed thread should be woken. */
  boolean offer(LogPiece piece) {
    synchronized (lock) {
      if (tie == Tie.TIED) {
        queue.add(piece);
        return true;
      }
      return false;
    }
  }

  /** All offered so far covers {@code ticket}; true when the feed thread should be woken. */
  boolean reach(long ticket, LogPosition at) {
    synchronized (lock) {
      if (tie != Tie.TIED) {
        return false;
      }
      if (queue.isEmpty() && !busy && state == FeedState.STREAMING) {
        raise(ticket);
        return false;
      }
      queue.add(LogPiece.ticketOnly(at, ticket));
      return true;
    }
  }

  private void raise(long ticket) {
    if (ticket > appliedTicket) {
      appliedTicket = ticket;
      if (shared != null && state == FeedState.STREAMING) {
        shared.applied(ticket);
      }
    }
  }

  boolean needsLog() {
    synchronized (lock) {
      return tie == Tie.TIED && (busyRange || queue.hasRanges());
    }
  }

  long lagNanos() {
    synchronized (lock) {
      return oldest();
    }
  }

  // Feed side, and whoever suspects.

  /** Cuts the tie; the replica must not be routed to from now on. */
  void leave(FeedState newState, String text) {
    synchronized (lock) {
      cut(newState, text);
    }
  }

  /** Cuts the tie of a streaming replica; false when it does not stream. */
  boolean leaveIfStreaming(String text) {
    synchronized (lock) {
      if (state != FeedState.STREAMING) {
        return false;
      }
      cut(FeedState.RESYNCING, text);
      return true;
    }
  }

  private void cut(FeedState newState, String text) {
    appliedTicket = -1;
    if (text != null && (newState == FeedState.FAILED || newState == FeedState.RESYNCING)) {
      lastFailure = text;
    }
    if (!ended) {
      state = newState;
      reason = text;
    }
    publish();
    tie = Tie.CUT;
    number++;
    queue.clear();
    busy = false;
    busyRange = false;
    if (pin != null) {
      try {
        pin.release();
      } finally {
        // The next tie must not begin with it.
        pin = null;
      }
    }
  }

  /** The feed is over: no state follows. */
  void end() {
    synchronized (lock) {
      cut(FeedState.CLOSED, null);
      ended = true;
    }
  }

  boolean isMasterUp() {
    synchronized (lock) {
      return masterUp;
    }
  }

  boolean isMasterGone() {
    synchronized (lock) {
      return masterGone;
    }
  }

  void want(LogPosition from) {
    synchronized (lock) {
      if (tie == Tie.CUT) {
        resume = from;
        tie = Tie.WANTED;
      }
    }
  }

  /** The number of the tie once frames flow, else -1. */
  long tieNumber() {
    synchronized (lock) {
      return tie == Tie.TIED ? number : -1;
    }
  }

  boolean isTied(long tieNumber) {
    synchronized (lock) {
      return tie == Tie.TIED && number == tieNumber;
    }
  }

  /** For how long there is nothing to take if nothing comes: nanoseconds, at most {@code most}. */
  long idleNanos(long tieNumber, long most) {
    synchronized (lock) {
      if (tie != Tie.TIED || number != tieNumber) {
        return 0;
      }
      return queue.isEmpty() ? most : Math.min(most, queue.nanosUntilDue(delayNanos));
    }
  }

  /** The copy this tie began with; to be released by the caller. */
  SnapshotPin takePin() {
    synchronized (lock) {
      SnapshotPin taken = pin;
      pin = null;
      return taken;
    }
  }

  /** Announces a copy. */
  void copying(FeedState newState, String text) {
    synchronized (lock) {
      if (tie == Tie.TIED) {
        state = newState;
        reason = text;
        publish();
      }
    }
  }

  /** Pieces to apply, empty when there are none, null when the tie was cut. */
  List<LogPiece> take(long tieNumber, long maxBytes) {
    synchronized (lock) {
      if (tie != Tie.TIED || number != tieNumber) {
        return null;
      }
      busySince = queue.oldestNanos();
      List<LogPiece> pieces = queue.take(maxBytes, delayNanos);
      busy = !pieces.isEmpty();
      busyRange = busy && pieces.get(0).isRange();
      busyBytes = 0;
      for (LogPiece piece : pieces) {
        busyBytes += piece.bytes();
      }
      return busy ? pieces : Collections.<LogPiece>emptyList();
    }
  }

  /**
   * Publishes what was applied; true when this made the replica {@link FeedState#STREAMING}.
   *
   * @param ticket highest ticket reached, 0 for none
   */
  boolean applied(long tieNumber, List<LogPiece> pieces, long ticket) {
    synchronized (lock) {
      if (tie != Tie.TIED || number != tieNumber) {
        return false;
      }
      busy = false;
      busyRange = false;
      busyBytes = 0;
      boolean arrived = false;
      if (mark != null && pieces.contains(mark)) {
        mark = null;
        arrived = true;
      }
      if (mark == null) {
        raise(ticket);
      }
      if (arrived) {
        state = FeedState.STREAMING;
        reason = null;
        publish();
      }
      return arrived;
    }
  }
}
