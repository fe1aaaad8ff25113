package io.rwsplit.replication;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One commit pinned on the master and shown by a replica, both by read transactions, so that the
 * two can be compared.
 *
 * <p>The capture pins the commit, ships exactly up to it and marks the place in the replica's queue
 * ({@link #pinned}); the feed begins the replica's read transaction when it has applied what is
 * before the mark and nothing behind it ({@link #reached}): some microseconds each, and no writer
 * waits. Used by one comparing thread; the two calls come from the threads named.
 */
final class CheckPoint implements AutoCloseable {
  private final ReplicaFeed feed;
  private final SqliteSession master;
  private final SqliteSession replica;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile SnapshotPin pin;
  private volatile LogPiece mark;
  private volatile String failure;
  private volatile long tie;

  /** The replica's log at the commit; set with {@link #reached}. */
  private volatile WalIndexHeader replicaHeader;

  private volatile ReplicaLog log;

  /** Takes over both connections. */
  CheckPoint(ReplicaFeed feed, SqliteSession master, SqliteSession replica) {
    this.feed = feed;
    this.master = master;
    this.replica = replica;
  }

  SqliteSession masterSession() {
    return master;
  }

  SqliteSession replicaSession() {
    return replica;
  }

  /** The capture thread: the commit is pinned, and shipped. */
  void pinned(SnapshotPin taken, long ticket) {
    pin = taken;
    mark = LogPiece.ticketOnly(taken.position, ticket);
    if (!feed.offerMark(this, mark)) {
      fail("it does not stream");
    }
  }

  /** The feed thread: all before the mark is applied, nothing behind it. */
  void reached(ReplicaLog applied, long tieNumber) {
    LogPosition at = applied.position();
    if (at == null || at.salts != pin.position.salts || at.frame != pin.position.frame) {
      fail("it shows " + at + " instead of " + pin.position);
      return;
    }
    try {
      replica.beginRead();
      log = applied;
      replicaHeader = applied.liveHeader();
      tie = tieNumber;
      if (replicaHeader == null) {
        failure = "its index is unreadable";
      }
    } catch (SQLException e) {
      failure = "it cannot be read: " + e.getMessage();
    }
    done.countDown();
  }

  /** It cannot be had. */
  void fail(String why) {
    failure = why;
    done.countDown();
  }

  boolean isMark(LogPiece piece) {
    return piece == mark;
  }

  /** Waits for both transactions; null when they stand, else why they do not. */
  String await(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (!done.await(20, TimeUnit.MILLISECONDS)) {
      if (mark != null && !feed.isStreaming()) {
        return "it does not stream";
      }
      if (System.nanoTime() - deadline > 0) {
        return "its commit could not be pinned in time";
      }
    }
    return failure;
  }

  /** True when whatever was read until now was of one commit, on both sides. */
  boolean isIntact() {
    return pin.isIntact() && feed.isTied(tie);
  }

  DatabaseImage masterImage() throws IOException {
    return DatabaseImage.open(pin.db, pin.wal, pin.header);
  }

  DatabaseImage replicaImage() throws IOException {
    return DatabaseImage.open(log.db(), log.wal(), replicaHeader);
  }

  @Override
  public void close() {
    feed.forgetMark(this);
    SnapshotPin held = pin;
    if (held != null) {
      held.release();
    }
    // A second time for the master's, where that was the pin's.
    master.close();
    replica.close();
  }
}
