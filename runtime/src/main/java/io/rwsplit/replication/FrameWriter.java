package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.SecureRandom;

/**
 * Appends frames to a replica's -wal, chained to what it holds, and enters them into its index.
 *
 * <p>Frames are gathered and written in one piece, the hash entries after them. What is written
 * beyond the index's header is visible to nobody, and overwritten after {@link #reset}. Not
 * thread-safe.
 */
final class FrameWriter {
  private static final SecureRandom SALTS = new SecureRandom();
  private static final int BUFFER = 1 << 20;
  private static final int MIN_FRAME = 512 + WalHeader.FRAME_HEADER;

  private final FileChannel wal;
  private final WalIndex index;
  private final int pageSize;
  private final WalChecksum step;
  private final ReplicaSums sums;
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
  private final int[] staged = new int[BUFFER / MIN_FRAME + 1];
  private int stagedCount;
  private long salts;
  private long checksum;
  private int nextFrame;
  private int sequence;
  private long writes;

  FrameWriter(FileChannel wal, WalIndex index, WalChecksum step, ReplicaSums sums, int pageSize) {
    this.wal = wal;
    this.index = index;
    this.pageSize = pageSize;
    this.step = step;
    this.sums = sums;
  }

  /** Continues after the last committed frame, whatever was staged or written beyond it. */
  void reset(WalIndexHeader header) {
    stagedCount = 0;
    out.clear();
    salts = header.salts;
    checksum = header.frameChecksum;
    nextFrame = header.maxFrame + 1;
  }

  /** Frame number the next staged page gets. */
  int nextFrame() {
    return nextFrame;
  }

  long salts() {
    return salts;
  }

  /** Checksum of the last staged frame. */
  long checksum() {
    return checksum;
  }

  /** Number of changes to the -wal. */
  long writes() {
    return writes;
  }

  /** Counts a change that SQLite made for us. */
  void countWrite() {
    writes++;
  }

  /**
   * Stages one frame.
   *
   * @param databasePages size of the database after the commit this frame completes, 0 when it
   *     completes none
   * @param dataTerm see {@link WalChecksum}
   */
  void stage(int page, int databasePages, byte[] bytes, int offset, long dataTerm)
      throws IOException {
    if (out.remaining() < WalHeader.FRAME_HEADER + pageSize) {
      flush();
    }
    if (nextFrame == 1) {
      startLog();
    }
    checksum =
        WalChecksum.addFrameHeader(checksum, page, databasePages, WalChecksum.NATIVE_BIG_ENDIAN);
    checksum = step.step(checksum, dataTerm);
    out.putInt(page).putInt(databasePages).putLong(salts).putLong(checksum);
    out.put(bytes, offset, pageSize);
    staged[stagedCount++] = page;
    sums.staged(nextFrame, page, dataTerm, checksum);
    nextFrame++;
  }

  /** New salts and header for an empty log, as SQLite does for the first frame. */
  private void startLog() throws IOException {
    salts = SALTS.nextLong();
    WalHeader first = WalHeader.create(pageSize, sequence++, salts);
    writes++;
    first.write(wal);
    checksum = first.checksum;
    sums.started(checksum);
  }

  /** Writes what is staged. */
  void flush() throws IOException {
    if (stagedCount == 0) {
      return;
    }
    int first = nextFrame - stagedCount;
    out.flip();
    writes++;
    Channels.writeFully(wal, out, WalHeader.offset(first, pageSize));
    for (int i = 0; i < stagedCount; i++) {
      index.append(first + i, staged[i]);
    }
    stagedCount = 0;
    out.clear();
  }
}
