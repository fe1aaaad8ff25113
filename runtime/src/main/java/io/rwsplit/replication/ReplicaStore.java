package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica's file through its generations: opened, compared and repaired, or built anew beside the
 * old one and moved into its place.
 *
 * <p>A file is overwritten only if it is a database; a file that is none and has no position record
 * of ours beside it is left alone. Not thread-safe: the feed thread.
 */
final class ReplicaStore {
  static final String NEW_SUFFIX = "-rwsplit-new";
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaStore.class);
  private static final String MAGIC = "SQLite format 3\0";
  private static final int BLOCK = 1 << 18;

  private final ReplicaFile replica;
  private final Path master;
  private final OwnedConnections connections;
  private final FeedTeller teller;
  private final Publications publications;
  private ReplicaLog log;
  private boolean mustBuild;

  ReplicaStore(
      ReplicaFile replica,
      Path master,
      SqliteConnections connections,
      FeedTeller teller,
      Publications publications) {
    this.publications = publications;
    this.replica = replica;
    this.master = master;
    this.connections = new OwnedConnections(connections);
    this.teller = teller;
  }

  /** Removes what earlier processes may have left beside the replica. */
  void cleanUp() {
    try {
      PastImage.cleanUp(replica.path());
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("{}: what is left of an earlier run stays", replica, e);
    }
  }

  private Path path() {
    return MasterFile.real(replica.path());
  }

  /** The opened file; null before {@link #open} and when it must be built. */
  ReplicaLog log() {
    return log;
  }

  /** Why the file that was just opened is not trusted; null when nothing speaks against it. */
  String doubt() {
    return log != null && log.wasChanged()
        ? "it is not as it was left: written to by somebody else, or its last run was cut off"
        : null;
  }

  /** The file is not to be repaired but built anew. */
  void condemn() {
    mustBuild = true;
  }

  /**
   * Opens what is there; afterwards {@link #log} is null when the file has to be built.
   *
   * @return the master's position the file is known to equal, or null
   */
  LogPosition open() throws IOException, SQLException {
    Path path = path();
    if (path.equals(MasterFile.real(master))) {
      throw new IOException("replica " + path + " is the master itself");
    }
    if (mustBuild || log != null) {
      return log == null || mustBuild ? null : log.position();
    }
    FileStat stat = FileStat.of(path);
    if (stat == null || stat.size == 0) {
      createParent(path);
      mustBuild = true;
      return null;
    }
    boolean ours = Files.exists(PositionFile.pathOf(path));
    if (!isDatabase(path)) {
      if (!ours) {
        throw new IOException(
            "replica " + path + " is not a SQLite database; it will not be overwritten");
      }
      mustBuild = true;
      return null;
    }
    if (teller.fed().isReplaced()) {
      // Readers may still have the former one open: see FedFile.
      mustBuild = true;
      return null;
    }
    try {
      log = openLog(path);
    } catch (SQLException e) {
      if (SqliteSession.isBusy(e)) {
        throw new IOException("replica " + path + " is locked by somebody else", e);
      }
      if (!ours) {
        throw new IOException("replica " + path + " cannot be opened: " + e.getMessage(), e);
      }
      mustBuild = true;
      return null;
    }
    if (!ours) {
      LOG.warn("replica {} exists and was not made here: it is made equal to the master", path);
    }
    return log.recordedPosition();
  }

  private ReplicaLog openLog(Path path) throws IOException, SQLException {
    ReplicaLog opened = ReplicaLog.open(replica, path, connections);
    opened.publishTo(publications);
    teller.opened(opened.inode);
    return opened;
  }

  private static void createParent(Path path) throws IOException {
    if (path.getParent() != null) {
      Files.createDirectories(path.getParent());
    }
  }

  private static boolean isDatabase(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return false;
    }
    ByteBuffer head = ByteBuffer.allocate(16);
    Channels.readFully(OpenFiles.readable(path), head, 0);
    return new String(head.array(), StandardCharsets.ISO_8859_1).equals(MAGIC);
  }

  /**
   * Makes the replica equal to a pinned commit of the master.
   *
   * @return pages written
   */
  int copy(SnapshotPin pin) throws IOException, SQLException {
    DatabaseImage source = DatabaseImage.open(pin.db, pin.wal, pin.header);
    if (log != null && !mustBuild && log.pageSize() == source.pageSize()) {
      DatabaseImage own = ownImage();
      if (own != null) {
        return repair(source, own, pin);
      }
    }
    build(source, pin);
    return source.pages();
  }

  private DatabaseImage ownImage() {
    try {
      return log.image();
    } catch (IOException e) {
      LOG.warn("replica {} is built anew: {}", log.path, e.getMessage());
      return null;
    }
  }

  private int repair(DatabaseImage source, DatabaseImage own, SnapshotPin pin) throws IOException {
    int pageSize = source.pageSize();
    int block = Math.max(1, BLOCK / pageSize);
    byte[] theirs = new byte[block * pageSize];
    byte[] ours = new byte[block * pageSize];
    byte[] held = new byte[pageSize];
    int heldPage = 0;
    int differing = 0;
    int lockBytePage = (1 << 30) / pageSize + 1;
    Progress progress = new Progress("comparing", log.path, source.pages(), pageSize);
    log.unstage();
    try {
      for (int first = 1; first <= source.pages(); first += block) {
        int count = Math.min(block, source.pages() - first + 1);
        int known = Math.max(0, Math.min(count, own.pages() - first + 1));
        source.read(first, count, theirs);
        own.read(first, known, ours);
        for (int i = 0; i < count; i++) {
          if ((i < known && equal(theirs, ours, i * pageSize, pageSize))
              || first + i == lockBytePage) {
            continue;
          }
          if (heldPage != 0) {
            log.stagePage(heldPage, held, 0);
          }
          System.arraycopy(theirs, i * pageSize, held, 0, pageSize);
          heldPage = first + i;
          differing++;
        }
        progress.at(first + count - 1, System.nanoTime());
        pin.touch();
      }
      if (heldPage == 0 && own.pages() != source.pages()) {
        source.read(1, 1, held);
        heldPage = 1;
      }
      requireIntact(pin);
      if (heldPage == 0) {
        log.adopt(pin.position);
      } else {
        log.commitPage(heldPage, source.pages(), held, 0, pin.position);
      }
    } catch (IOException | RuntimeException e) {
      log.unstage();
      throw e;
    }
    LOG.info(
        "replica {} was compared with the master: {} of {} pages differed",
        log.path,
        differing,
        source.pages());
    return differing;
  }

  private static boolean equal(byte[] a, byte[] b, int offset, int length) {
    return ByteBuffer.wrap(a, offset, length).equals(ByteBuffer.wrap(b, offset, length));
  }

  private static void requireIntact(SnapshotPin pin) throws ContinuityException {
    if (!pin.isIntact()) {
      throw new ContinuityException("the master was let go of during the copy");
    }
  }

  private void build(DatabaseImage source, SnapshotPin pin) throws IOException, SQLException {
    Path path = path();
    createParent(path);
    Path fresh = ReplicaFiles.beside(path, NEW_SUFFIX);
    Files.deleteIfExists(fresh);
    write(source, pin, fresh);
    requireIntact(pin);
    try {
      teller.replacing(Files.exists(path));
      close();
      // First the name, so that nobody can open the old file with the new file's log, or reverse.
      Files.deleteIfExists(path);
      Files.deleteIfExists(ReplicaFiles.beside(path, "-wal"));
      Files.deleteIfExists(ReplicaFiles.beside(path, "-shm"));
      Files.deleteIfExists(ReplicaFiles.beside(path, "-journal"));
      Files.deleteIfExists(PositionFile.pathOf(path));
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      log = openLog(path);
      log.adopt(pin.position);
      mustBuild = false;
    } finally {
      teller.replaced();
    }
    LOG.info("replica {} was copied from the master: {} pages", path, source.pages());
  }

  private static void write(DatabaseImage source, SnapshotPin pin, Path fresh) throws IOException {
    int pageSize = source.pageSize();
    int block = Math.max(1, BLOCK / pageSize);
    byte[] bytes = new byte[block * pageSize];
    Progress progress = new Progress("copying to", fresh, source.pages(), pageSize);
    try (FileChannel out =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int first = 1; first <= source.pages(); first += block) {
        int count = Math.min(block, source.pages() - first + 1);
        source.read(first, count, bytes);
        Channels.writeFully(
            out, ByteBuffer.wrap(bytes, 0, count * pageSize), (first - 1L) * pageSize);
        progress.at(first + count - 1, System.nanoTime());
        pin.touch();
      }
    }
  }

  /** Closes without ceremony; a later {@link #open} decides anew what the file holds. */
  void close() {
    if (log != null) {
      publications.forget();
      log.restoreIndex();
      log.close();
      log = null;
    }
    connections.closeLeft();
  }

  /** Closes leaving a whole, resumable file. */
  void closeWhole() {
    if (log != null) {
      publications.forget();
      log.closeWhole();
      log = null;
    }
    connections.closeLeft();
  }
}
