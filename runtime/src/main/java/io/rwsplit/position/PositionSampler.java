package io.rwsplit.position;

import io.rwsplit.consistency.Position;
import io.rwsplit.consistency.PositionTracker;
import io.rwsplit.engine.Engine;
import io.rwsplit.topology.Lag;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples the positions of a master and its replicas for a {@link PositionTracker}, each server on
 * a thread and a connection of its own, so that one that hangs holds back no other. Thread-safe.
 */
public final class PositionSampler {
  private static final Logger LOG = LoggerFactory.getLogger(PositionSampler.class);

  /** Whom the sampler works for. */
  public interface Owner {
    /**
     * Opens a connection that gives up on a server that does not answer.
     *
     * @param replica its index; negative for the master
     */
    Connection open(int replica) throws SQLException;

    /**
     * A replica may be read from, or must not, whatever its health.
     *
     * @param problem why not; null when it may
     */
    void verdict(int replica, String problem);
  }

  private final Engine engine;

  /** The column of a heartbeat, for engines whose positions are known by it only; or null. */
  private final String heartbeat;

  private final PositionTracker tracker;
  private final List<String> names;
  private final Owner owner;
  private final long intervalNanos;
  private final ThreadFactory threads;
  private final MasterObservation master;
  private final List<ReplicaObservation> replicas;

  /** What was said of a server, so that it is said once. */
  private final Map<String, String> said = new ConcurrentHashMap<>();

  /** Number of the master's term; never changes where the master never does. */
  private volatile long term;

  private volatile boolean mayChangeMaster;
  private volatile boolean stopped;

  /**
   * Makes a sampler that does nothing yet.
   *
   * @param heartbeat the column of a heartbeat, for engines whose positions are known by it only
   * @param names of the replicas, for log lines
   * @param intervalNanos between two samples while somebody asks for them
   */
  public PositionSampler(
      Engine engine,
      String heartbeat,
      PositionTracker tracker,
      List<String> names,
      Owner owner,
      long intervalNanos,
      ThreadFactory threads) {
    this.engine = engine;
    this.heartbeat = heartbeat;
    this.tracker = tracker;
    this.names = new CopyOnWriteArrayList<>(names);
    this.owner = owner;
    this.intervalNanos = intervalNanos;
    this.threads = threads;
    this.master = new MasterObservation(this);
    List<ReplicaObservation> observed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      observed.add(new ReplicaObservation(this, i));
    }
    this.replicas = new CopyOnWriteArrayList<>(observed);
  }

  /** Starts to ask. */
  public void start() {
    master.start(threads.newThread(master));
    for (ReplicaObservation replica : replicas) {
      replica.start(threads.newThread(replica));
    }
  }

  /** A replica joins, with the next index, and is asked once it {@link #returns}. */
  public void add(String name) {
    names.add(name);
    replicas.add(new ReplicaObservation(this, replicas.size()));
  }

  /** A replica leaves: its thread ends, and nothing is known of it any more. */
  public void leaves(int replica) {
    replicas.get(replica).stop();
    tracker.replicaLost(replica);
  }

  /** It is asked from now on, after {@link #add} or {@link #leaves}. */
  public void returns(int replica) {
    ReplicaObservation fresh = new ReplicaObservation(this, replica);
    replicas.set(replica, fresh);
    fresh.start(threads.newThread(fresh));
  }

  /** Asks no more; threads end, the newest positions stay. */
  public void stop() {
    stopped = true;
    master.stop();
    for (ReplicaObservation replica : replicas) {
      replica.stop();
    }
  }

  /**
   * A connection to the replica was opened by somebody: its server may have come up again just
   * before, older than it was, so what was known of it is void until it has been asked again.
   */
  public void connected(int replica) {
    tracker.replicaLost(replica);
    replicas.get(replica).wake();
  }

  /** Another server is the master: what was known of positions is void. */
  public void termBegins(long number) {
    tracker.termBegins(number);
    term = number;
    master.changed();
    for (ReplicaObservation replica : replicas) {
      replica.wake();
    }
  }

  /** From now on another server may become the master: positions count on its timeline only. */
  public void mayChangeMaster(boolean may) {
    mayChangeMaster = may;
  }

  boolean mayChangeMaster() {
    return mayChangeMaster;
  }

  /** A server that is no replica, or is one again. */
  public void exclude(int replica, boolean excluded) {
    replicas.get(replica).exclude(excluded);
  }

  long term() {
    return term;
  }

  /** True once it is known whether the replica is far behind, or that it cannot be known. */
  public boolean isSettled(int replica) {
    return replicas.get(replica).isSettled();
  }

  /**
   * How far the replica was behind when the master last told its position. While the master does
   * not answer it gets no further behind: what it misses may never have left the master, and reads
   * must go on.
   */
  public Lag lag(int replica) {
    long missing = tracker.missingNanos(replica);
    if (missing < 0) {
      return Lag.unknown();
    }
    if (missing == 0) {
      return Lag.upToDate();
    }
    long nanos = Math.max(1, missing - master.answerAgeNanos());
    if (master.answers()) {
      nanos = Math.max(nanos, replicas.get(replica).ageNanos());
    }
    return Lag.behind(tracker.missingBytes(replica), nanos);
  }

  /** True while the master tells its position, or would if it could. */
  public boolean masterAnswers() {
    return master.answers();
  }

  Engine engine() {
    return engine;
  }

  String heartbeat() {
    return heartbeat;
  }

  PositionTracker tracker() {
    return tracker;
  }

  long intervalNanos() {
    return intervalNanos;
  }

  boolean isStopped() {
    return stopped;
  }

  String name(int replica) {
    return names.get(replica);
  }

  Connection open(int index) throws SQLException {
    return owner.open(index);
  }

  ServerIdentity masterIdentity() {
    return master.identity();
  }

  void doubtMaster() {
    master.refreshIdentity();
  }

  void masterKnown() {
    for (ReplicaObservation replica : replicas) {
      replica.wake();
    }
  }

  void verdict(int replica, String problem) {
    owner.verdict(replica, problem);
  }

  void wentBack(Position to) {
    LOG.warn("the master has lost what it had: it is at {} now", to);
  }

  void masterUnknown(String why) {
    if (said.put("master", why) == null) {
      LOG.warn(
          "the master's position is not known ({}): for rwsplit.read-after-write.window after a"
              + " write, its session reads from the master",
          why);
    }
  }

  void replicaUnknown(int replica, String why) {
    owner.verdict(replica, null);
    if (said.put(name(replica), why) == null) {
      LOG.warn(
          "{}: its position is not known ({}): it serves a session's reads"
              + " rwsplit.read-after-write.window after the session's writes",
          name(replica),
          why);
    }
  }

  void failed(String server, Throwable why) {
    if (!stopped) {
      LOG.debug("{} does not tell its position", server, why);
    }
  }
}
