package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Reads frames of a -wal file forward from a position.
 *
 * <p>Verified for each frame: the salts and the chained checksum over its header and page. Not
 * verified: that the log still holds what it held when its index was read; the caller pins it.
 * Stateless but for a page-size step; not thread-safe.
 */
final class WalReader {
  private final FileChannel wal;
  private WalChecksum step;
  private int stepPageSize;

  WalReader(FileChannel wal) {
    this.wal = wal;
  }

  FileChannel source() {
    return wal;
  }

  /** The log's header, or null when it has none. */
  WalHeader header() throws IOException {
    return WalHeader.read(wal);
  }

  /**
   * Frames after {@code from}, at least one and at most {@code maxBytes}, none after {@code last}.
   *
   * @throws ContinuityException when a frame is not the successor of {@code from}
   */
  LogPiece read(LogPosition from, int last, int pageSize, boolean bigEndian, int maxBytes)
      throws IOException {
    int frameSize = WalHeader.FRAME_HEADER + pageSize;
    int count = Math.min(last - from.frame, Math.max(1, maxBytes / frameSize));
    byte[] bytes = new byte[count * frameSize];
    long offset = WalHeader.offset(from.frame + 1, pageSize);
    if (Channels.readFully(wal, ByteBuffer.wrap(bytes), offset) < bytes.length) {
      throw new ContinuityException("the log ends before frame " + (from.frame + count));
    }
    WalChecksum pageStep = stepOf(pageSize);
    ByteBuffer view = ByteBuffer.wrap(bytes);
    long[] terms = new long[count];
    long sum = from.checksum;
    for (int i = 0; i < count; i++) {
      int at = i * frameSize;
      int data = at + WalHeader.FRAME_HEADER;
      long term = WalChecksum.add(0, bytes, data, pageSize, bigEndian);
      sum = WalChecksum.addFrameHeader(sum, view.getInt(at), view.getInt(at + 4), bigEndian);
      sum = pageStep.step(sum, term);
      if (view.getLong(at + 8) != from.salts || view.getLong(at + 16) != sum) {
        throw new ContinuityException(
            "frame " + (from.frame + i + 1) + " is not the successor of " + from);
      }
      boolean usable = bigEndian == WalChecksum.NATIVE_BIG_ENDIAN;
      terms[i] =
          usable ? term : WalChecksum.add(0, bytes, data, pageSize, WalChecksum.NATIVE_BIG_ENDIAN);
    }
    LogPosition end = new LogPosition(from.generation, from.salts, from.frame + count, sum);
    boolean commit = view.getInt((count - 1) * frameSize + 4) != 0;
    return LogPiece.frames(wal, from, end, pageSize, bigEndian, bytes, terms, commit);
  }

  /** The checksum stored in a frame's header; 0 when the log is shorter. */
  long storedChecksum(int frame, int pageSize) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(WalHeader.FRAME_HEADER);
    if (Channels.readFully(wal, header, WalHeader.offset(frame, pageSize))
        < WalHeader.FRAME_HEADER) {
      return 0;
    }
    return header.getLong(16);
  }

  private WalChecksum stepOf(int pageSize) {
    if (stepPageSize != pageSize) {
      step = new WalChecksum(pageSize);
      stepPageSize = pageSize;
    }
    return step;
  }
}
