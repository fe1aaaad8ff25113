package io.rwsplit.replication;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
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
 * <p>Thread-safe.
 */
final class OpenFiles {
  private static final Map<Object, FileChannel> KEPT = new HashMap<Object, FileChannel>();
  private static final Object LOCK = new Object();

  private OpenFiles() {}

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
        FileChannel known = KEPT.get(key);
        if (known != null && known.isOpen()) {
          return known;
        }
        FileChannel opened = FileChannel.open(path, options);
        if (before.equals(identity(path))) {
          KEPT.put(key, opened);
          return opened;
        }
        // Replaced meanwhile; still never to be closed.
        KEPT.put(opened, opened);
      }
    }
    throw new IOException(path + " is being replaced again and again");
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
