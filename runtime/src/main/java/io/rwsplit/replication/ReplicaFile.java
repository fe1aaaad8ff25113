package io.rwsplit.replication;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A replica to be fed: its index in the caller's list, its name for reports, its file. Immutable.
 */
public final class ReplicaFile {
  private final int index;
  private final String name;
  private final Path path;

  /** A replica; {@code path} need not exist. */
  public ReplicaFile(int index, String name, Path path) {
    this.index = index;
    this.name = Objects.requireNonNull(name);
    this.path = Objects.requireNonNull(path).toAbsolutePath().normalize();
  }

  /** Position in the list the replicator was given. */
  public int index() {
    return index;
  }

  /** Name for logs and reports. */
  public String name() {
    return name;
  }

  /** Absolute path of the database file. */
  public Path path() {
    return path;
  }

  @Override
  public String toString() {
    return name + " (" + path + ")";
  }
}
