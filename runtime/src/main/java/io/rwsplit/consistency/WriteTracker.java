package io.rwsplit.consistency;

/**
 * Turns completed writes into tickets, and says which replicas hold the write of a ticket. Tickets
 * of one tracker grow with time; 0 stands for no write. Thread-safe; blocks only where a method
 * says so.
 */
public interface WriteTracker {
  /**
   * A write has just completed on the master: its commit has returned.
   *
   * @return the ticket that a later read of the same session must be covered for
   */
  long wrote();

  /**
   * Called after {@link #wrote}: what {@link #awaitReplicas} has to be told once the current thread
   * has left the driver; 0 where commits wait for no replica.
   *
   * @param ticket what {@link #wrote} returned
   */
  default long owed(long ticket) {
    return 0;
  }

  /**
   * Returns when replicas have what was written, or after a time without; nothing is thrown, and an
   * interrupt is kept.
   *
   * @param owed what {@link #owed} returned
   */
  default void awaitReplicas(long owed) {}

  /**
   * Something that may write, or commit what was written, is about to be sent to the master: from
   * now on others may see it, long before {@link #wrote} is called.
   */
  default void writeBegins() {}

  /** It is over, and {@link #wrote} was called if it may have taken effect. */
  default void writeEnded() {}

  /**
   * A write has run that the engine commits at a moment nobody tells, when its result is closed:
   * sessions elsewhere that this write binds are told to expect it.
   *
   * @return what {@link #writeClosed} has to be given; may be null
   */
  default Object writeOpened() {
    return null;
  }

  /** It is committed, and {@link #wrote} was called since. */
  default void writeClosed(Object noted) {}

  /**
   * The current thread begins a call that may make a write visible itself: a commit, or a write in
   * autocommit mode.
   */
  default void publishBegins() {}

  /** That call is over. */
  default void publishEnded() {}

  /**
   * Called before the master reads for a session that has read on a replica: returns when the
   * master shows as much as that, so far as it was written in this JVM. Waits for commits that are
   * under way, for a fraction of a second at most.
   *
   * @param ticket covers what was read
   */
  default void awaitShown(long ticket) {}

  /**
   * The ticket that every read in this JVM must be covered for, whatever its session: that of the
   * newest completed write where writes bind all sessions, else 0. {@code Long.MAX_VALUE}, which no
   * replica reaches, where it cannot be told.
   */
  default long newestWrite() {
    return 0;
  }

  /**
   * The same for reads of a transaction that may write: that of the newest completed write of this
   * JVM where own writes matter at all, else 0. What such a transaction writes may follow from what
   * it has read, and threads that take turns at that hold no database's lock.
   */
  default long newestWriteForWriters() {
    return newestWrite();
  }

  /**
   * True when the replica is on its way to hold the ticket's write and may get there in time.
   *
   * @param nanos how long the caller would wait
   */
  default boolean mayCatchUp(int replica, long ticket, long nanos) {
    return false;
  }

  /** True when the replica holds every write up to the ticket's. */
  boolean covers(int replica, long ticket);

  /**
   * What the replica is known to hold now: a ticket that {@link #covers} is true for. 0 where
   * nothing is known.
   */
  long held(int replica);

  /**
   * A number that changes when the replica may have come up again with an older state than it has
   * shown before.
   */
  default long epoch(int replica) {
    return 0;
  }

  /**
   * A ticket that covers whatever a read on the replica that has begun by now can have seen; 0
   * where positions are not known.
   */
  long seenOn(int replica);

  /**
   * A ticket that covers whatever a read on the master that has ended by now can have seen; 0 where
   * positions are not known.
   */
  long seenOnMaster();

  /**
   * True when it is proven that the master has committed nothing beyond what the ticket covers, up
   * to the moment of the call. May wait for a fraction of a second; false where positions are not
   * known.
   */
  boolean isUnchangedSince(long ticket);

  /** Nobody asks for his own writes: every replica covers everything. */
  static WriteTracker none() {
    return new WriteTracker() {
      @Override
      public long wrote() {
        return 0;
      }

      @Override
      public boolean covers(int replica, long ticket) {
        return true;
      }

      @Override
      public long held(int replica) {
        return Long.MAX_VALUE;
      }

      @Override
      public long seenOn(int replica) {
        return 0;
      }

      @Override
      public long seenOnMaster() {
        return 0;
      }

      @Override
      public boolean isUnchangedSince(long ticket) {
        return false;
      }
    };
  }
}
