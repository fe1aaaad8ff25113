package io.rwsplit.replication;

import io.rwsplit.replication.ReplicationSettings.WalMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master's file before it is attached: whether it is there, in WAL mode, and ours to replicate.
 * Creates nothing but the lock file. Not thread-safe.
 */
final class MasterFile {
  static final String LOCK_SUFFIX = "-rwsplit-lock";
  private static final long QUIET_PATIENCE = 8_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(MasterFile.class);
  private static final long AGAIN = 1_000_000_000;
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private final Path configured;
  private final WalMode walMode;
  private final WriterGate gate;
  private FileLock lock;
  private Path lockedFor;
  private Object lockIdentity;
  private FileChannel record;
  private final JournalSwitch journal = new JournalSwitch();

  /** Why the last attempt to switch to WAL failed for good, as far as one can tell. */
  private String refusal;

  private long refusedAt;

  MasterFile(Path configured, WalMode walMode, WriterGate gate) {
    this.configured = configured;
    this.walMode = walMode;
    this.gate = gate;
  }

  /** SQLite names the -wal after the file a link points to; so must we. */
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      // Not there yet.
    }
    try {
      Path parent = path.toAbsolutePath().getParent();
      return parent == null ? path : parent.toRealPath().resolve(path.getFileName());
    } catch (IOException e) {
      return path;
    }
  }

  Path path() {
    return real(configured);
  }

  /** False while there is no place for a master. */
  boolean hasDirectory() {
    Path parent = path().getParent();
    return parent == null || Files.isDirectory(parent);
  }

  /** True when this JVM holds, or now got, the lock of the one that replicates this master. */
  boolean lock() throws IOException {
    if (isHeld()) {
      return true;
    }
    unlock();
    Path path = path();
    Path lockPath = ReplicaFiles.beside(path, LOCK_SUFFIX);
    if (!Files.exists(lockPath)) {
      create(lockPath);
    }
    Object identity = OpenFiles.identity(lockPath);
    // Never closed: that would end the lock of whoever else holds it in this process.
    FileChannel channel = OpenFiles.writable(lockPath);
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return false;
    }
    record = channel;
    lockedFor = path;
    lockIdentity = identity;
    if (lock != null && !isHeld()) {
      unlock();
    }
    return lock != null;
  }

  private static void create(Path path) throws IOException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      // Somebody else was first.
    }
  }

  /** True while the lock is held, on the file that others would lock now. */
  boolean isHeld() {
    return lock != null
        && lock.isValid()
        && lockedFor.equals(path())
        && lockIdentity.equals(
            OpenFiles.identityOrNull(ReplicaFiles.beside(lockedFor, LOCK_SUFFIX)));
  }

  void unlock() {
    try {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException e) {
      // The lock ends with the process.
    }
    lock = null;
  }

  /** Why the master cannot be attached to yet; null when it can. Takes no SQLite lock. */
  String obstacle() throws IOException {
    Path path = path();
    FileStat stat = FileStat.of(path);
    if (stat == null) {
      return "master " + path + " does not exist yet";
    }
    if (Files.isDirectory(path)) {
      return "master " + path + " is a directory";
    }
    if (stat.size == 0) {
      return "master " + path + " is empty yet";
    }
    ByteBuffer head = head(path);
    if (head.position() < 100) {
      return "master " + path + " is being created";
    }
    return null;
  }

  private static ByteBuffer head(Path path) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(100);
    Channels.readFully(OpenFiles.readable(path), head, 0);
    return head;
  }

  /**
   * Makes sure that the master is one to replicate, in WAL mode.
   *
   * @param choice how the application has chosen another mode; null when it has not
   * @return why it is none; null when it is one
   */
  String ensureWal(SqliteConnections connections, String choice) throws IOException, SQLException {
    Path path = path();
    ByteBuffer head = head(path);
    for (int i = 0; i < MAGIC.length; i++) {
      if (head.get(i) != MAGIC[i]) {
        return "master "
            + path
            + " is not a SQLite database, or is encrypted: it is not replicated";
      }
    }
    if (head.get(18) == 2) {
      return null;
    }
    if (walMode == WalMode.OFF) {
      return "master " + path + " is not in WAL mode, and switching it is turned off";
    }
    if (choice != null) {
      return "master " + path + " " + choice;
    }
    String network = NetworkFiles.typeOf(path);
    if (network != null) {
      return "master "
          + path
          + " is on a network file system ("
          + network
          + "), where WAL mode is not safe; it is not switched";
    }
    if (System.nanoTime() - refusedAt < AGAIN && refusal != null) {
      return refusal;
    }
    refusal = null;
    try (SqliteSession session = new SqliteSession(connections.openMaster())) {
      gate.close();
      if (!awaitQuiet()) {
        return "master " + path + " is in use; it will be switched to WAL when it is free";
      }
      gate.locked();
      return journal.switchToWal(session, path, lock == null ? null : record);
    } catch (SQLException e) {
      if (SqliteSession.isBusy(e)) {
        throw e;
      }
      refusal = "master " + path + " cannot be switched to WAL: " + e.getMessage();
      refusedAt = System.nanoTime();
      return refusal;
    } finally {
      gate.open();
    }
  }

  private boolean awaitQuiet() {
    long deadline = System.nanoTime() + QUIET_PATIENCE;
    while (!gate.isQuiet()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(50_000);
    }
    return true;
  }

  /** See {@link SqliteReplicator#keepWal}. */
  void keepWal() {
    journal.keepWal();
  }

  /** Switches the master back to what it was; to be called with nothing of ours attached. */
  void undoWal(SqliteConnections connections) {
    Path path = path();
    try {
      if (lock != null && journal.isToUndo(record) && obstacle() == null) {
        journal.undo(record, path, head(path).get(18) == 2, connections);
      }
    } catch (IOException | SQLException e) {
      LOG.warn("master {} stays in WAL mode: {}", path, e.getMessage());
    }
  }
}
