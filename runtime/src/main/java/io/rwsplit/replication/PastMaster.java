package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The pages the master had at one kept commit; for a holder of the {@link Retention}.
 *
 * <p>Verified for each page that comes from the log: page number, salts, and that its checksum
 * continues the frame before. The database file has nothing to verify. Not thread-safe.
 */
final class PastMaster {
  private final Retention.Kept kept;
  private final long place;
  private final WalHeader log;
  private final int pageSize;
  private final PageMap afterFloor = new PageMap();
  private PageMap upToFloor = new PageMap();

  /**
   * @param log the log's header as it is now; null when it has none
   */
  PastMaster(Retention.Kept kept, long place, WalHeader log) throws IOException {
    this.kept = kept;
    this.place = place;
    this.log = log;
    this.pageSize = log != null ? log.pageSize : DatabaseImage.pageSizeOf(kept.log.db());
  }

  /**
   * Frames of the current log belong to it.
   *
   * @param to the last of them
   * @param sameAsFloor true when the floor is in the same log
   * @param pages of the frames after the floor
   * @param count how many of those count
   */
  void overlay(LogPosition to, boolean sameAsFloor, int[] pages, int count)
      throws ContinuityException {
    if (count > pages.length) {
      throw new ContinuityException("the log of " + to + " is not the current one any more");
    }
    if (sameAsFloor) {
      upToFloor = kept.latest;
    }
    int first = to.frame - count + 1;
    for (int i = 0; i < count; i++) {
      afterFloor.put(pages[i], first + i);
    }
  }

  int pageSize() {
    return pageSize;
  }

  /** Reads {@code count} pages from page {@code first} (1-based) into {@code to}. */
  void read(int first, int count, byte[] to) throws IOException {
    int length = count * pageSize;
    ByteBuffer whole = ByteBuffer.wrap(to, 0, length).slice();
    int n = Channels.readFully(kept.log.db(), whole, (first - 1L) * pageSize);
    Arrays.fill(to, n, length, (byte) 0);
    for (int i = 0; i < count; i++) {
      byte[] before = place < kept.floor ? kept.pages.at(first + i, place) : null;
      if (before != null) {
        System.arraycopy(before, 0, to, i * pageSize, pageSize);
        continue;
      }
      int frame = afterFloor.get(first + i);
      if (frame == 0) {
        frame = upToFloor.get(first + i);
      }
      if (frame != 0) {
        readFrame(frame, first + i, to, i * pageSize);
      }
    }
  }

  private void readFrame(int frame, int page, byte[] to, int offset) throws IOException {
    byte[] bytes = new byte[WalHeader.FRAME_HEADER + pageSize];
    ByteBuffer view = ByteBuffer.wrap(bytes);
    Channels.readFully(kept.log.wal(), view, WalHeader.offset(frame, pageSize));
    long sum = frame == 1 ? log.checksum : storedChecksum(frame - 1);
    sum = WalChecksum.addFrameHeader(sum, page, view.getInt(4), log.bigEndian);
    sum = WalChecksum.add(sum, bytes, WalHeader.FRAME_HEADER, pageSize, log.bigEndian);
    if (view.hasRemaining()
        || view.getInt(0) != page
        || view.getLong(8) != log.salts
        || view.getLong(16) != sum) {
      throw new ContinuityException("frame " + frame + " is not the one of page " + page);
    }
    System.arraycopy(bytes, WalHeader.FRAME_HEADER, to, offset, pageSize);
  }

  private long storedChecksum(int frame) throws IOException {
    return new WalReader(kept.log.wal()).storedChecksum(frame, pageSize);
  }
}
