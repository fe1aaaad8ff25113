package io.rwsplit.position;

import io.rwsplit.consistency.PositionTracker;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks one replica for its position: after every sample of the master, and again at growing
 * intervals until it has reached that.
 */
final class ReplicaObservation extends Observation {
  private static final long FIRST_WAIT_NANOS = 1_000_000L;
  private static final long LONGEST_WAIT_NANOS = 250_000_000L;

  /** A replica that misses something for so long is not just about to apply it. */
  private static final long SETTLING_NANOS = 1_000_000_000L;

  private final PositionTracker tracker;
  private final int replica;
  private long wait = FIRST_WAIT_NANOS;

  /** What it says itself; only when it misses something for long. */
  private volatile long ageNanos = -1;

  /** When it first gave a position, as a ticket; 0 before. */
  private volatile long since;

  /** True once it was current, or long enough behind to say how far. */
  private volatile boolean settled;

  /** The owner has had a verdict. */
  private boolean judged;

  /** It is no replica now. */
  private volatile boolean excluded;

  ReplicaObservation(PositionSampler sampler, int replica) {
    super(sampler, replica);
    this.tracker = sampler.tracker();
    this.replica = replica;
  }

  /** False while it cannot be said yet whether the replica is far behind. */
  boolean isSettled() {
    return settled;
  }

  long ageNanos() {
    return ageNanos;
  }

  /** It is no replica from now on, or is one again. */
  void exclude(boolean noReplica) {
    if (excluded != noReplica) {
      excluded = noReplica;
      wake();
    }
  }

  @Override
  void observe(PositionQuery asked) throws SQLException, NoPosition, NotReplica {
    if (excluded) {
      tracker.replicaLost(replica);
      settled = true;
      return;
    }
    ServerIdentity mine = asked.identity();
    ServerIdentity master = sampler.masterIdentity();
    boolean comparable = master != null && mine.system != null && master.system != null;
    boolean related = comparable && mine.system.equals(master.system);
    long epoch = tracker.epoch(replica);
    ReplicaSample sample;
    try {
      sample = asked.replica();
    } catch (NotReplica e) {
      if (comparable && !related) {
        throw new NoPosition("it is no standby, but a system of its own", e);
      }
      throw e;
    }
    if (comparable && !related) {
      throw new NotReplica("it is a standby of another system than the master");
    }
    if (master == null && sampler.mayChangeMaster()) {
      // Nothing can be compared yet: reads without a ticket may go on.
      tracker.replicaLost(replica);
      settled = true;
      if (!judged) {
        judge(null);
      }
      return;
    }
    if (related && sampler.mayChangeMaster()) {
      if (mine.timeline != master.timeline) {
        mine = asked.freshIdentity();
      }
      if (mine.timeline != master.timeline) {
        throw new NotReplica(
            mine.timeline > master.timeline
                ? "it follows another timeline than the master"
                : "it is not known to follow the master's timeline yet");
      }
    }
    if (related && mine.timeline > master.timeline) {
      sampler.doubtMaster();
      throw new NotReplica("it follows another timeline than the master");
    }
    tracker.replicaAt(replica, epoch, sample.reached);
    settle(sample);
    if (settled) {
      judge(null);
    }
  }

  private void settle(ReplicaSample sample) {
    long missing = tracker.missingNanos(replica);
    if (since == 0) {
      since = tracker.now();
    }
    ageNanos = missing >= SETTLING_NANOS ? sample.ageNanos : -1;
    settled |=
        missing == 0 || missing >= SETTLING_NANOS || tracker.now() - since > 2 * SETTLING_NANOS;
  }

  @Override
  void lost(Throwable why) {
    tracker.replicaLost(replica);
    ageNanos = -1;
    settled = true;
    if (!judged) {
      // Whether it answers at all is for its health check to find out.
      judge(null);
    }
    sampler.failed(sampler.name(replica), why);
  }

  @Override
  void unknown(String why) {
    tracker.replicaUnknown(replica);
    settled = true;
    judged = true;
    sampler.replicaUnknown(replica, why);
  }

  private void judge(String problem) {
    judged = true;
    if (!isStopped()) {
      sampler.verdict(replica, problem);
    }
  }

  @Override
  void refused(String why) {
    tracker.replicaLost(replica);
    settled = true;
    judge(why);
  }

  @Override
  void rest() {
    if (excluded || tracker.isCurrent(replica)) {
      wait = FIRST_WAIT_NANOS;
      LockSupport.parkNanos(LONGEST_WAIT_NANOS);
    } else {
      LockSupport.parkNanos(wait);
      long longest =
          tracker.missingNanos(replica) > 10 * SETTLING_NANOS
              ? LONGEST_WAIT_NANOS
              : 4 * sampler.intervalNanos();
      wait = Math.min(wait * 2, longest);
    }
  }
}
