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
  private final long delayNanos;

  /** A replica; {@code path} need not exist. */
  public ReplicaFile(int index, String name, Path path) {
    this(index, name, path, 0);
  }

  private ReplicaFile(int index, String name, Path path, long delayNanos) {
    this.index = index;
    this.name = Objects.requireNonNull(name);
    this.path = Objects.requireNonNull(path).toAbsolutePath().normalize();
    this.delayNanos = delayNanos;
  }

  /** The same, kept {@code nanos} behind its master on purpose. */
  public ReplicaFile delayedBy(long nanos) {
    return new ReplicaFile(index, name, path, nanos);
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

  /** How far it is kept behind on purpose, in nanoseconds; 0: as close as it goes. */
  public long delayNanos() {
    return delayNanos;
  }

  @Override
  public String toString() {
    return name + " (" + path + ")";
  }
}
