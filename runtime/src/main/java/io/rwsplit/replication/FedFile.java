package io.rwsplit.replication;

import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Which file a replica's readers may open: the one that is fed, not another one that somebody has
 * put in its place.
 *
 * <p>Such a one has other rows. And to SQLite its -shm is one that nobody in the system uses, since
 * a process does not see locks of its own: the first connection of the same process cuts it off,
 * which ends the JVM (SIGBUS) when a reader of the former file is just looking into it.
 *
 * <p>Thread-safe; told by the feed thread.
 */
final class FedFile {
  private final Path replica;

  /** Hash of its identity; 0 before it is known. */
  private volatile long identity;

  FedFile(Path replica) {
    this.replica = replica;
  }

  /** This one is fed from now on, by this JVM or another one. */
  void is(long file) {
    identity = file;
  }

  /** Hash of the identity of the file now in the replica's place; 0 when there is none. */
  long now() {
    Object found = OpenFiles.identityOrNull(MasterFile.real(replica));
    return found == null ? 0 : PositionFile.hash(found.toString());
  }

  /** True when there is a file in its place that is not the one that was fed last. */
  boolean isReplaced() {
    long known = identity;
    long found = known == 0 ? 0 : now();
    return found != 0 && found != known;
  }

  /**
   * Does nothing before it is known which file is fed.
   *
   * @throws SQLException when the file in the replica's place is another one
   */
  void requireInPlace() throws SQLException {
    if (isReplaced()) {
      throw new SQLException(replica + " was replaced by another file than the one that is fed");
    }
  }
}
