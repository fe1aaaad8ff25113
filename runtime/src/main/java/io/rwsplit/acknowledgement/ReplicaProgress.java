package io.rwsplit.acknowledgement;

/** How far the replicas are, in tickets. Implementations are thread-safe and never block. */
public interface ReplicaProgress {
  /** Number of replicas; their indexes count from 0. */
  int replicas();

  /** The newest ticket that was drawn: it covers every write that has returned by now. */
  long newestTicket();

  /** The newest ticket that the replica has reached; negative while it does not follow. */
  long appliedTicket(int replica);

  /** True when the replica follows, or is being brought to do so; false when waiting is vain. */
  boolean mayFollow(int replica);

  /**
   * Nanoseconds between two looks of a waiting thread where nobody calls {@link
   * Acknowledgement#progressed}, as in a JVM that does not replicate itself; 0 where somebody does.
   * May change at any time.
   */
  long pollNanos();
}
