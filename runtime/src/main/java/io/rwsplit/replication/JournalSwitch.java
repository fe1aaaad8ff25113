package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches a master to WAL mode, and back. That it was switched by us, and from what, stands in the
 * lock file from before the switch until it was undone, so that a later run can undo it too.
 *
 * <p>A database file knows only whether it is in WAL mode; which of the rollback modes a connection
 * uses is its own affair, and DELETE is what each begins with. Used by one thread at a time, except
 * {@link #keepWal}.
 */
final class JournalSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(JournalSwitch.class);
  private static final int SWITCH_TRIES = 64;
  private static final int UNDO_TRIES = 20;
  private static final int RECORD_BYTES = 16;

  private volatile boolean keepWal;

  /** The application has asked for WAL mode itself: it is not ours to take away. */
  void keepWal() {
    keepWal = true;
  }

  /**
   * Tries for some milliseconds. Between the transactions of a busy writer there is little time,
   * and a try within one costs the writer a wait for our shared lock; so most tries are made only
   * while no journal is there (modes PERSIST and TRUNCATE always leave one).
   *
   * @param record the lock file; null where there is none
   * @return why it is not in WAL mode; null when it is
   */
  String switchToWal(SqliteSession session, Path path, FileChannel record)
      throws SQLException, IOException {
    Path journal = ReplicaFiles.beside(path, "-journal");
    for (int i = 1; i <= SWITCH_TRIES; i++) {
      if (i % 16 != 0 && Files.exists(journal)) {
        LockSupport.parkNanos(100_000);
        continue;
      }
      try {
        String before = session.text("PRAGMA journal_mode");
        write(record, before);
        String now = session.text("PRAGMA journal_mode=WAL");
        if (!"wal".equalsIgnoreCase(now)) {
          write(record, "");
          return "master " + path + " cannot be switched to WAL, it stays in mode " + now;
        }
        LOG.info("master {} was switched from journal mode {} to WAL", path, before);
        return null;
      } catch (SQLException e) {
        if (!SqliteSession.isBusy(e)) {
          throw e;
        }
      }
    }
    return "master " + path + " is in use; it will be switched to WAL when it is free";
  }

  /** True when the record says that we have switched the master. */
  boolean isToUndo(FileChannel record) throws IOException {
    return !read(record).isEmpty();
  }

  /**
   * Switches the master back, if nobody else has it open.
   *
   * @param inWal what the file's header says
   */
  void undo(FileChannel record, Path path, boolean inWal, SqliteConnections connections)
      throws SQLException, IOException {
    if (!inWal || keepWal) {
      write(record, "");
      return;
    }
    String before = read(record);
    try (SqliteSession session = new SqliteSession(connections.openMaster())) {
      for (int i = 0; i < UNDO_TRIES; i++) {
        try {
          String now = session.text("PRAGMA journal_mode=DELETE");
          if (!"wal".equalsIgnoreCase(now)) {
            write(record, "");
            LOG.info("master {} was switched back from WAL to journal mode {}", path, before);
            return;
          }
        } catch (SQLException e) {
          if (!SqliteSession.isBusy(e)) {
            throw e;
          }
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
    LOG.info(
        "master {} stays in WAL mode, others have it open; the next run that ends without them"
            + " switches it back",
        path);
  }

  private static String read(FileChannel record) throws IOException {
    if (record == null) {
      return "";
    }
    ByteBuffer bytes = ByteBuffer.allocate(RECORD_BYTES);
    int length = Math.max(0, Channels.readFully(record, bytes, 0));
    return new String(bytes.array(), 0, length, StandardCharsets.US_ASCII).trim();
  }

  private static void write(FileChannel record, String mode) throws IOException {
    if (record == null || read(record).equals(mode)) {
      return;
    }
    record.truncate(0);
    Channels.writeFully(record, ByteBuffer.wrap(mode.getBytes(StandardCharsets.US_ASCII)), 0);
    record.force(true);
  }
}
