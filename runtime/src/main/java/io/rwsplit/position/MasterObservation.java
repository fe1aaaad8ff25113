package io.rwsplit.position;

import io.rwsplit.consistency.PositionTracker;
import io.rwsplit.engine.Engine;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/**
 * Samples the master's position: at once when somebody draws a ticket after a rest, at intervals
 * while tickets are drawn, and seldom while there are none.
 */
final class MasterObservation extends Observation {
  /** Without any ticket, only to know how far replicas lag. */
  private static final long QUIET_NANOS = 250_000_000L;

  /** A master that has not answered for so long is silent. */
  private static final long SILENT_NANOS = 4 * QUIET_NANOS;

  private final PositionTracker tracker;
  private final Runnable alarm =
      new Runnable() {
        @Override
        public void run() {
          wake();
        }
      };

  private volatile ServerIdentity identity;
  private volatile boolean identityWanted;
  private long began;

  /** When the newest answer came, as a ticket; 0 before the first. */
  private volatile long answered;

  /** Whom {@link #identity} is of; used where the master may change. */
  private PositionQuery identified;

  MasterObservation(PositionSampler sampler) {
    super(sampler, -1);
    this.tracker = sampler.tracker();
  }

  /** Null before the first answer. */
  ServerIdentity identity() {
    return identity;
  }

  /** How old its newest answer is, in nanoseconds; 0 before the first. */
  long answerAgeNanos() {
    long since = answered;
    return since == 0 ? 0 : tracker.now() - since;
  }

  /** False while an answer is due that it has not given. */
  boolean answers() {
    return answerAgeNanos() < SILENT_NANOS;
  }

  /** Another server is the master. */
  void changed() {
    identity = null;
    refreshIdentity();
  }

  /** Somebody doubts the identity: it is asked for anew. */
  void refreshIdentity() {
    identityWanted = true;
    wake();
  }

  @Override
  void observe(PositionQuery asked) throws SQLException, NoPosition {
    if (identityWanted) {
      identityWanted = false;
      reconnect();
      throw new SQLException("asked to connect anew");
    }
    long term = opened();
    if (term != sampler.term()) {
      reconnect();
      throw new SQLException("another server is the master");
    }
    if (!sampler.mayChangeMaster()) {
      identity = asked.identity();
    } else if (identity == null || identified != asked) {
      identity = asked.freshIdentity();
      identified = asked;
    }
    began = tracker.now();
    MasterSample sample = asked.master();
    if (!tracker.masterWritten(began, sample.written, term)) {
      sampler.wentBack(sample.written);
    }
    if (sample.flushed != null) {
      tracker.masterFlushed(began, sample.flushed, sample.flushDelayNanos, term);
    }
    answered = tracker.now();
    sampler.masterKnown();
  }

  @Override
  void lost(Throwable why) {
    sampler.failed("the master", why);
  }

  @Override
  void unknown(String why) {
    if (sampler.mayChangeMaster()
        && (sampler.engine() == Engine.POSTGRESQL || opened() != sampler.term())) {
      // A standby: who is the master instead is being found out.
      tracker.masterLost(opened());
      return;
    }
    tracker.masterUnknown();
    sampler.masterUnknown(why);
  }

  @Override
  void refused(String why) {
    unknown(why);
  }

  @Override
  void rest() {
    while (true) {
      long due = began + gap();
      if (tracker.now() >= due) {
        break;
      }
      LockSupport.parkNanos(due - tracker.now());
      if (sampler.isStopped() || identityWanted) {
        break;
      }
    }
  }

  private long gap() {
    long interval = sampler.intervalNanos();
    if (isWanted(interval)) {
      return wanted(interval);
    }
    tracker.resting(alarm);
    // Somebody may have drawn a ticket before the alarm was set.
    return isWanted(interval) ? wanted(interval) : QUIET_NANOS;
  }

  private boolean isWanted(long interval) {
    return wanted(interval) != 0;
  }

  private long wanted(long interval) {
    if (tracker.isWriteWaiting(began)) {
      return interval / 2;
    }
    return tracker.isReadWaiting(began) ? interval : 0;
  }
}
