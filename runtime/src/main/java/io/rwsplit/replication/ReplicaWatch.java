package io.rwsplit.replication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;

/**
 * Notices what others do to a replica's files while they are being fed: removed, replaced,
 * truncated, overwritten, made inaccessible.
 *
 * <p>The database file is written by our checkpoints only and the -wal by the feed thread only, so
 * any other change of their times is somebody else's. What our own writes hide (the same tick of
 * the file system's clock, a log that is always being written, a database file during a checkpoint)
 * is found by comparing contents: the log's header in every look, frames before they are copied
 * into the database file, and everything in turn by the {@link ReplicaSweep}. Not noticed: what was
 * overwritten and then written again by us; bytes of the wal-index behind its header. Not
 * thread-safe: the feed thread.
 */
final class ReplicaWatch {
  private static final int ACCESS_CHECKS = 3;

  private final ReplicaLog log;
  private final ReplicaSweep sweep;
  private final Path walPath;
  private final Path shmPath;
  private final Object dbIdentity;
  private final Object walIdentity;
  private final Object shmIdentity;
  private FileStat db;
  private long walModified;
  private long walWrites = -1;
  private int checks;

  ReplicaWatch(ReplicaLog log, ExecutorService workers) throws IOException {
    this.log = log;
    this.sweep = new ReplicaSweep(log, workers);
    walPath = ReplicaFiles.beside(log.path, "-wal");
    shmPath = ReplicaFiles.beside(log.path, "-shm");
    dbIdentity = OpenFiles.identity(log.path);
    walIdentity = OpenFiles.identity(walPath);
    shmIdentity = OpenFiles.identity(shmPath);
    settle();
  }

  /** Takes the database file as it is now: a checkpoint of ours has ended. */
  void settle() {
    db = FileStat.of(log.path);
    sweep.databaseWritten();
  }

  /**
   * Compares the database file's times: a checkpoint of ours is about to change them.
   *
   * @throws DamagedException when somebody else has
   */
  void checkDatabase() throws DamagedException {
    compareTimes(present(log.path, dbIdentity));
  }

  private void compareTimes(FileStat now) throws DamagedException {
    if (db == null || now.size != db.size || now.modifiedNanos != db.modifiedNanos) {
      throw new DamagedException(log.path + " was changed by somebody else");
    }
  }

  /**
   * Compares.
   *
   * @param checkpointing true while a checkpoint of ours writes to the database file
   * @throws DamagedException naming the file and what happened to it
   */
  void check(boolean checkpointing) throws IOException {
    FileStat nowDb = present(log.path, dbIdentity);
    FileStat nowWal = present(walPath, walIdentity);
    FileStat nowShm = present(shmPath, shmIdentity);
    if (++checks % ACCESS_CHECKS == 0) {
      requireAccess(log.path);
      requireAccess(walPath);
      requireAccess(shmPath);
      log.positions().reopenIfDeleted();
    }
    if (!checkpointing) {
      compareTimes(nowDb);
    }
    int frames = log.header().maxFrame;
    if (frames > 0 && nowWal.size < WalHeader.offset(frames + 1, log.pageSize())) {
      throw new DamagedException(walPath + " was truncated");
    }
    if (walWrites == log.walWrites() && nowWal.modifiedNanos != walModified) {
      throw new DamagedException(walPath + " was changed by somebody else");
    }
    walWrites = log.walWrites();
    walModified = nowWal.modifiedNanos;
    if (nowShm.size < log.mappedBytes()) {
      throw new DamagedException(shmPath + " was truncated");
    }
    if (!log.indexIsOurs()) {
      throw new DamagedException(shmPath + " was changed by somebody else");
    }
    if (!log.logHeaderIsOurs()) {
      throw new DamagedException("the header of " + walPath + " was changed by somebody else");
    }
    sweep.tick();
  }

  private static FileStat present(Path path, Object identity) throws DamagedException {
    FileStat now = FileStat.of(path);
    if (now == null) {
      throw new DamagedException(path + " was removed or made inaccessible");
    }
    if (!now.identity.equals(identity)) {
      throw new DamagedException(path + " was replaced");
    }
    return now;
  }

  private static void requireAccess(Path path) throws DamagedException {
    if (!Files.isReadable(path) || !Files.isWritable(path)) {
      throw new DamagedException(path + " was made inaccessible");
    }
  }
}
