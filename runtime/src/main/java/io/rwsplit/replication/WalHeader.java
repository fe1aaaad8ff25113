package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The 32-byte header of a -wal file. Immutable.
 *
 * <p>Verified: magic, version, page size and the header's checksum. Not verified: whether the
 * frames behind it belong to it; each frame repeats the salts and chains its checksum to this one.
 */
final class WalHeader {
  static final int SIZE = 32;
  static final int FRAME_HEADER = 24;
  static final int VERSION = 3007000;
  private static final int MAGIC = 0x377f0682;

  final boolean bigEndian;
  final int pageSize;
  final int checkpointSequence;

  /** Both salts, the first in the upper half. */
  final long salts;

  /** Start of the checksum chain. */
  final long checksum;

  private WalHeader(
      boolean bigEndian, int pageSize, int checkpointSequence, long salts, long checksum) {
    this.bigEndian = bigEndian;
    this.pageSize = pageSize;
    this.checkpointSequence = checkpointSequence;
    this.salts = salts;
    this.checksum = checksum;
  }

  /** A header of this machine's byte order for a log that starts anew. */
  static WalHeader create(int pageSize, int checkpointSequence, long salts) {
    boolean big = WalChecksum.NATIVE_BIG_ENDIAN;
    byte[] bytes = new byte[SIZE];
    put(ByteBuffer.wrap(bytes), big, pageSize, checkpointSequence, salts);
    long checksum = WalChecksum.add(0, bytes, 0, 24, big);
    return new WalHeader(big, pageSize, checkpointSequence, salts, checksum);
  }

  /** The header at the start of a log, or null when there is none that is whole. */
  static WalHeader read(FileChannel wal) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE);
    if (Channels.readFully(wal, bytes, 0) < SIZE) {
      return null;
    }
    int magic = bytes.getInt(0);
    boolean big = (magic & 1) != 0;
    int pageSize = bytes.getInt(8);
    if ((magic & ~1) != MAGIC || bytes.getInt(4) != VERSION || !isPageSize(pageSize)) {
      return null;
    }
    long checksum = WalChecksum.add(0, bytes.array(), 0, 24, big);
    if (checksum != bytes.getLong(24)) {
      return null;
    }
    return new WalHeader(big, pageSize, bytes.getInt(12), bytes.getLong(16), checksum);
  }

  /** Writes this header to the start of a log. */
  void write(FileChannel wal) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE);
    put(bytes, bigEndian, pageSize, checkpointSequence, salts);
    bytes.putLong(24, checksum);
    bytes.position(0);
    Channels.writeFully(wal, bytes, 0);
  }

  private static void put(ByteBuffer to, boolean big, int pageSize, int sequence, long salts) {
    to.putInt(0, MAGIC | (big ? 1 : 0));
    to.putInt(4, VERSION);
    to.putInt(8, pageSize);
    to.putInt(12, sequence);
    to.putLong(16, salts);
  }

  static boolean isPageSize(int pageSize) {
    return pageSize >= 512 && pageSize <= 65536 && Integer.bitCount(pageSize) == 1;
  }

  /** Offset of frame {@code frame} (1-based) in a log of {@code pageSize}. */
  static long offset(int frame, int pageSize) {
    return SIZE + (frame - 1L) * (FRAME_HEADER + pageSize);
  }
}
