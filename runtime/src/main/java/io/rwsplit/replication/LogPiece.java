package io.rwsplit.replication;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A run of consecutive, verified frames of the master's log, or the mark of a ticket without
 * frames.
 *
 * <p>Either carried in memory and shared by all replicas, or only named (a range): then a replica
 * reads and verifies it itself, and the log must stay pinned until it has. Immutable.
 */
final class LogPiece {
  /** The log the frames come from; null for a ticket alone. */
  final FileChannel source;

  final LogPosition start;
  final LogPosition end;
  final int pageSize;
  final boolean bigEndian;

  /** Whole frames, headers included; null for a range and for a ticket alone. */
  private final byte[] frames;

  /**
   * Per frame the data term of its page in this machine's byte order; null with {@link #frames}.
   */
  private final long[] dataTerms;

  /** True when the last frame commits a transaction. */
  final boolean endsTransaction;

  /** Ticket reached once this piece is applied; 0: none. */
  final long ticket;

  /**
   * A ticket that covers every commit among the frames: whoever has seen any of them has seen
   * nothing that a replica which has reached this ticket lacks.
   */
  final long bound;

  /** {@link System#nanoTime()} at which the capture saw these frames. */
  final long seenNanos;

  private LogPiece(
      FileChannel source,
      LogPosition start,
      LogPosition end,
      int pageSize,
      boolean bigEndian,
      byte[] frames,
      long[] dataTerms,
      boolean endsTransaction,
      long ticket,
      long bound,
      long seenNanos) {
    this.source = source;
    this.start = start;
    this.end = end;
    this.pageSize = pageSize;
    this.bigEndian = bigEndian;
    this.frames = frames;
    this.dataTerms = dataTerms;
    this.endsTransaction = endsTransaction;
    this.ticket = ticket;
    this.bound = bound;
    this.seenNanos = seenNanos;
  }

  /** Frames in memory. */
  static LogPiece frames(
      FileChannel source,
      LogPosition start,
      LogPosition end,
      int pageSize,
      boolean bigEndian,
      byte[] frames,
      long[] dataTerms,
      boolean endsTransaction) {
    return new LogPiece(
        source,
        start,
        end,
        pageSize,
        bigEndian,
        frames,
        dataTerms,
        endsTransaction,
        0,
        0,
        System.nanoTime());
  }

  /** A range of the pinned log; both ends are commits or piece boundaries of the capture. */
  static LogPiece range(
      FileChannel source,
      LogPosition start,
      LogPosition end,
      int pageSize,
      boolean bigEndian,
      boolean endsTransaction) {
    return frames(source, start, end, pageSize, bigEndian, null, null, endsTransaction);
  }

  /** No frames: all before it covers {@code ticket}. */
  static LogPiece ticketOnly(LogPosition at, long ticket) {
    return new LogPiece(
        null, at, at, 0, false, null, null, true, ticket, ticket, System.nanoTime());
  }

  /** The same with the ticket it reaches and the moment its oldest frame was seen. */
  LogPiece withTicketSeen(long newTicket, long seen) {
    return new LogPiece(
        source,
        start,
        end,
        pageSize,
        bigEndian,
        frames,
        dataTerms,
        endsTransaction,
        newTicket,
        Math.max(bound, newTicket),
        seen);
  }

  /** The same with a ticket that covers every commit among the frames. */
  LogPiece withBound(long newBound) {
    return new LogPiece(
        source,
        start,
        end,
        pageSize,
        bigEndian,
        frames,
        dataTerms,
        endsTransaction,
        ticket,
        Math.max(bound, newBound),
        seenNanos);
  }

  /** The same frames, to be read from the log by whoever needs them. */
  LogPiece asRange() {
    return new LogPiece(
        source,
        start,
        end,
        pageSize,
        bigEndian,
        null,
        null,
        endsTransaction,
        ticket,
        bound,
        seenNanos);
  }

  int count() {
    return end.frame - start.frame;
  }

  boolean isRange() {
    return frames == null && count() > 0;
  }

  long bytes() {
    return count() * (long) (WalHeader.FRAME_HEADER + pageSize);
  }

  int page(int index) {
    return ByteBuffer.wrap(frames).getInt(index * (WalHeader.FRAME_HEADER + pageSize));
  }

  /** Database size in pages when this frame commits a transaction, else 0. */
  int databaseSize(int index) {
    return ByteBuffer.wrap(frames).getInt(index * (WalHeader.FRAME_HEADER + pageSize) + 4);
  }

  /** The checksum in a frame's header, in the byte order of this log. */
  long storedChecksum(int index) {
    return ByteBuffer.wrap(frames).getLong(index * (WalHeader.FRAME_HEADER + pageSize) + 16);
  }

  byte[] bytesOfFrames() {
    return frames;
  }

  int dataOffset(int index) {
    return index * (WalHeader.FRAME_HEADER + pageSize) + WalHeader.FRAME_HEADER;
  }

  long dataTerm(int index) {
    return dataTerms[index];
  }
}
