package io.rwsplit.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/**
 * The master's log, held so that nothing of it disappears unread.
 *
 * <p>Invariants of the pin (a read transaction; two connections take turns):
 *
 * <ol>
 *   <li>The next pin begins, what the log holds <em>after</em> that is read, and only then the old
 *       pin ends.
 *   <li>A pin on a log not wholly backfilled forbids its reset.
 *   <li>A pin on a wholly backfilled log forbids every checkpoint, so at most one reset follows,
 *       and the old log ended at the pin.
 * </ol>
 *
 * <p>Not thread-safe: the capture thread, with the checkpoint connection lent to a worker in
 * between.
 */
final class MasterLog implements AutoCloseable {
  private static final int SNAPSHOT_TRIES = 200;
  private static final int LOCK_TRIES = 40;

  private final SqliteConnections connections;
  private final FileChannel db;
  private final FileChannel shm;
  private final FileChannel wal;
  private final Object shmIdentity;
  private final Object walIdentity;
  private final WalIndex index;
  private final SqliteSession locker;
  private final SqliteSession checkpointer;
  private SqliteSession pin;
  private SqliteSession spare;

  final Path path;
  final Object identity;
  final long generation;

  private MasterLog(SqliteConnections connections, Path path, SqliteSession... sessions)
      throws IOException {
    this.connections = connections;
    this.path = path;
    this.pin = sessions[0];
    this.spare = sessions[1];
    this.locker = sessions[2];
    this.checkpointer = sessions[3];
    Path shmPath = ReplicaFiles.beside(path, "-shm");
    Path walPath = ReplicaFiles.beside(path, "-wal");
    identity = OpenFiles.identity(path);
    shmIdentity = OpenFiles.identity(shmPath);
    walIdentity = OpenFiles.identity(walPath);
    db = OpenFiles.readable(path);
    shm = OpenFiles.readable(shmPath);
    wal = FileChannel.open(walPath, StandardOpenOption.READ);
    index = new WalIndex(shm, false);
    generation = PositionFile.hash(identity.toString());
  }

  /**
   * Opens the connections and takes the first pin.
   *
   * @param path the real path of an existing database in WAL mode
   */
  static MasterLog attach(SqliteConnections connections, Path path)
      throws SQLException, IOException {
    SqliteSession[] sessions = new SqliteSession[4];
    try {
      for (int i = 0; i < sessions.length; i++) {
        sessions[i] = new SqliteSession(connections.openMaster());
        sessions[i].execute("PRAGMA synchronous=NORMAL");
      }
      sessions[0].beginRead();
      if (!"wal".equalsIgnoreCase(sessions[0].text("PRAGMA journal_mode"))) {
        throw new IOException(path + " is not in WAL mode");
      }
      // A connection that has read nothing assumes the default page size.
      sessions[3].text("PRAGMA user_version");
      return new MasterLog(connections, path, sessions);
    } catch (Throwable t) {
      for (SqliteSession session : sessions) {
        if (session != null) {
          session.close();
        }
      }
      throw t;
    }
  }

  /** True when somebody replaced or removed the files this object is attached to. */
  boolean isReplaced() {
    return !identity.equals(OpenFiles.identityOrNull(path))
        || !shmIdentity.equals(OpenFiles.identityOrNull(ReplicaFiles.beside(path, "-shm")))
        || !walIdentity.equals(OpenFiles.identityOrNull(ReplicaFiles.beside(path, "-wal")));
  }

  boolean changedSince(WalIndexHeader last) {
    return last == null || index.changedSince(last);
  }

  /** True when no commit has followed the reading; may be asked by any thread. */
  boolean isStill(WalIndexHeader reading) {
    return index.isStill(reading);
  }

  /** The index now; null while a writer or a recovery holds it in flux. */
  WalIndexHeader sample() {
    return index.read();
  }

  /** Tells the wal-index's file from those that had its name before. */
  long shmHash() {
    return PositionFile.hash(shmIdentity.toString());
  }

  /** The database file, to be read only. */
  FileChannel db() {
    return db;
  }

  /** The log, to be read only. */
  FileChannel wal() {
    return wal;
  }

  WalReader reader() {
    return new WalReader(wal);
  }

  /**
   * Begins the next pin. The caller must then read the log to a sample taken after this call, and
   * call {@link #endOldPin}.
   */
  void beginNextPin() throws SQLException {
    spare.beginRead();
  }

  /** Ends the older pin; the next one holds from now on. */
  void endOldPin() throws SQLException {
    pin.rollback();
    SqliteSession ended = pin;
    pin = spare;
    spare = ended;
  }

  /** Ends the pin, and begins it anew after a pause: nothing holds the log meanwhile. */
  void liftPin(long nanos) throws SQLException {
    pin.rollback();
    LockSupport.parkNanos(nanos);
    pin.beginRead();
  }

  /** Takes the write lock if it is free within about two milliseconds. */
  boolean lockWriters() throws SQLException {
    for (int i = 0; i < LOCK_TRIES; i++) {
      try {
        locker.execute("BEGIN IMMEDIATE");
        return true;
      } catch (SQLException e) {
        if (!SqliteSession.isBusy(e)) {
          throw e;
        }
      }
      LockSupport.parkNanos(50_000);
    }
    return false;
  }

  void unlockWriters() throws SQLException {
    locker.rollback();
  }

  /** Under the write lock, with everything shipped: lets the log be reset by the next writer. */
  void checkpointUnpinned() throws SQLException {
    pin.rollback();
    checkpointer.checkpoint("PASSIVE");
    pin.beginRead();
  }

  /** Copies the log into the database file as far as readers allow, and syncs. */
  void checkpointPassive() throws SQLException {
    checkpointer.checkpoint("PASSIVE");
  }

  /** The version of the application's SQLite. */
  String sqliteVersion() throws SQLException {
    return locker.text("SELECT sqlite_version()");
  }

  /**
   * A read transaction whose commit is known exactly, to copy the database from.
   *
   * @return null when writers leave no gap; later they may
   */
  SnapshotPin snapshot(int users) throws SQLException {
    SqliteSession session = new SqliteSession(connections.openMaster());
    SnapshotPin pin = null;
    try {
      pin = snapshot(session, users);
      return pin;
    } finally {
      if (pin == null) {
        session.close();
      }
    }
  }

  /** The same on a connection that is open; it is the pin's from now on, unless that is null. */
  SnapshotPin snapshot(SqliteSession session, int users) throws SQLException {
    for (int i = 0; i < SNAPSHOT_TRIES; i++) {
      WalIndexHeader before = sample();
      session.beginRead();
      WalIndexHeader after = sample();
      if (before != null && after != null && before.sameLogState(after)) {
        return pinAt(session, after, users);
      }
      session.rollback();
    }
    return null;
  }

  private SnapshotPin pinAt(SqliteSession session, WalIndexHeader header, int users) {
    return new SnapshotPin(session, header, LogPosition.of(generation, header), db, wal, users);
  }

  /** Ends the pins but keeps the connections: checkpoints are free to finish. */
  void endPins() {
    pin.rollbackQuietly();
    spare.rollbackQuietly();
  }

  @Override
  public void close() {
    pin.close();
    spare.close();
    locker.close();
    checkpointer.close();
    try {
      wal.close();
    } catch (IOException e) {
      // It carries no locks and nothing was written.
    }
  }
}
