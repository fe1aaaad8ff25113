package io.rwsplit.replication;

import java.time.Duration;
import java.util.List;

/**
 * Tickets of writes and reads of this JVM, and which of them the replicas have reached, whatever
 * the JVM is for the master: the one that feeds the replicas, or one that follows another.
 *
 * <p>Of who draws a ticket while the role changes see {@link Roles}. Thread-safe; nothing blocks
 * but for the patience it is given.
 */
public final class ReplicationTickets {
  private final Roles roles;
  private final MasterSamples samples;
  private final List<ReplicaFeed> feeds;

  ReplicationTickets(Roles roles, MasterSamples samples, List<ReplicaFeed> feeds) {
    this.roles = roles;
    this.samples = samples;
    this.feeds = feeds;
  }

  /**
   * Draws a ticket for a write or commit on the master that has <em>returned</em> on this thread. A
   * replica whose {@link #appliedTicket} is at least this has it. Never blocks.
   */
  public long newTicket() {
    while (true) {
      Follower follower = roles.follower();
      long ticket = follower == null ? samples.newTicket() : follower.newTicket();
      if (roles.follower() == follower) {
        return ticket;
      }
    }
  }

  /**
   * The highest ticket the replica has reached, 0 when it streams and none was drawn, -1 when it
   * may not be read.
   */
  public long appliedTicket(int replica) {
    Follower follower = roles.follower();
    return follower == null ? feeds.get(replica).appliedTicket() : follower.appliedTicket(replica);
  }

  /**
   * A ticket that covers everything a read on the replica has seen that has begun by now: a replica
   * that has reached it shows nothing older.
   */
  public long visibleBound(int replica) {
    Follower follower = roles.follower();
    return follower == null
        ? Math.max(feeds.get(replica).visibleBound(), roles.seenBefore())
        : follower.visibleBound(replica);
  }

  /**
   * A ticket that covers whatever a read on the master has seen that has ended by now, of the
   * commits of all processes: that of the newest sample when nothing was committed since, else a
   * new one. Never blocks.
   */
  public long coveringTicket() {
    while (true) {
      Follower follower = roles.follower();
      long ticket = follower == null ? samples.coveringTicket() : follower.coveringTicket();
      if (roles.follower() == follower) {
        return ticket;
      }
    }
  }

  /** The newest ticket that was drawn by now. Never blocks. */
  public long newestTicket() {
    while (true) {
      Follower follower = roles.follower();
      long ticket = follower == null ? samples.newestTicket() : follower.newTicket();
      if (roles.follower() == follower) {
        return ticket;
      }
    }
  }

  /**
   * True when it is proven that no commit has followed those that the ticket covers, up to the
   * moment of the call, of whatever process.
   *
   * @param patience how long the proof may take; without it the answer is false
   */
  public boolean isUnchangedSince(long ticket, Duration patience) {
    Follower follower = roles.follower();
    boolean unchanged =
        follower == null
            ? samples.isUnchangedSince(ticket, patience.toNanos())
            : follower.isUnchangedSince(ticket, patience.toNanos());
    return unchanged && roles.follower() == follower;
  }

  /**
   * Like {@link #newTicket}; from the end of this call on, every JVM with the agent on this master
   * finds the ticket in {@link #newestWriteAnywhere}, if this JVM has a place to tell it.
   */
  public long newWrite() {
    while (true) {
      Follower follower = roles.follower();
      SharedPositions shared = roles.shared();
      long ticket = newTicket();
      if (shared != null) {
        shared.wrote(ticket);
      }
      if (roles.shared() == shared && roles.follower() == follower) {
        return ticket;
      }
    }
  }

  /** True while another JVM feeds the replicas, and nobody here is called when they progress. */
  public boolean isFollower() {
    return roles.follower() != null;
  }

  /** False while this JVM cannot tell the others of its writes, nor hear of theirs. */
  public boolean isShared() {
    return roles.shared() != null;
  }

  /**
   * A write of this JVM has run that the engine commits at a moment nobody tells: until {@link
   * #writeClosed} no ticket covers {@link #newestWriteAnywhere}.
   *
   * @return where it was noted; may be null
   */
  public Object writeOpened() {
    SharedPositions shared = roles.shared();
    if (shared != null) {
      shared.writeOpened();
    }
    return shared;
  }

  /**
   * It is committed, and {@link #newWrite} was called since.
   *
   * @param noted what {@link #writeOpened} returned
   */
  public void writeClosed(Object noted) {
    if (noted != null) {
      ((SharedPositions) noted).writeClosed();
    }
  }

  /** The ticket of the newest write of any JVM; one that is never reached while none is known. */
  public long newestWriteAnywhere() {
    SharedPositions shared = roles.shared();
    return shared == null ? Long.MAX_VALUE : shared.newestWrite();
  }
}
