package io.rwsplit.core;

import io.rwsplit.config.Settings;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.topology.Lag;
import io.rwsplit.topology.Replica;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when a replica is further behind than it should be. Used by one thread. */
final class LagAlert {
  private static final Logger LOG = LoggerFactory.getLogger(LagAlert.class);

  private volatile long most;

  /** Replicas that were said to be behind, one per bit. */
  private long behind;

  private final String group;

  private LagAlert(long most, String group) {
    this.most = most;
    this.group = group;
  }

  static LagAlert of(Settings settings) {
    return new LagAlert(settings.lagAlertNanos(), settings.group());
  }

  /** Another limit from now on, in nanoseconds; 0: none. */
  void most(long nanos) {
    most = nanos;
  }

  void look(Replica replica) {
    long limit = most;
    Lag lag = replica.lag();
    if (limit == 0 || !lag.isKnown()) {
      return;
    }
    long bit = 1L << replica.index();
    boolean said = (behind & bit) != 0;
    long nanos = lag.nanos();
    if (!said && nanos > limit) {
      behind |= bit;
      LOG.warn("{}: is behind by more than rwsplit.lag.alert: {}", replica.name(), lag);
      FlightEvents.lagChanged(group, replica.name(), true, "is behind: " + lag);
    } else if (said && nanos <= limit / 2) {
      // Well below it, so that a lag that comes and goes around the limit fills no log.
      behind &= ~bit;
      LOG.info("{}: has caught up: {}", replica.name(), lag);
      FlightEvents.lagChanged(group, replica.name(), false, "has caught up: " + lag);
    }
  }
}
