package io.rwsplit.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Channels on -db and -shm files, kept open for the life of the JVM.
 *
 * <p>POSIX drops all of a process's locks on a file when the process closes <em>any</em> descriptor
 * of it. SQLite holds such locks on the database and the -shm file; a channel closed here would
 * silently unlock them and let another process delete a live log ("How To Corrupt An SQLite
 * Database File", section 2.2). So a channel opened once is kept and used again, by file identity.
 * The map is static because an unreachable channel would be closed by its cleaner.
 *
 * <p>Where the system tells which files a process has open, channels on files that have no name any
 * more are closed once nobody else in this process has them open: there is no lock to lose, and the
 * disk gets its space back.
 *
 * <p>Thread-safe.
 */
final class OpenFiles {
  private static final Path DESCRIPTORS = Paths.get("/proc/self/fd");
  private static final Map<Object, Kept> KEPT = new HashMap<Object, Kept>();
  private static final Object LOCK = new Object();

  private OpenFiles() {}

  private static final class Kept {
    final Object identity;
    final FileChannel channel;

    Kept(Object identity, FileChannel channel) {
      this.identity = identity;
      this.channel = channel;
    }
  }

  /** A readable channel on the file now at {@code path}. */
  static FileChannel readable(Path path) throws IOException {
    return open(path, "r", StandardOpenOption.READ);
  }

  /** A readable and writable channel on the existing file now at {@code path}. */
  static FileChannel writable(Path path) throws IOException {
    return open(path, "rw", StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static FileChannel open(Path path, String mode, OpenOption... options)
      throws IOException {
    for (int i = 0; i < 5; i++) {
      Object before = identity(path);
      Object key = mode + before;
      synchronized (LOCK) {
        Kept known = KEPT.get(key);
        if (known != null && known.channel.isOpen()) {
          return known.channel;
        }
        closeNameless();
        FileChannel opened = FileChannel.open(path, options);
        if (before.equals(identity(path))) {
          KEPT.put(key, new Kept(before, opened));
          return opened;
        }
        // Replaced meanwhile, and which of the files it is nobody knows: never to be closed.
        KEPT.put(opened, new Kept(opened, opened));
      }
    }
    throw new IOException(path + " is being replaced again and again");
  }

  /**
   * A file without a name can be opened by nobody any more; so when all descriptors on it are ours,
   * no lock of SQLite's goes with them.
   */
  private static void closeNameless() {
    Map<Object, Integer> nameless = new HashMap<Object, Integer>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : descriptors) {
        count(descriptor, nameless);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return;
    }
    for (Kept kept : KEPT.values()) {
      Integer count = nameless.get(kept.identity);
      if (count != null) {
        nameless.put(kept.identity, count - 1);
      }
    }
    for (Iterator<Kept> each = KEPT.values().iterator(); each.hasNext(); ) {
      Kept kept = each.next();
      Integer others = nameless.get(kept.identity);
      if (others != null && others == 0) {
        each.remove();
        try {
          kept.channel.close();
        } catch (IOException e) {
          // It was only read, or is of no use any more.
        }
      }
    }
  }

  private static void count(Path descriptor, Map<Object, Integer> nameless) {
    try {
      Map<String, Object> found = Files.readAttributes(descriptor, "unix:nlink,fileKey");
      if (((Number) found.get("nlink")).intValue() == 0 && found.get("fileKey") != null) {
        Integer before = nameless.get(found.get("fileKey"));
        nameless.put(found.get("fileKey"), before == null ? 1 : before + 1);
      }
    } catch (IOException | RuntimeException e) {
      // Closed meanwhile, or no file: nothing of ours then.
    }
  }

  /** How many channels are kept; for tests. */
  static int count() {
    synchronized (LOCK) {
      return KEPT.size();
    }
  }

  /**
   * Device and inode of the file at {@code path}; where the platform has none, its creation time.
   */
  static Object identity(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    return key != null ? key : attributes.creationTime();
  }

  /** {@link #identity}, or null when there is no such file or it cannot be reached. */
  static Object identityOrNull(Path path) {
    try {
      return identity(path);
    } catch (IOException e) {
      return null;
    }
  }
}
