package io.rwsplit.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The files of one replica, open: its database, its -wal, its wal-index, its position record, and
 * two connections to it.
 *
 * <p>One connection ("keeper") holds the write lock all the time, so that nobody else writes and no
 * reader starts a recovery while the index is being updated. It locks only; the other checkpoints.
 * The page caches of both go stale unnoticed.
 *
 * <p>Not thread-safe: one feed thread, with the checkpoint connection lent to a worker in between.
 */
final class ReplicaFiles implements AutoCloseable {
  final Path path;

  /** Tells the database file from another one of its name. */
  final long inode;

  final FileChannel db;
  final FileChannel wal;
  final WalIndex index;
  final PositionFile positions;
  private final SqliteSession keeper;
  private final SqliteSession checkpointer;

  private ReplicaFiles(
      Path path,
      SqliteSession keeper,
      SqliteSession checkpointer,
      FileChannel db,
      FileChannel wal,
      WalIndex index)
      throws IOException {
    this.path = path;
    this.keeper = keeper;
    this.checkpointer = checkpointer;
    this.db = db;
    this.wal = wal;
    this.index = index;
    this.inode = PositionFile.hash(OpenFiles.identity(path).toString());
    this.positions = new PositionFile(path);
  }

  /**
   * Opens those of an existing replica and takes its write lock.
   *
   * @throws SQLException when SQLite cannot open it or somebody else holds the lock
   */
  static ReplicaFiles open(ReplicaFile replica, Path path, SqliteConnections connections)
      throws SQLException, IOException {
    SqliteSession keeper = new SqliteSession(connections.openReplica(replica.index(), path));
    SqliteSession checkpointer = null;
    FileChannel wal = null;
    try {
      keeper.execute("PRAGMA busy_timeout=500");
      keeper.execute("PRAGMA synchronous=OFF");
      if (!"wal".equalsIgnoreCase(keeper.text("PRAGMA journal_mode"))
          && !"wal".equalsIgnoreCase(keeper.text("PRAGMA journal_mode=WAL"))) {
        throw new IOException(path + " cannot be switched to WAL: somebody else has it open");
      }
      keeper.execute("BEGIN IMMEDIATE");
      checkpointer = new SqliteSession(connections.openReplica(replica.index(), path));
      checkpointer.execute("PRAGMA synchronous=OFF");
      // A connection that has read nothing assumes the default page size.
      checkpointer.text("PRAGMA user_version");
      FileChannel db = OpenFiles.readable(path);
      WalIndex index = new WalIndex(OpenFiles.writable(beside(path, "-shm")), true);
      wal =
          FileChannel.open(beside(path, "-wal"), StandardOpenOption.READ, StandardOpenOption.WRITE);
      return new ReplicaFiles(path, keeper, checkpointer, db, wal, index);
    } catch (Throwable t) {
      if (wal != null) {
        wal.close();
      }
      if (checkpointer != null) {
        checkpointer.close();
      }
      keeper.close();
      throw t;
    }
  }

  static Path beside(Path path, String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  /** Gives the write lock up; the keeper's read mark no longer bounds checkpoints. */
  void unlock() throws SQLException {
    keeper.commitNothing();
  }

  /** Takes the write lock again; waits up to 2 s for others. */
  void lockAgain() throws SQLException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (true) {
      try {
        keeper.execute("BEGIN IMMEDIATE");
        return;
      } catch (SQLException e) {
        if (!SqliteSession.isBusy(e) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(50_000);
      }
    }
  }

  /** Runs a checkpoint; false when somebody was in its way. */
  boolean checkpoint(String mode) throws SQLException {
    return checkpointer.checkpoint(mode);
  }

  /** How long checkpoints wait for readers. */
  void checkpointPatience(int millis) throws SQLException {
    checkpointer.execute("PRAGMA busy_timeout=" + millis);
  }

  /** When the database file was last written. */
  long modifiedNanos() throws IOException {
    return FileStat.modifiedNanos(path);
  }

  /** Closes the connections, and with them the lock. */
  void closeSessions() {
    checkpointer.close();
    keeper.close();
  }

  @Override
  public void close() {
    closeSessions();
    positions.close();
    try {
      wal.close();
    } catch (IOException e) {
      // It carries no locks and no buffered data.
    }
  }
}
