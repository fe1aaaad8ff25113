package io.rwsplit.replication;

import io.rwsplit.topology.Lag;

/**
 * One replica as a JVM sees it that does not feed it: through the words of the leader, and only
 * while the pools of this JVM belong to the file that these words speak of.
 *
 * <p>The feed thread follows; any thread may ask.
 */
final class FollowedReplica {
  private static final long SUSPECTED_NANOS = 500_000_000;

  /** In this time the feed thread has looked for the first time, as a rule. */
  private static final long SETTLING_NANOS = 1_000_000_000;

  private final ReplicaFile replica;
  private final FeedTeller teller;
  private final long pathHash;

  /** Null while nobody is followed. */
  private volatile Follower follower;

  /** The leader's entry; negative when it has none. */
  private volatile int entry = -1;

  /** Generation of the file that pooled connections show; negative for none. */
  private volatile long settled = -1;

  /** Since when that one is followed, by nanoTime. */
  private volatile long followedSince = System.nanoTime() - SETTLING_NANOS;

  /** Until then, by nanoTime, the replica is not read: a read of this JVM has failed. */
  private volatile long suspectedUntil = System.nanoTime();

  // Of the feed thread.

  /** The follower for whom {@link #settled} was set. */
  private Follower settledFor;

  private long settledFile;
  private boolean retired;
  private boolean stale;

  FollowedReplica(ReplicaFile replica, FeedTeller teller) {
    this.replica = replica;
    this.teller = teller;
    this.pathHash = SharedReplica.hash(replica.path());
  }

  /** The capture thread: follows another leader, or nobody with null. */
  void follow(Follower leader) {
    settled = -1;
    entry = -1;
    followedSince = System.nanoTime();
    follower = leader;
  }

  /** True when a leader was found just now, and its words have not been looked at yet. */
  boolean isSettling() {
    return settled < 0 && follower != null && System.nanoTime() - followedSince < SETTLING_NANOS;
  }

  boolean isFollowing() {
    return follower != null;
  }

  /** The leader is told; until it has had time to look, the replica is not read here. */
  void suspect(SharedPositions shared) {
    int at = entry;
    if (at >= 0 && !isSuspected()) {
      suspectedUntil = System.nanoTime() + SUSPECTED_NANOS;
      shared.suspect(at);
    }
  }

  private boolean isSuspected() {
    return suspectedUntil - System.nanoTime() > 0;
  }

  /** See {@link ReplicationTickets#appliedTicket}. */
  long appliedTicket(SharedPositions shared, long floor) {
    int at = entry;
    long generation = settled;
    if (at < 0 || generation < 0) {
      return -1;
    }
    long ticket = shared.get(at, SharedPositions.APPLIED);
    if (ticket < floor || isSuspected()) {
      return -1;
    }
    Fence.full();
    boolean same = shared.get(at, SharedPositions.GENERATION) == generation;
    return same && !shared.isBroken() ? ticket : -1;
  }

  /** See {@link ReplicationTickets#visibleBound}; 0 when nothing was shown. */
  long visibleBound(SharedPositions shared) {
    int at = entry;
    return at < 0 ? 0 : shared.get(at, SharedPositions.VISIBLE);
  }

  FeedState state(SharedPositions shared) {
    int at = entry;
    long generation = settled;
    if (at < 0 || generation < 0) {
      return FeedState.STANDBY;
    }
    FeedState state = SharedReplica.decode(shared.get(at, SharedPositions.STATE));
    boolean same = shared.get(at, SharedPositions.GENERATION) == generation;
    return state != FeedState.STREAMING || same ? state : FeedState.STANDBY;
  }

  Lag lag(SharedPositions shared, long age, long freshNanos) {
    int at = entry;
    if (state(shared) != FeedState.STREAMING || age < 0) {
      return Lag.unknown();
    }
    long bytes = shared.get(at, SharedPositions.LAG_BYTES);
    long nanos = shared.get(at, SharedPositions.LAG_NANOS);
    if (bytes == 0 && nanos == 0 && age <= freshNanos) {
      return Lag.upToDate();
    }
    return Lag.behind(bytes, nanos + (age <= freshNanos ? 0 : age));
  }

  long delayNanos(SharedPositions shared) {
    int at = entry;
    return at < 0 ? 0 : shared.get(at, SharedPositions.DELAY);
  }

  /** Looks at the leader's words and tells the listener; the feed thread. False: nobody leads. */
  boolean tick() {
    Follower leader = follower;
    stale = true;
    if (leader == null) {
      return false;
    }
    SharedPositions shared = leader.shared();
    if (!leader.isAlive()) {
      teller.tell(FeedState.STANDBY, leader.name() + " is not heard of");
      return true;
    }
    int at = shared.find(pathHash);
    entry = at;
    if (at < 0) {
      teller.tell(FeedState.STANDBY, leader.name() + " does not feed " + replica.path());
      return true;
    }
    long generation = shared.get(at, SharedPositions.GENERATION);
    if (settledFor != leader || generation != settled || settled < 0) {
      settle(leader, shared, at, generation);
    } else {
      FeedState state = isSuspected() ? FeedState.RESYNCING : state(shared);
      String why = state == FeedState.STREAMING ? null : "in " + leader.name();
      teller.tell(state, why);
    }
    return true;
  }

  private void settle(Follower leader, SharedPositions shared, int at, long generation) {
    settled = -1;
    if (!retired) {
      teller.tell(FeedState.STANDBY, leader.name() + " has another file in its place");
      teller.retire();
      retired = true;
    }
    long file = shared.get(at, SharedPositions.FILE);
    if ((generation & 1) != 0 || file == 0) {
      return;
    }
    if (file != teller.fed().now()) {
      teller.tell(FeedState.STANDBY, leader.name() + " feeds another file of its name");
      return;
    }
    teller.fed().is(file);
    renew();
    Fence.full();
    if (follower == leader && shared.get(at, SharedPositions.GENERATION) == generation) {
      settledFor = leader;
      settledFile = file;
      settled = generation;
      if (follower != leader) {
        settled = -1;
      }
    }
  }

  private void renew() {
    if (retired) {
      teller.renew();
      retired = false;
    }
  }

  /**
   * This JVM feeds the replica from now on: pooled connections that may be of another file than
   * this one end. The feed thread.
   */
  void leads(long file) {
    if (stale && (retired || settledFile != file)) {
      if (!retired) {
        teller.retire();
      }
      retired = true;
      renew();
    }
    stale = false;
    settledFile = file;
  }
}
