package io.rwsplit.core;

import io.rwsplit.acknowledgement.Acknowledgement;
import io.rwsplit.config.Consistency;
import io.rwsplit.consistency.NewestWrite;
import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.replication.FeedState;
import io.rwsplit.replication.SqliteReplicator;
import java.time.Duration;

/** Read-your-writes and monotonic reads by the positions of our own replication. Thread-safe. */
final class ReplicationTracker implements WriteTracker {
  /** A failed read is waiting for the answer. */
  private static final Duration PROOF_PATIENCE = Duration.ofMillis(200);

  private final SqliteReplicator replicator;
  private final boolean eventual;
  private final boolean jvms;

  /** Null when a write binds its own session only. */
  private final NewestWrite newest;

  /** Null when commits wait for no replica. */
  private final Acknowledgement acknowledgement;

  /**
   * @param consistency {@code EVENTUAL}: writes still wake the replicator, but no read waits for
   *     them
   * @param acknowledgement null when commits wait for no replica
   */
  ReplicationTracker(
      SqliteReplicator replicator, Consistency consistency, Acknowledgement acknowledgement) {
    this.acknowledgement = acknowledgement;
    this.replicator = replicator;
    this.eventual = consistency == Consistency.EVENTUAL;
    this.newest = consistency.bindsAll() ? new NewestWrite() : null;
    this.jvms = consistency == Consistency.JVMS;
  }

  @Override
  public long wrote() {
    // Told to the other JVMs whatever this one is set to: they may want to know.
    long ticket = replicator.newWrite();
    if (newest != null) {
      newest.raise(ticket);
    }
    return eventual ? 0 : ticket;
  }

  @Override
  public long owed(long ticket) {
    if (acknowledgement == null) {
      return 0;
    }
    return ticket != 0 ? ticket : replicator.newTicket();
  }

  @Override
  public void awaitReplicas(long owed) {
    acknowledgement.await(owed);
  }

  @Override
  public long newestWrite() {
    if (newest == null) {
      return 0;
    }
    return jvms ? Math.max(newest.ticket(), replicator.newestWriteAnywhere()) : newest.ticket();
  }

  @Override
  public Object writeOpened() {
    return jvms ? replicator.writeOpened() : null;
  }

  @Override
  public void writeClosed(Object noted) {
    replicator.writeClosed(noted);
  }

  @Override
  public boolean mayCatchUp(int replica, long ticket, long nanos) {
    return replicator.state(replica) == FeedState.STREAMING
        && replicator.delayNanos(replica) < nanos;
  }

  @Override
  public boolean covers(int replica, long ticket) {
    return replicator.appliedTicket(replica) >= ticket;
  }

  @Override
  public long held(int replica) {
    return replicator.appliedTicket(replica);
  }

  @Override
  public long seenOn(int replica) {
    return eventual ? 0 : replicator.visibleBound(replica);
  }

  @Override
  public long seenOnMaster() {
    return eventual ? 0 : replicator.coveringTicket();
  }

  @Override
  public boolean isUnchangedSince(long ticket) {
    return replicator.isUnchangedSince(ticket, PROOF_PATIENCE);
  }
}
