package io.rwsplit.replication;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Turns pieces of the master's log into commits of a replica. Used by the feed thread only. */
final class PieceApplier {
  private static final int RANGE_BYTES = 1 << 20;

  private final ReplicaLog log;
  private final FeedCounters counters;

  PieceApplier(ReplicaLog log, FeedCounters counters) {
    this.log = log;
    this.counters = counters;
  }

  /**
   * Applies one range, or pieces in memory.
   *
   * @param wanted false when the rest of a range is not wanted any more
   * @return the highest ticket among the pieces, 0 when there is none
   */
  long apply(List<LogPiece> pieces, BooleanSupplier wanted) throws IOException {
    if (pieces.get(0).isRange()) {
      applyRange(pieces.get(0), wanted);
    } else {
      applyFrames(pieces);
    }
    long ticket = 0;
    for (LogPiece piece : pieces) {
      ticket = Math.max(ticket, piece.ticket);
    }
    return ticket;
  }

  private void applyRange(LogPiece range, BooleanSupplier wanted) throws IOException {
    LogPosition at = range.start;
    WalReader reader = new WalReader(range.source);
    while (at.frame < range.end.frame && wanted.getAsBoolean()) {
      LogPiece piece =
          reader.read(at, range.end.frame, range.pageSize, range.bigEndian, RANGE_BYTES);
      applyFrames(Collections.singletonList(piece));
      at = piece.end;
    }
  }

  /** Publishes up to the last commit among the pieces, and stages what follows it. */
  private void applyFrames(List<LogPiece> pieces) throws IOException {
    List<LogPiece> batch = new ArrayList<LogPiece>(pieces.size());
    int commits = 0;
    for (LogPiece piece : pieces) {
      if (piece.count() > 0) {
        batch.add(piece);
        if (piece.endsTransaction) {
          commits = batch.size();
        }
      }
    }
    if (commits > 0) {
      int before = log.header().maxFrame;
      log.apply(batch.subList(0, commits));
      int frames = log.header().maxFrame - before;
      counters.applied(frames, frames * (long) (log.pageSize() + WalHeader.FRAME_HEADER));
    }
    for (LogPiece piece : batch.subList(commits, batch.size())) {
      log.stage(piece);
    }
  }
}
