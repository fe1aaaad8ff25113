package io.rwsplit.replication;

import java.time.Duration;

/**
 * What the caller is told. Calls come from the replicator's threads, for one replica never two at a
 * time; exceptions are logged and ignored.
 */
public interface ReplicationListener {
  /**
   * The state of a replica changed. On leaving {@link FeedState#STREAMING} its applied ticket was
   * withdrawn before this call.
   *
   * @param reason why, in words for an operator; null when there is nothing to explain
   */
  void stateChanged(int replica, FeedState state, String reason);

  /**
   * The replica's file is about to be replaced by a new one. From now on until {@link
   * #replicaFileReplaced} no connection to it may be opened, and the pooled ones should be closed.
   *
   * <p>Connections that stay open remain readable (the old file lives on without a name), but never
   * see another commit: they must not be lent again.
   *
   * @param patience how long this call may wait for lent connections to come back
   */
  void replicaFileReplacing(int replica, Duration patience);

  /** The new file is in place; connections may be opened again. Also called when a copy failed. */
  void replicaFileReplaced(int replica);
}
