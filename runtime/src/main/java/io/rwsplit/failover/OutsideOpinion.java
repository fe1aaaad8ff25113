package io.rwsplit.failover;

/**
 * What an outside manager of the servers says of them, for example Patroni. Implementations are
 * thread-safe and answer at once from what they know; asking the manager is a thread's of their
 * own.
 */
public interface OutsideOpinion {
  /** The manager says nothing: it is not reached, or there is no leader. */
  int NONE = -1;

  /**
   * Index of the node that the manager calls leader, or {@link #NONE}. While there is one, a server
   * that claims to be the master and is not the leader is none.
   */
  int leader();

  /**
   * Whom to tell, at once and from any thread, when {@link #leader} changes: the servers are asked
   * for their roles at once then. Called once, before {@link #leader}.
   */
  void changed(Runnable listener);
}
