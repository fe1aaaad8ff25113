package io.rwsplit.core;

import io.rwsplit.acknowledgement.Acknowledgement;
import io.rwsplit.config.Settings;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.log.Log;
import io.rwsplit.log.OncePer;
import io.rwsplit.log.ScopedLoggers;
import io.rwsplit.pool.Waiting;
import io.rwsplit.topology.FailingReads;
import io.rwsplit.topology.Health;
import io.rwsplit.topology.HealthRules;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.Replica;
import io.rwsplit.topology.ReplicationState;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;

/**
 * Judges one replica: what its feed says, what its lag is, whether it answers. Each replica has its
 * own probing thread, so that one that hangs holds back no other, and a probe that does not come
 * back is a verdict too.
 *
 * <p>Thread-safe; {@link #judge} may be called from any thread and does not block.
 */
final class ReplicaWatch {
  /** While a replica fails, it is probed at least this often. */
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final long END_MILLIS = 500;

  /** One attempt to read from the replica; throws when it fails. */
  interface Probe {
    /** Reads something from the replica's storage. */
    void run() throws Exception;

    /** Gives up whatever connection the probe keeps. */
    void reset();
  }

  private final Logger log = ScopedLoggers.of(ReplicaWatch.class);
  private final OncePer faults = new OncePer(log);
  private final Replica replica;
  private final String group;
  private final long interval;
  private final Probe probe;
  private final Prober prober;

  /** What to do when the replica is taken out because it does not answer; null for nothing. */
  private volatile Runnable whenSilent;

  /** What was observed of the replica; guarded by this. */
  private final Health health;

  /** Whether commits that wait for replicas speak against this one; null where none do. */
  private volatile Acknowledgement acknowledgement;

  /** Why whoever manages the servers wants it left alone; null when nobody does. */
  private volatile String unwanted;

  /** Why nothing new is to run on it; null when it may. */
  private volatile String drained;

  /** True while somebody wants it to get no reads. */
  private volatile boolean drainedByOperator;

  private volatile boolean probed;

  /** Whether a probe waits for an answer. */
  private final Waiting waiting = new Waiting();

  /** Reads that the replica has answered with an error that speaks of itself. */
  private final AtomicInteger failedReads = new AtomicInteger();

  private volatile String newestFailure;
  private volatile Object newestDisagreement;

  /** Of the monitor. */
  private final FailingReads failing;

  /** When silence asked for a probe last, by the watcher's clock. Of the watcher. */
  private long askedAt = Long.MIN_VALUE / 2;

  ReplicaWatch(
      Replica replica, Settings settings, Probe probe, String feedProblem, DaemonThreads threads) {
    this.replica = replica;
    this.group = settings.group();
    this.interval = settings.healthIntervalNanos();
    this.probe = probe;
    this.health = new Health(rules(settings, replica.index()), feedProblem);
    this.failing = new FailingReads(settings.healthFailures());
    this.prober =
        new Prober(threads, interval) {
          @Override
          void look() {
            probe();
          }

          @Override
          void failed(Throwable fault) {
            faults.warn(replica.name(), replica.name() + ": fault in looking at it", fault);
          }
        };
  }

  private static HealthRules rules(Settings settings, int replica) {
    return new HealthRules(
        settings.healthFailures(),
        settings.healthIntervalNanos() * settings.healthFailures(),
        settings.balance().observationNanos(),
        settings.lagMaxNanos(),
        settings.balance().lagReadmitNanos(replica));
  }

  /** Name of the replica. */
  String name() {
    return replica.name();
  }

  void start() {
    prober.now();
  }

  /** A read of the application failed here: look at once. */
  void suspect() {
    prober.now();
  }

  private void probe() {
    if (mayProbe()) {
      String failure = null;
      waiting.asks();
      try {
        probe.run();
      } catch (Throwable t) {
        failure = "does not answer: " + Log.concealed(t.getMessage());
      }
      waiting.answered();
      if (probed(failure)) {
        prober.within(RETRY_NANOS);
      }
      if (failure != null) {
        probe.reset();
      }
      probed = true;
    }
    judge();
  }

  /** False while its file may be about to be replaced: nothing of ours may open it then. */
  private synchronized boolean mayProbe() {
    if (health.isForbiddenByFeed()) {
      return false;
    }
    health.probeBegan(System.nanoTime());
    return true;
  }

  private synchronized boolean probed(String failure) {
    if (failure == null) {
      health.probePassed(System.nanoTime());
    } else {
      health.probeFailed(failure, System.nanoTime());
    }
    return health.isWatchedClosely();
  }

  /**
   * The feed's verdict changed.
   *
   * @param problem why the replica must not be read; null when it may
   */
  void feed(String problem) {
    boolean content;
    synchronized (this) {
      content = health.feed(problem);
      judge();
    }
    if (content) {
      suspect();
    }
  }

  /**
   * What its position says of it.
   *
   * @param problem why the replica must not be read; null when it may
   */
  synchronized void position(String problem) {
    if (health.position(problem)) {
      judge();
    }
  }

  /**
   * The application's reads wait for the replica. Called by one thread, again and again while they
   * do.
   *
   * @param silent for how long, in nanoseconds
   * @param now of the clock by which that is meant
   * @param bound how long they may
   */
  void silence(long silent, long now, long bound) {
    long probeSilent = waiting.nanos(now);
    if (silent < bound / 4) {
      return;
    }
    boolean vain = probeSilent >= bound / 2 || (silent >= bound / 2 && isFailing());
    if (vain) {
      synchronized (this) {
        health.silent("does not answer: reads wait for it in vain, and the health check does");
        judge();
      }
      // Also where it was out before for another reason, and for reads that were late to begin.
      Runnable action = whenSilent;
      if (action != null) {
        action.run();
      }
    } else if (now - askedAt >= bound / 4) {
      askedAt = now;
      suspect();
    }
  }

  private synchronized boolean isFailing() {
    return health.isFailing();
  }

  /**
   * A read was answered by the replica with an error that speaks of itself.
   *
   * @param why for people
   */
  void readFailed(String why) {
    newestFailure = Log.concealed(why);
    failedReads.incrementAndGet();
  }

  /**
   * The replica has failed a read that the master could answer. One statement alone may be what
   * replicas cannot run.
   *
   * @param statement equal for equal statements
   * @param why for people
   */
  void disagreed(Object statement, String why) {
    if (!statement.equals(newestDisagreement)) {
      newestDisagreement = statement;
      readFailed(why);
    }
  }

  /**
   * Looks whether reads fail. Called by one thread.
   *
   * @param served reads the replica has served since the start
   */
  void reads(long served) {
    long now = System.nanoTime();
    if (failing.areTooMany(served, failedReads.get(), now)) {
      synchronized (this) {
        health.readsFail("answers reads with errors: " + newestFailure, now);
      }
    }
  }

  /**
   * What its server says of its replication; as long as it says nothing, what it said last counts.
   *
   * @param masterAnswers false while nobody can say what the master has: then nothing changes but
   *     for the better, since reads must go on
   */
  synchronized void replication(ReplicationState state, boolean masterAnswers) {
    replica.replication(state);
    boolean told = state != ReplicationState.unknown();
    if (told && (masterAnswers || state.problem() == null)) {
      health.replication(state.problem(), state.remark());
      judge();
    }
  }

  /** How far behind its server takes it to be. */
  Lag reportedLag() {
    return replica.replication().reported();
  }

  /**
   * What whoever manages the servers says of it; counts from the next {@link #judge} on.
   *
   * @param problem why it must not be read; null when it may
   */
  void manager(String problem) {
    unwanted = problem;
  }

  /**
   * What runs on it ends, and nothing new begins there; counts at once.
   *
   * @param why null when it may serve again
   */
  void drain(String why) {
    drained = why;
    judge();
  }

  /** Other limits hold from now on, those of the replica with this index in the settings. */
  synchronized void limits(Settings settings, int index) {
    health.rules(rules(settings, index));
  }

  /** Gives it no further reads, or lets it serve again when nothing else speaks against it. */
  void drainByOperator(boolean on) {
    drainedByOperator = on;
    judge();
  }

  /** True while it gets no reads because somebody wants that. */
  boolean isDrainedByOperator() {
    return drainedByOperator;
  }

  /** True while it is not meant to serve, whoever says so. */
  boolean isLeftAlone() {
    return drainedByOperator || drained != null || unwanted != null;
  }

  /** Commits wait for replicas, and may not wait for this one. */
  void acknowledging(Acknowledgement asked) {
    acknowledgement = asked;
  }

  /** What to do, without blocking, whenever the replica is taken out because it does not answer. */
  void whenSilent(Runnable action) {
    whenSilent = action;
  }

  /** Gives up the probe's connection: the replica's file is about to be replaced. */
  void letGo() {
    probe.reset();
  }

  /** True once it was found out whether the replica answers. */
  boolean isProbed() {
    return probed;
  }

  /** Takes the replica in or out by all that is known; nothing any more after {@link #stop}. */
  synchronized void judge() {
    if (prober.isStopped()) {
      return;
    }
    long now = System.nanoTime();
    health.lag(replica.lag());
    Health.Cause cause = health.cause(now);
    String problem = health.problem(now);
    Acknowledgement asked = acknowledgement;
    if (asked != null && (cause == Health.Cause.NONE || cause == Health.Cause.LAG)) {
      String objection = asked.objection(replica.index());
      problem = objection == null ? problem : objection;
    }
    String unwantedNow = unwanted;
    if (unwantedNow != null && (cause == Health.Cause.NONE || cause == Health.Cause.LAG)) {
      problem = unwantedNow;
    }
    String drainedNow = drained;
    if (drainedNow != null && (cause == Health.Cause.NONE || cause == Health.Cause.LAG)) {
      problem = drainedNow;
    }
    if (problem == null && drainedByOperator) {
      problem = "drained by an operator";
    }
    if (problem == null) {
      if (!replica.inService()) {
        replica.takeIn("healthy");
        log.info("{}: in service", replica.name());
        FlightEvents.healthChanged(group, replica.name(), true, null);
      }
    } else if (replica.inService()) {
      replica.takeOut(problem);
      log.warn("{}: out of service: {}", replica.name(), problem);
      FlightEvents.healthChanged(group, replica.name(), false, problem);
      Runnable silent = whenSilent;
      if (silent != null && cause == Health.Cause.PROBE) {
        silent.run();
      }
    } else if (!problem.equals(replica.standing())) {
      replica.takeOut(problem);
      log.debug("{}: still out of service: {}", replica.name(), problem);
    }
  }

  void stop() {
    stop("rwsplit has ended");
  }

  /** Takes the replica out for good. */
  synchronized void stop(String why) {
    prober.stop();
    replica.takeOut(why);
  }

  /** Stopped before: gives up the probe's connection, once no probe runs or half a second later. */
  void end() throws InterruptedException {
    if (prober.awaitEnd(END_MILLIS)) {
      probe.reset();
    }
  }
}
