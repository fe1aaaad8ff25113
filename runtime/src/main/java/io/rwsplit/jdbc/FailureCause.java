package io.rwsplit.jdbc;

/** What a read's failure on a replica speaks of. */
public enum FailureCause {
  /** The replica, its server or the way to it: it has to be looked at. */
  REPLICA,

  /**
   * A moment: a conflict with what the replica is applying, a lock, a cancelled query. The next
   * execution may use a replica again.
   */
  MOMENT,

  /** The replica took the statement for a write: it is none for replicas, whatever we think. */
  REFUSED,

  /**
   * The statement. Most likely the master says the same; where it does not, the replica lacks
   * something.
   */
  STATEMENT;

  /** True when the same statement may well succeed on another node. */
  public boolean isOfReplica() {
    return this == REPLICA || this == MOMENT;
  }
}
