package io.rwsplit.replication;

/**
 * One consistent reading of a wal-index header. Immutable.
 *
 * <p>{@link #backfilled} is read outside the header's protection: within one log it only grows.
 */
final class WalIndexHeader {
  final int change;
  final boolean bigEndian;

  /** Page size in bytes; 0 while nothing was written to the log. */
  final int pageSize;

  /** Last committed frame; 0 when the log is empty. */
  final int maxFrame;

  /** Database size in pages at the last commit; 0 while nothing was written to the log. */
  final int pages;

  /** Checksum of frame {@link #maxFrame}. */
  final long frameChecksum;

  /** Both salts, the first in the upper half, as stored in the -wal file. */
  final long salts;

  /** Frames already copied into the database file. */
  final int backfilled;

  WalIndexHeader(
      int change,
      boolean bigEndian,
      int pageSize,
      int maxFrame,
      int pages,
      long frameChecksum,
      long salts,
      int backfilled) {
    this.change = change;
    this.bigEndian = bigEndian;
    this.pageSize = pageSize;
    this.maxFrame = maxFrame;
    this.pages = pages;
    this.frameChecksum = frameChecksum;
    this.salts = salts;
    this.backfilled = backfilled;
  }

  /** True when no transaction was committed and no reset happened between the two readings. */
  boolean sameLogState(WalIndexHeader other) {
    return salts == other.salts && maxFrame == other.maxFrame && change == other.change;
  }

  /** Frames not yet copied into the database file. */
  int notBackfilled() {
    return Math.max(0, maxFrame - backfilled);
  }

  @Override
  public String toString() {
    return "frame " + maxFrame + " of log " + Long.toHexString(salts) + ", " + pages + " pages";
  }
}
