package io.rwsplit.core;

import io.rwsplit.acknowledgement.Acknowledgement;
import io.rwsplit.config.Consistency;
import io.rwsplit.consistency.NewestWrite;
import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.replication.FeedState;
import io.rwsplit.replication.ReplicationTickets;
import io.rwsplit.replication.SqliteReplicator;
import java.time.Duration;

/** Read-your-writes and monotonic reads by the positions of our own replication. Thread-safe. */
final class ReplicationTracker implements WriteTracker {
  /** A failed read is waiting for the answer. */
  private static final Duration PROOF_PATIENCE = Duration.ofMillis(200);

  private final SqliteReplicator replicator;
  private final ReplicationTickets tickets;
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
    this.tickets = replicator.tickets();
    this.eventual = consistency == Consistency.EVENTUAL;
    this.newest = consistency.bindsAll() ? new NewestWrite() : null;
    this.jvms = consistency == Consistency.JVMS;
  }

  @Override
  public long wrote() {
    // Told to the other JVMs whatever this one is set to: they may want to know.
    long ticket = tickets.newWrite();
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
    return ticket != 0 ? ticket : tickets.newTicket();
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
    return jvms ? Math.max(newest.ticket(), tickets.newestWriteAnywhere()) : newest.ticket();
  }

  @Override
  public Object writeOpened() {
    return jvms ? tickets.writeOpened() : null;
  }

  @Override
  public void writeClosed(Object noted) {
    tickets.writeClosed(noted);
  }

  @Override
  public boolean mayCatchUp(int replica, long ticket, long nanos) {
    return replicator.state(replica) == FeedState.STREAMING
        && replicator.delayNanos(replica) < nanos;
  }

  @Override
  public boolean covers(int replica, long ticket) {
    return tickets.appliedTicket(replica) >= ticket;
  }

  @Override
  public long held(int replica) {
    return tickets.appliedTicket(replica);
  }

  @Override
  public long seenOn(int replica) {
    return eventual ? 0 : tickets.visibleBound(replica);
  }

  @Override
  public long seenOnMaster() {
    return eventual ? 0 : tickets.coveringTicket();
  }

  @Override
  public boolean isUnchangedSince(long ticket) {
    return tickets.isUnchangedSince(ticket, PROOF_PATIENCE);
  }
}
