package io.rwsplit.core;

import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.replication.SqliteReplicator;
import java.time.Duration;

/** Read-your-writes by the positions of our own replication. Thread-safe. */
final class ReplicationTracker implements WriteTracker {
  /** A failed read is waiting for the answer. */
  private static final Duration PROOF_PATIENCE = Duration.ofMillis(200);

  private final SqliteReplicator replicator;
  private final boolean readAfterWrite;

  /**
   * @param readAfterWrite false: writes still wake the replicator, but no read waits for them
   */
  ReplicationTracker(SqliteReplicator replicator, boolean readAfterWrite) {
    this.replicator = replicator;
    this.readAfterWrite = readAfterWrite;
  }

  @Override
  public long wrote() {
    long ticket = replicator.newTicket();
    return readAfterWrite ? ticket : 0;
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
    return readAfterWrite ? replicator.visibleBound(replica) : 0;
  }

  @Override
  public long seenOnMaster() {
    return readAfterWrite ? replicator.newestTicket() : 0;
  }

  @Override
  public boolean isUnchangedSince(long ticket) {
    return replicator.isUnchangedSince(ticket, PROOF_PATIENCE);
  }
}
