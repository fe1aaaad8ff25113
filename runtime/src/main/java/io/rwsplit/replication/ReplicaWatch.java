package io.rwsplit.replication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Notices by stat what others do to a replica's files while they are being fed: removed, replaced,
 * truncated, overwritten, made inaccessible.
 *
 * <p>The database file is written by our checkpoints only and the -wal by the feed thread only, so
 * any other change of their times is somebody else's. Not noticed: bytes changed within the same
 * tick of the file system's clock as a write of ours. Not thread-safe: the feed thread.
 */
final class ReplicaWatch {
  private static final int ACCESS_CHECKS = 3;

  private final ReplicaLog log;
  private final Path walPath;
  private final Path shmPath;
  private final Object dbIdentity;
  private final Object walIdentity;
  private final Object shmIdentity;
  private FileStat db;
  private long walModified;
  private long walWrites = -1;
  private int checks;

  ReplicaWatch(ReplicaLog log) throws IOException {
    this.log = log;
    walPath = ReplicaLog.beside(log.path, "-wal");
    shmPath = ReplicaLog.beside(log.path, "-shm");
    dbIdentity = OpenFiles.identity(log.path);
    walIdentity = OpenFiles.identity(walPath);
    shmIdentity = OpenFiles.identity(shmPath);
    settle();
  }

  /** Takes the database file as it is now: a checkpoint of ours has ended. */
  void settle() {
    db = FileStat.of(log.path);
  }

  /**
   * Compares.
   *
   * @param checkpointing true while a checkpoint of ours writes to the database file
   * @throws DamagedException naming the file and what happened to it
   */
  void check(boolean checkpointing) throws DamagedException {
    FileStat nowDb = present(log.path, dbIdentity);
    FileStat nowWal = present(walPath, walIdentity);
    FileStat nowShm = present(shmPath, shmIdentity);
    if (++checks % ACCESS_CHECKS == 0) {
      requireAccess(log.path);
      requireAccess(walPath);
      requireAccess(shmPath);
      log.positions().reopenIfDeleted();
    }
    if (!checkpointing
        && (db == null || nowDb.size != db.size || nowDb.modifiedNanos != db.modifiedNanos)) {
      throw new DamagedException(log.path + " was changed by somebody else");
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
