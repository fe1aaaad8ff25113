package io.rwsplit.replication;

import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A read transaction on the master that keeps one commit readable page by page for the replicas
 * that copy it. Shared; the last user ends it. Thread-safe.
 */
final class SnapshotPin {
  final WalIndexHeader header;
  final LogPosition position;
  final FileChannel db;
  final FileChannel wal;
  private final SqliteSession session;
  private final AtomicInteger users;
  private volatile boolean broken;
  private volatile long touched = System.nanoTime();

  SnapshotPin(
      SqliteSession session,
      WalIndexHeader header,
      LogPosition position,
      FileChannel db,
      FileChannel wal,
      int users) {
    this.session = session;
    this.header = header;
    this.position = position;
    this.db = db;
    this.wal = wal;
    this.users = new AtomicInteger(users);
  }

  /** A user has got on with its copy. */
  void touch() {
    touched = System.nanoTime();
  }

  /** Nanoseconds since a user got on. */
  long idleNanos() {
    return System.nanoTime() - touched;
  }

  /** One user less. */
  void release() {
    if (users.decrementAndGet() == 0) {
      session.close();
    }
  }

  boolean isReleased() {
    return users.get() <= 0;
  }

  /** Ends the transaction under its users: what they read until now counts for nothing. */
  void breakOff() {
    broken = true;
    if (users.getAndSet(Integer.MIN_VALUE / 2) > 0) {
      session.close();
    }
  }

  /** True when everything read before this call was pinned. */
  boolean isIntact() {
    return !broken;
  }
}
