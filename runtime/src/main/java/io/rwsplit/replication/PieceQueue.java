package io.rwsplit.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces one replica has yet to apply, between the capture and the feed thread.
 *
 * <p>Bounded in memory: beyond the bound only ranges are queued, which the feed reads from the
 * pinned log. Not thread-safe: its owner guards it.
 */
final class PieceQueue {
  private final ArrayDeque<LogPiece> pieces = new ArrayDeque<LogPiece>();
  private final long bound;
  private long memoryBytes;
  private long bytes;
  private int ranges;

  PieceQueue(long bound) {
    this.bound = bound;
  }

  void add(LogPiece piece) {
    LogPiece last = pieces.peekLast();
    boolean asRange = piece.isRange() || (piece.count() > 0 && memoryBytes > bound);
    bytes += piece.bytes();
    if (asRange && last != null && last.isRange() && last.end.salts == piece.start.salts) {
      pieces.removeLast();
      LogPiece joined =
          LogPiece.range(
              last.source,
              last.start,
              piece.end,
              piece.pageSize,
              piece.bigEndian,
              piece.endsTransaction);
      long bound = Math.max(last.bound, piece.bound);
      pieces.addLast(joined.withTicketSeen(piece.ticket, last.seenNanos).withBound(bound));
      return;
    }
    if (asRange) {
      ranges++;
      pieces.addLast(piece.asRange());
    } else {
      memoryBytes += piece.bytes();
      pieces.addLast(piece);
    }
  }

  /**
   * The pieces at the head in memory up to {@code maxBytes}, or one range; may be empty.
   *
   * @param delayNanos frames that were seen less than this ago stay, with all behind them
   */
  List<LogPiece> take(long maxBytes, long delayNanos) {
    List<LogPiece> taken = new ArrayList<LogPiece>();
    long sum = 0;
    while (!pieces.isEmpty() && sum < maxBytes) {
      LogPiece next = pieces.peekFirst();
      if (nanosUntilDue(delayNanos) > 0 || (next.isRange() && !taken.isEmpty())) {
        break;
      }
      pieces.removeFirst();
      taken.add(next);
      sum += next.bytes();
      bytes -= next.bytes();
      if (next.isRange()) {
        ranges--;
        break;
      }
      memoryBytes -= next.bytes();
    }
    return taken;
  }

  /** How long the head must stay yet; 0 when it may be taken. The queue must not be empty. */
  long nanosUntilDue(long delayNanos) {
    LogPiece next = pieces.peekFirst();
    if (delayNanos == 0 || next.count() == 0) {
      return 0;
    }
    return Math.max(0, delayNanos - (System.nanoTime() - next.seenNanos));
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  boolean hasRanges() {
    return ranges > 0;
  }

  long bytes() {
    return bytes;
  }

  /** {@link System#nanoTime()} at which the oldest piece was seen; 0 when empty. */
  long oldestNanos() {
    LogPiece first = pieces.peekFirst();
    return first == null ? 0 : first.seenNanos;
  }

  void clear() {
    pieces.clear();
    memoryBytes = 0;
    bytes = 0;
    ranges = 0;
  }
}
