package io.rwsplit.consistency;

/**
 * A position in PostgreSQL's write-ahead log: an unsigned number of bytes, written {@code
 * 16/B374D848} (type {@code pg_lsn}). Immutable.
 */
public final class Lsn implements Position {
  /** {@code SizeOfXLogShortPHD} and {@code SizeOfXLogLongPHD} of xlog_internal.h. */
  private static final int PAGE_HEADER = 24;

  private static final int SEGMENT_HEADER = 40;

  private final long value;

  /**
   * The position of this many bytes.
   *
   * @param value unsigned
   */
  public Lsn(long value) {
    this.value = value;
  }

  /**
   * Parses PostgreSQL's text form.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Lsn parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash > 8 || text.length() - slash < 2 || text.length() - slash > 9) {
      throw new IllegalArgumentException("no pg_lsn: " + text);
    }
    long high = Long.parseLong(text.substring(0, slash), 16);
    long low = Long.parseLong(text.substring(slash + 1), 16);
    return new Lsn(high << 32 | low);
  }

  /** The number of bytes, unsigned. */
  public long value() {
    return value;
  }

  /**
   * The end of the last record before an insert position. Where that record fills its page, {@code
   * pg_current_wal_insert_lsn()} already counts the next page's header ({@code
   * XLogBytePosToRecPtr}), which no replay position shows before a further record.
   *
   * @param blockSize {@code wal_block_size}
   * @param segmentSize {@code wal_segment_size} in bytes
   */
  public Lsn endOfLastRecord(long blockSize, long segmentSize) {
    long inPage = Long.remainderUnsigned(value, blockSize);
    boolean startsSegment = Long.remainderUnsigned(value - inPage, segmentSize) == 0;
    return inPage == (startsSegment ? SEGMENT_HEADER : PAGE_HEADER)
        ? new Lsn(value - inPage)
        : this;
  }

  @Override
  public boolean includes(Position other) {
    return Long.compareUnsigned(value, ((Lsn) other).value) >= 0;
  }

  @Override
  public long bytesTo(Position ahead) {
    return includes(ahead) ? 0 : ((Lsn) ahead).value - value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lsn && value == ((Lsn) other).value;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  @Override
  public String toString() {
    return Long.toHexString(value >>> 32).toUpperCase(java.util.Locale.ROOT)
        + '/'
        + Long.toHexString(value & 0xffffffffL).toUpperCase(java.util.Locale.ROOT);
  }
}
