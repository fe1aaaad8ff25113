package io.rwsplit.jdbc;

import io.rwsplit.pool.Lease;
import io.rwsplit.replication.OpenRead;
import io.rwsplit.replication.PublishedCommit;

/** A lease an application connection holds, with its open results. Guarded by the connection. */
final class HeldLease {
  /** A nested read shares the snapshot of an open result for at most this long. */
  private static final long SHARED_SNAPSHOT_NANOS = 1_000_000_000L;

  final Lease lease;
  final int replica;

  /** What the connection is reading; null where positions are not known. */
  final OpenRead read;

  /** Results that are not closed. */
  int open;

  /** Results that may have rows left: they keep the replica connection's snapshot. */
  int live;

  /** What the replica held when the oldest live result began. */
  long ticketHeld;

  /** The replica's epoch at that moment: an answer it gives after a restart belongs to another. */
  long epoch;

  /**
   * The commit its open results show; null when that is not known. Not of a connection whose file
   * was replaced: then what is published is another file's.
   */
  PublishedCommit commit() {
    PublishedCommit commit = read == null ? null : read.settle();
    return lease.isCurrent() ? commit : null;
  }

  /** When the oldest live result began, by {@link System#nanoTime()}. */
  long since;

  HeldLease(Lease lease, int replica, OpenRead read) {
    this.read = read;
    this.lease = lease;
    this.replica = replica;
  }

  /** True when a further read may show the snapshot of the results that have rows left. */
  boolean mayShare(long needed) {
    return live != 0 && needed <= ticketHeld && System.nanoTime() - since < SHARED_SNAPSHOT_NANOS;
  }

  /** True when no result has rows left, and its next read does not begin on a replaced file. */
  boolean mayJoin() {
    return live == 0 && lease.isCurrent();
  }
}
