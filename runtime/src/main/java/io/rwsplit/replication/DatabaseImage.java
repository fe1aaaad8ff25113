package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The pages of a database at one commit: the database file overlaid with the log up to a frame.
 *
 * <p>Right only while the log cannot be reset and no frame after the chosen one can be copied into
 * the database file: under a read transaction begun at that frame, or under the write lock with no
 * checkpoint running. The overlaid frames' salts and checksums are verified; the database file has
 * none to verify. Not thread-safe.
 */
final class DatabaseImage {
  private static final int INDEXING = 1 << 20;

  private final FileChannel db;
  private final FileChannel wal;
  private final int pageSize;
  private final int pages;
  private final PageMap overlay = new PageMap();

  private DatabaseImage(FileChannel db, FileChannel wal, int pageSize, int pages) {
    this.db = db;
    this.wal = wal;
    this.pageSize = pageSize;
    this.pages = pages;
  }

  /** The image at {@code header}. */
  static DatabaseImage open(FileChannel db, FileChannel wal, WalIndexHeader header)
      throws IOException {
    int pageSize = header.pageSize != 0 ? header.pageSize : pageSizeOf(db);
    long filePages = (db.size() + pageSize - 1) / pageSize;
    int pages = header.pages != 0 ? header.pages : (int) filePages;
    DatabaseImage image = new DatabaseImage(db, wal, pageSize, pages);
    if (header.notBackfilled() > 0) {
      image.index(header);
    }
    return image;
  }

  private void index(WalIndexHeader header) throws IOException {
    WalReader reader = new WalReader(wal);
    WalHeader first = reader.header();
    if (first == null || first.salts != header.salts || first.pageSize != pageSize) {
      throw new ContinuityException("the log is not the one its index describes");
    }
    LogPosition at = new LogPosition(0, first.salts, 0, first.checksum);
    while (at.frame < header.maxFrame) {
      LogPiece piece = reader.read(at, header.maxFrame, pageSize, first.bigEndian, INDEXING);
      for (int i = 0; i < piece.count(); i++) {
        overlay.put(piece.page(i), at.frame + i + 1);
      }
      at = piece.end;
    }
    if (at.checksum != header.frameChecksum) {
      throw new ContinuityException("the log's checksum differs from its index");
    }
  }

  /** Page size in bytes 16 and 17 of a database file. */
  static int pageSizeOf(FileChannel db) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(100);
    if (Channels.readFully(db, head, 0) < 100) {
      throw new IOException("the database file is shorter than its header");
    }
    int size = head.getShort(16) & 0xffff;
    int pageSize = size == 1 ? 65536 : size;
    if (!WalHeader.isPageSize(pageSize)) {
      throw new IOException("the file is not a database: page size " + pageSize);
    }
    return pageSize;
  }

  int pageSize() {
    return pageSize;
  }

  int pages() {
    return pages;
  }

  /**
   * Reads {@code count} pages from page {@code first} (1-based) into {@code to}; what lies beyond
   * the end of the file and was never written (the lock-byte page) reads as zeros.
   */
  void read(int first, int count, byte[] to) throws IOException {
    int length = count * pageSize;
    int n = Channels.readFully(db, ByteBuffer.wrap(to, 0, length).slice(), (first - 1L) * pageSize);
    java.util.Arrays.fill(to, n, length, (byte) 0);
    if (overlay.isEmpty()) {
      return;
    }
    for (int i = 0; i < count; i++) {
      int frame = overlay.get(first + i);
      if (frame != 0) {
        long offset = WalHeader.offset(frame, pageSize) + WalHeader.FRAME_HEADER;
        ByteBuffer page = ByteBuffer.wrap(to, i * pageSize, pageSize).slice();
        if (Channels.readFully(wal, page, offset) < pageSize) {
          throw new ContinuityException("the log ends before frame " + frame);
        }
      }
    }
  }
}
