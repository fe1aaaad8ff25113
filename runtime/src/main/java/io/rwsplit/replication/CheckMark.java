package io.rwsplit.replication;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The place in what one feed is to apply at which a comparison wants to look at the replica.
 * Thread-safe; {@link #apply} is the feed thread's.
 */
final class CheckMark {
  /** Null mostly. */
  private volatile CheckPoint waiting;

  /** Puts the mark behind all that was offered to the link; false when it does not stream. */
  boolean offer(CheckPoint asked, LogPiece piece, FeedLink link) {
    waiting = asked;
    if (link.state() != FeedState.STREAMING || !link.offer(piece)) {
      waiting = null;
      return false;
    }
    return true;
  }

  void forget(CheckPoint ended) {
    if (waiting == ended) {
      waiting = null;
    }
  }

  /**
   * Applies pieces, and stops for a moment at the mark.
   *
   * @return the highest ticket among them, to be published when all are applied: until then the
   *     feed counts as busy
   */
  long apply(PieceApplier applier, List<LogPiece> pieces, FeedLink link, ReplicaLog log, long tie)
      throws IOException {
    BooleanSupplier wanted =
        new BooleanSupplier() {
          @Override
          public boolean getAsBoolean() {
            return link.isTied(tie);
          }
        };
    CheckPoint asked = waiting;
    int at = 0;
    while (asked != null && at < pieces.size() && !asked.isMark(pieces.get(at))) {
      at++;
    }
    if (asked == null || at == pieces.size()) {
      return applier.apply(pieces, wanted);
    }
    long ticket = applier.apply(pieces.subList(0, at + 1), wanted);
    asked.reached(log, tie);
    waiting = null;
    List<LogPiece> rest = pieces.subList(at + 1, pieces.size());
    return rest.isEmpty() ? ticket : Math.max(ticket, applier.apply(rest, wanted));
  }
}
