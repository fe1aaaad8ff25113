package io.rwsplit.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A commit that the {@link Retention} has kept, written to a database file of its own.
 *
 * <p>Its pages come from the master: what they held before they were changed where that was kept,
 * else frames of the log up to the commit, with verified salts and checksums, else the database
 * file. The file is in rollback mode, so that it needs no log of its own, and is otherwise equal to
 * the replica at that commit. Nobody is kept waiting while it is written.
 */
final class PastImage {
  private static final String INFIX = "-rwsplit-past-";
  private static final long MAX_BYTES = 1L << 29;
  private static final int BLOCK = 1 << 18;
  private static final long TRY_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int WRITE_VERSION_OFFSET = 18;
  private static final int READ_VERSION_OFFSET = 19;
  private static final byte ROLLBACK_MODE = 1;
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Retention retention;
  private final PublishedCommit commit;
  private final OpenRead read;
  private final long deadline;

  /**
   * @param deadline by {@link System#nanoTime}
   */
  PastImage(Retention retention, OpenRead read, PublishedCommit commit, long deadline) {
    this.retention = retention;
    this.read = read;
    this.commit = commit;
    this.deadline = deadline;
  }

  /** Removes what a killed process has left behind. */
  static void cleanUp(Path replica) throws IOException {
    Path directory = replica.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
      for (Path each : left) {
        if (isImageOf(replica, each.getFileName().toString())) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  private static boolean isImageOf(Path replica, String name) {
    return name.startsWith(replica.getFileName() + INFIX);
  }

  /**
   * Writes the file beside the replica.
   *
   * @throws IOException when the commit is not kept, is too large, or the master was let go of
   */
  Path writeBeside(Path replica) throws IOException {
    if (!retention.hold(deadline)) {
      throw new IOException("the master's log is just being reset");
    }
    Path file = null;
    try {
      file = create(replica);
      while (true) {
        try {
          write(file);
          return file;
        } catch (ContinuityException e) {
          // The log began anew; it cannot do so twice while the floor is held.
          if (System.nanoTime() - deadline > 0) {
            throw e;
          }
          LockSupport.parkNanos(TRY_PAUSE);
        }
      }
    } catch (IOException | RuntimeException e) {
      if (file != null) {
        Files.deleteIfExists(file);
      }
      throw e;
    } finally {
      retention.letGo();
    }
  }

  /** Beside the replica, or where that cannot be (it may be the damage), where files for now go. */
  private static Path create(Path replica) throws IOException {
    String suffix = INFIX + System.nanoTime() + "-" + NUMBERS.incrementAndGet();
    Path beside = ReplicaFiles.beside(replica, suffix);
    try {
      Files.createDirectories(beside.getParent());
      return Files.createFile(beside);
    } catch (IOException e) {
      return Files.createTempFile(replica.getFileName().toString(), suffix);
    }
  }

  private void write(Path file) throws IOException {
    Retention.Kept kept = retention.kept();
    FrameOrder order = retention.order();
    if (kept == null || order == null || !order.isSameAttachment(kept.order)) {
      throw new IOException("the master is not being followed");
    }
    long place = order.placeOf(commit);
    if (place < kept.from || !read.isKept(commit, place)) {
      throw new IOException(
          "its commit was not kept: " + place + ", kept are those from " + kept.from + " on");
    }
    WalHeader log = WalHeader.read(kept.log.wal());
    PastMaster image = image(kept, order, place, log);
    long bytes = commit.pages * (long) image.pageSize();
    Path directory = file.toAbsolutePath().getParent();
    if (bytes > MAX_BYTES || bytes > Files.getFileStore(directory).getUsableSpace() / 2) {
      throw new IOException("it is too large: " + (bytes >> 20) + " MiB");
    }
    copy(image, file);
    WalHeader after = WalHeader.read(kept.log.wal());
    if (log != null && (after == null || after.salts != log.salts)) {
      throw new ContinuityException("the master's log began anew");
    }
    if (retention.kept() != kept) {
      throw new IOException("the master was let go of");
    }
  }

  private PastMaster image(Retention.Kept kept, FrameOrder order, long place, WalHeader log)
      throws IOException {
    LogPosition base = place < kept.floor ? kept.floorPosition : commit.position;
    PastMaster image = new PastMaster(kept, place, log);
    if (log != null && log.salts == base.salts) {
      boolean sameAsFloor = base.salts == kept.floorPosition.salts;
      int after = base.frame - (sameAsFloor ? kept.floorPosition.frame : 0);
      image.overlay(base, sameAsFloor, retention.pagesAfterFloor(), after);
    } else if (base.frame > 0
        && (log == null
            || order.currentSalts() != log.salts
            || order.currentStart() != order.placeOf(base))) {
      throw new ContinuityException("the log of " + base + " is gone");
    }
    return image;
  }

  private void copy(PastMaster image, Path file) throws IOException {
    int pageSize = image.pageSize();
    int block = Math.max(1, BLOCK / pageSize);
    byte[] bytes = new byte[block * pageSize];
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
      for (int first = 1; first <= commit.pages; first += block) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("it takes too long");
        }
        int count = Math.min(block, commit.pages - first + 1);
        image.read(first, count, bytes);
        if (first == 1) {
          bytes[WRITE_VERSION_OFFSET] = ROLLBACK_MODE;
          bytes[READ_VERSION_OFFSET] = ROLLBACK_MODE;
        }
        Channels.writeFully(
            out, ByteBuffer.wrap(bytes, 0, count * pageSize), (first - 1L) * pageSize);
      }
    }
  }
}
