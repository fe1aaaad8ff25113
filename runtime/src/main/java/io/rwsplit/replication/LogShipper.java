package io.rwsplit.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * Reads the master's log forward, verifies it and hands it to the feeds.
 *
 * <p>Its position is the end of what was handed out. Relies on the pins of {@link MasterLog}: when
 * the salts change, the old log ended at its position. Used by the capture thread only.
 */
final class LogShipper {
  private static final int PIECE_BYTES = 1 << 20;

  private final long generation;
  private final WalReader reader;
  private final List<ReplicaFeed> feeds;
  private final Retention retention;
  private LogPosition position;

  LogShipper(MasterLog log, LogPosition position, List<ReplicaFeed> feeds, Retention retention) {
    this.retention = retention;
    this.generation = log.generation;
    this.reader = log.reader();
    this.position = position;
    this.feeds = feeds;
  }

  LogPosition position() {
    return position;
  }

  FileChannel source() {
    return reader.source();
  }

  /**
   * Hands out everything up to a sample, which covers {@code ticket}, and which is covered by it:
   * the ticket was drawn for this sample, before it was taken.
   *
   * @return true when there were frames, the last of which carried the ticket
   */
  boolean ship(WalIndexHeader header, long ticket) throws IOException {
    if (header.salts != position.salts) {
      position = new LogPosition(generation, header.salts, 0, 0);
    }
    if (header.maxFrame < position.frame) {
      throw new ContinuityException("frames after " + header + " have vanished");
    }
    if (header.maxFrame == position.frame) {
      return false;
    }
    if (position.frame == 0) {
      position = start(header);
    }
    while (position.frame < header.maxFrame) {
      LogPiece piece =
          reader.read(position, header.maxFrame, header.pageSize, header.bigEndian, PIECE_BYTES);
      if (piece.end.frame == header.maxFrame) {
        if (piece.end.checksum != header.frameChecksum) {
          throw new ContinuityException("the checksum of " + piece.end + " differs from its index");
        }
        piece = piece.withTicketSeen(ticket, piece.seenNanos);
      }
      piece = piece.withBound(ticket);
      retention.shipped(piece);
      for (ReplicaFeed feed : feeds) {
        feed.offer(piece);
      }
      position = piece.end;
    }
    return true;
  }

  private LogPosition start(WalIndexHeader header) throws IOException {
    WalHeader start = reader.header();
    if (start == null || start.salts != header.salts || start.pageSize != header.pageSize) {
      throw new ContinuityException("the log's header is not the one its index describes");
    }
    return new LogPosition(generation, start.salts, 0, start.checksum);
  }

  /** True when the log still holds everything between {@code at} and the shipper's position. */
  boolean isResumable(LogPosition at) throws IOException {
    if (at.generation != generation || at.salts != position.salts || at.salts == 0) {
      return false;
    }
    if (at.frame == 0) {
      return position.frame == 0;
    }
    WalHeader start = reader.header();
    return at.frame <= position.frame
        && start != null
        && start.salts == at.salts
        && reader.storedChecksum(at.frame, start.pageSize) == at.checksum;
  }
}
