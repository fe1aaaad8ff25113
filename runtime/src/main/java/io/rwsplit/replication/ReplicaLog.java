package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The log of one replica, opened to be written: what it holds, and which of the master's positions
 * that is. {@link ReplicaFiles} keeps others from writing.
 *
 * <p>A batch of whole transactions is published in this order: position record; frames, with a
 * commit mark on the last one only; hash entries; header of the index. So a crash leaves either the
 * state before or the state after the batch, and the record tells which.
 *
 * <p>Not thread-safe: one feed thread, with the checkpoint connection lent to a worker in between.
 */
final class ReplicaLog implements AutoCloseable {
  final Path path;
  final long inode;
  private final ReplicaFiles files;
  private final FileChannel db;
  private final FileChannel wal;
  private final WalIndex index;
  private final PositionFile positions;
  private final int pageSize;
  private final WalChecksum step;
  private final ReplicaSums sums;
  private final FrameWriter writer;
  private WalIndexHeader header;
  private LogPosition position;
  private boolean changed;
  private Publications publications = new Publications();
  private final AtomicInteger resets = new AtomicInteger();
  private final AtomicInteger checkpointsBegun = new AtomicInteger();

  private ReplicaLog(ReplicaFiles files) throws IOException {
    this.files = files;
    this.path = files.path;
    this.inode = files.inode;
    this.db = files.db;
    this.wal = files.wal;
    this.index = files.index;
    this.positions = files.positions;
    this.header = index.read();
    if (header == null) {
      throw new IOException("the wal-index of " + path + " is unreadable");
    }
    this.pageSize = header.pageSize != 0 ? header.pageSize : DatabaseImage.pageSizeOf(db);
    this.step = new WalChecksum(pageSize);
    long filePages = (db.size() + pageSize - 1) / pageSize;
    this.sums = new ReplicaSums(pageSize, header.pages != 0 ? header.pages : (int) filePages);
    this.writer = new FrameWriter(wal, index, step, sums, pageSize);
    unstage();
  }

  /**
   * Opens an existing replica and takes its write lock.
   *
   * @throws SQLException when SQLite cannot open it or somebody else holds the lock
   */
  static ReplicaLog open(ReplicaFile replica, Path path, SqliteConnections connections)
      throws SQLException, IOException {
    ReplicaFiles files = ReplicaFiles.open(replica, path, connections);
    try {
      ReplicaLog log = new ReplicaLog(files);
      if (log.header.maxFrame > 0 && log.header.bigEndian != WalChecksum.NATIVE_BIG_ENDIAN) {
        throw new IOException("the log of " + path + " was written on another kind of machine");
      }
      if (log.header.maxFrame > 0) {
        log.sums.load(log.wal, log.header);
      }
      return log;
    } catch (Throwable t) {
      files.close();
      throw t;
    }
  }

  /** From now on what readers can see is told there. */
  void publishTo(Publications told) {
    publications = told;
  }

  /** True when {@link #recordedPosition} found the files other than they were left. */
  boolean wasChanged() {
    return changed;
  }

  /** Master's position this replica is known to equal by its record, or null. */
  LogPosition recordedPosition() throws IOException {
    PositionRecord record =
        positions.find(header.salts, header.maxFrame, inode, files.modifiedNanos());
    if (record == null) {
      changed = positions.isOfAnotherState(inode);
      positions.clear();
      return null;
    }
    position = record.master;
    publishUnchanged();
    return position;
  }

  int pageSize() {
    return pageSize;
  }

  WalIndexHeader header() {
    return header;
  }

  LogPosition position() {
    return position;
  }

  /** The header with what was copied of the log by now; null when the index is unreadable. */
  WalIndexHeader liveHeader() {
    WalIndexHeader now = index.read();
    return now != null && now.sameLogState(header) ? now : null;
  }

  /** Number of writes to the -wal by this object. */
  long walWrites() {
    return writer.writes();
  }

  long mappedBytes() {
    return index.mappedBytes();
  }

  ReplicaSums sums() {
    return sums;
  }

  WalChecksum pageStep() {
    return step;
  }

  FileChannel db() {
    return db;
  }

  FileChannel wal() {
    return wal;
  }

  /** Number of times the log may have been emptied, counted before; for any thread. */
  int resets() {
    return resets.get();
  }

  /** Number of checkpoints, counted before each begins; for any thread. */
  int checkpointsBegun() {
    return checkpointsBegun.get();
  }

  PositionFile positions() {
    return positions;
  }

  /** The replica's own pages at its last commit. */
  DatabaseImage image() throws IOException {
    return DatabaseImage.open(db, wal, index.read());
  }

  /** False when the index no longer says what was last written to it. */
  boolean indexIsOurs() {
    WalIndexHeader now = index.read();
    return now != null && now.sameLogState(header) && now.frameChecksum == header.frameChecksum;
  }

  /** Forgets what is staged. */
  void unstage() {
    writer.reset(header);
  }

  /** False while frames are staged that no commit has followed yet. */
  boolean isBetweenTransactions() {
    return writer.nextFrame() == header.maxFrame + 1;
  }

  /** Stages all frames of a piece without a commit mark. */
  void stage(LogPiece piece) throws IOException {
    byte[] bytes = piece.bytesOfFrames();
    for (int i = 0; i < piece.count(); i++) {
      writer.stage(piece.page(i), 0, bytes, piece.dataOffset(i), piece.dataTerm(i));
    }
  }

  /** Stages pieces, commits with the last frame, and publishes. */
  void apply(List<LogPiece> pieces) throws IOException {
    for (int i = 0; i < pieces.size(); i++) {
      LogPiece piece = pieces.get(i);
      if (i < pieces.size() - 1) {
        stage(piece);
        continue;
      }
      byte[] bytes = piece.bytesOfFrames();
      for (int j = 0; j < piece.count() - 1; j++) {
        writer.stage(piece.page(j), 0, bytes, piece.dataOffset(j), piece.dataTerm(j));
      }
      int last = piece.count() - 1;
      commit(
          piece.page(last),
          piece.databaseSize(last),
          bytes,
          piece.dataOffset(last),
          piece.dataTerm(last),
          piece.end);
    }
  }

  /** Stages a page of {@link #pageSize} bytes. */
  void stagePage(int page, byte[] bytes, int offset) throws IOException {
    writer.stage(page, 0, bytes, offset, dataTerm(bytes, offset));
  }

  /** Stages a page as the commit of all that is staged, and publishes. */
  void commitPage(int page, int databasePages, byte[] bytes, int offset, LogPosition at)
      throws IOException {
    commit(page, databasePages, bytes, offset, dataTerm(bytes, offset), at);
  }

  private long dataTerm(byte[] bytes, int offset) {
    return WalChecksum.add(0, bytes, offset, pageSize, WalChecksum.NATIVE_BIG_ENDIAN);
  }

  private void commit(
      int page, int databasePages, byte[] bytes, int offset, long term, LogPosition at)
      throws IOException {
    writer.stage(page, databasePages, bytes, offset, term);
    int last = writer.nextFrame() - 1;
    positions.write(false, writer.salts(), last, at, inode, 0);
    writer.flush();
    WalIndexHeader next =
        new WalIndexHeader(
            header.change + 1,
            WalChecksum.NATIVE_BIG_ENDIAN,
            pageSize,
            last,
            databasePages,
            writer.checksum(),
            writer.salts(),
            0);
    PublishedCommit commit = new PublishedCommit(at, databasePages);
    publications.announce(commit);
    index.writeHeader(next);
    sums.committed(last, next.salts, databasePages);
    header = next;
    position = at;
    publications.publish(commit);
  }

  /** Records that the replica, unchanged, equals another position of the master. */
  void adopt(LogPosition at) throws IOException {
    positions.write(
        true,
        header.salts,
        header.maxFrame,
        at,
        inode,
        header.maxFrame == 0 ? files.modifiedNanos() : 0);
    boolean other = position != at;
    position = at;
    if (other) {
      publishUnchanged();
    }
  }

  /** What readers see is the same, and is known as the position's commit now. */
  private void publishUnchanged() throws IOException {
    long filePages = (db.size() + pageSize - 1) / pageSize;
    int pages = header.pages != 0 ? header.pages : (int) filePages;
    PublishedCommit commit = new PublishedCommit(position, pages);
    publications.announce(commit);
    publications.publish(commit);
  }

  /** Frames of the log surely in the database file. */
  int backfilled() {
    WalIndexHeader now = index.read();
    return now == null || !now.sameLogState(header) ? 0 : now.backfilled;
  }

  /** True unless the log's header is not the one its frames are chained to. */
  boolean logHeaderIsOurs() throws IOException {
    if (header.maxFrame == 0) {
      return true;
    }
    WalHeader now = WalHeader.read(wal);
    return now != null
        && now.salts == header.salts
        && now.pageSize == pageSize
        && now.checksum == sums.headerChecksum();
  }

  /** Frames of the log not yet in the database file. */
  int notBackfilled() {
    WalIndexHeader now = index.read();
    return now == null ? 0 : now.notBackfilled();
  }

  /**
   * Lets the keeper's read mark catch up with the log, which otherwise bounds every checkpoint.
   *
   * @throws ContinuityException when somebody wrote to the replica in the gap
   */
  void advanceKeeper() throws SQLException, IOException {
    files.unlock();
    files.lockAgain();
    WalIndexHeader now = index.read();
    if (now == null || !now.sameLogState(header)) {
      throw new ContinuityException("somebody else has written to " + path);
    }
  }

  /** A checkpoint is about to begin; the feed thread. */
  void beginCheckpoint() {
    checkpointsBegun.incrementAndGet();
  }

  /** Frames a checkpoint would copy now, as they must be. */
  ReplicaProbe uncopied() {
    return sums.probe(this, backfilled() + 1, header.maxFrame, 0);
  }

  /** Copies what readers allow into the database file; may run beside {@link #apply}. */
  void checkpointPassive() throws SQLException {
    files.checkpoint("PASSIVE");
  }

  /**
   * Empties the log when no reader uses it; true when it is empty now.
   *
   * @param busyMillis how long to wait for readers
   */
  boolean truncate(int busyMillis) throws SQLException, IOException {
    positions.write(true, header.salts, header.maxFrame, position, inode, 0);
    files.checkpointPatience(busyMillis);
    files.unlock();
    writer.countWrite();
    beginCheckpoint();
    resets.incrementAndGet();
    boolean done;
    try {
      done = files.checkpoint("TRUNCATE");
    } finally {
      files.lockAgain();
    }
    WalIndexHeader now = index.read();
    if (now == null) {
      throw new ContinuityException("the wal-index of " + path + " is unreadable");
    }
    if (now.sameLogState(header)) {
      header = now;
      return false;
    }
    if (!done || now.maxFrame != 0 || now.pages != header.pages) {
      throw new ContinuityException("somebody else has written to " + path);
    }
    header = now;
    sums.emptied();
    unstage();
    adopt(position);
    return true;
  }

  /**
   * Makes an index somebody has damaged harmless to touch and to close: the length of a truncated
   * -shm (else SIGBUS), and a header that is not ours (SQLite would follow its frame number).
   */
  void restoreIndex() {
    try {
      FileChannel shm = OpenFiles.writable(ReplicaFiles.beside(path, "-shm"));
      long missing = mappedBytes() - shm.size();
      if (missing > 0) {
        Channels.writeFully(shm, ByteBuffer.allocate((int) missing), shm.size());
      }
    } catch (IOException e) {
      // The file is gone: then the mapping is backed by the nameless one.
    }
    if (!indexIsOurs()) {
      index.writeHeader(header);
      index.forgetBackfill();
    }
  }

  /** Leaves a whole, resumable file behind as far as readers allow. */
  void closeWhole() {
    try {
      uncopied().call();
      boolean whole = position != null && (header.maxFrame == 0 || truncate(100));
      LogPosition at = position;
      files.closeSessions();
      if (whole) {
        positions.write(true, header.salts, 0, at, inode, files.modifiedNanos());
      }
    } catch (SQLException | IOException e) {
      // Then the next start compares the pages.
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    files.close();
  }
}
