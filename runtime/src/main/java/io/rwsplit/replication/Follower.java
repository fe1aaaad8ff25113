package io.rwsplit.replication;

import io.rwsplit.topology.Lag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Positions as another JVM, the leader, publishes them. For any thread, but for {@link #tick}.
 *
 * <p>A ticket: the newest published number of the leader's samples, and one. The sample with the
 * next number begins after that look, so it holds whatever had returned before.
 */
final class Follower {
  /** A leader beats every 15 ms at least. */
  private static final long FRESH = 100_000_000;

  private static final long PROOF_PAUSE = 100_000;

  private final SharedPositions shared;
  private final List<FollowedReplica> replicas;
  private final Path master;

  /** No replica counts that has not reached this; it covers what earlier roles have drawn. */
  private volatile long floor;

  private volatile boolean opened;

  // The leader's pulse, as it was felt; guarded by the lock.
  private final Object pulse = new Object();
  private long lastBeat;
  private long lastBeatAt;
  private volatile boolean alive;

  /** The master's -shm, mapped; null when it is not there, or is not the leader's. */
  private volatile MasterIndex index;

  private static final class MasterIndex {
    final Path path;
    final Object identity;
    final long hash;
    final WalIndex map;

    MasterIndex(Path path, Object identity) throws IOException {
      this.path = path;
      this.identity = identity;
      this.hash = PositionFile.hash(identity.toString());
      this.map = new WalIndex(OpenFiles.readable(path), false);
    }
  }

  Follower(SharedPositions shared, List<FollowedReplica> replicas, Path master) {
    this.shared = shared;
    this.replicas = new CopyOnWriteArrayList<FollowedReplica>(replicas);
    this.master = master;
    this.lastBeat = shared.heartbeat();
    this.floor = shared.newestNumber() + 1;
  }

  SharedPositions shared() {
    return shared;
  }

  /** One replica more, or another in its place; the capture thread. */
  void joins(int index, FollowedReplica replica) {
    if (index < replicas.size()) {
      replicas.set(index, replica);
    } else {
      replicas.add(replica);
    }
  }

  String name() {
    return "the replicating process " + shared.pid();
  }

  /** Roles have changed to this one: replicas count when they hold all that was drawn before. */
  void open(long least) {
    floor = Math.max(floor, Math.max(newTicket(), least));
    shared.want(floor);
    opened = true;
  }

  long newestNumber() {
    return Math.max(Math.max(floor, shared.wanted()), shared.newestNumber());
  }

  long newTicket() {
    long ticket = shared.drawn() + 1;
    shared.want(ticket);
    return ticket;
  }

  long appliedTicket(int replica) {
    return opened ? replicas.get(replica).appliedTicket(shared, floor) : -1;
  }

  long visibleBound(int replica) {
    return Math.max(floor, replicas.get(replica).visibleBound(shared));
  }

  /** See {@link ReplicationTickets#coveringTicket}. */
  long coveringTicket() {
    SharedSample sample = SharedSample.read(shared);
    MasterIndex own = index;
    if (sample == null || own == null || sample.shm != own.hash) {
      return newTicket();
    }
    try {
      // In this order. The caller's connection holds the file that has the name: if that is the
      // mapped one, the look before was at the living index.
      if (own.map.isStill(sample.header)
          && own.identity.equals(OpenFiles.identityOrNull(own.path))) {
        return Math.max(sample.ticket, floor);
      }
    } catch (InternalError e) {
      // It was truncated under its mapping: its last user has left.
      index = null;
    }
    return newTicket();
  }

  /** See {@link ReplicationTickets#isUnchangedSince}. */
  boolean isUnchangedSince(long ticket, long patienceNanos) {
    long deadline = System.nanoTime() + patienceNanos;
    long asked = newTicket();
    while (shared.sampled() < asked) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(PROOF_PAUSE);
    }
    Fence.full();
    return shared.lastChange() <= ticket && !shared.isBroken();
  }

  /** See {@link SqliteReplicator#suspect}. */
  void suspect(int replica) {
    replicas.get(replica).suspect(shared);
  }

  FeedState state(int replica) {
    return isAlive() ? replicas.get(replica).state(shared) : FeedState.STANDBY;
  }

  boolean isSettling(int replica) {
    return replicas.get(replica).isSettling();
  }

  Lag lag(int replica) {
    return replicas.get(replica).lag(shared, pulseAge(), FRESH);
  }

  /** How far the leader keeps the replica behind; for ever while the leader is silent. */
  long delayNanos(int replica) {
    long age = pulseAge();
    return age < 0 || age > FRESH ? Long.MAX_VALUE : replicas.get(replica).delayNanos(shared);
  }

  /** True once the leader was seen to do something since this JVM looks. */
  boolean isAlive() {
    if (!alive) {
      long unused = pulseAge();
    }
    return alive;
  }

  /** Nanoseconds since the leader was last seen to do something; negative before the first time. */
  private long pulseAge() {
    synchronized (pulse) {
      long beat = shared.heartbeat();
      long now = System.nanoTime();
      if (beat != lastBeat) {
        lastBeat = beat;
        lastBeatAt = now;
        alive = true;
      }
      return alive ? now - lastBeatAt : -1;
    }
  }

  /** Looks from time to time; the capture thread. */
  void tick() {
    long unused = pulseAge();
    Path shm = ReplicaFiles.beside(MasterFile.real(master), "-shm");
    Object identity = OpenFiles.identityOrNull(shm);
    MasterIndex known = index;
    if (known != null && known.identity.equals(identity)) {
      return;
    }
    index = null;
    SharedSample sample = SharedSample.read(shared);
    if (identity == null
        || sample == null
        || sample.shm != PositionFile.hash(identity.toString())) {
      return;
    }
    try {
      // The leader has it open: it is neither truncated nor removed as long as that lives.
      MasterIndex mapped = new MasterIndex(shm, identity);
      if (identity.equals(OpenFiles.identityOrNull(shm))) {
        index = mapped;
      }
    } catch (IOException | InternalError e) {
      // Then every read on the master needs a ticket of its own.
      index = null;
    }
  }
}
