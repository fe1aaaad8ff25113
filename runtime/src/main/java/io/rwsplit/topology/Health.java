package io.rwsplit.topology;

import java.util.Objects;

/**
 * The verdict on one replica as a function of what was observed and of time, which is given. In
 * words:
 *
 * <ol>
 *   <li>Whoever feeds it, or knows its position, can forbid it; what they allow counts at once,
 *       since each has compared it with the master.
 *   <li>Replication that has stopped for good takes it out; it is back when that has been mended
 *       and probes have passed for the time of observation.
 *   <li>It is out until its first probe has passed. After so many failed probes in a row, or one
 *       that hangs, or when reads wait in vain and the probe with them, it is out until probes have
 *       passed for the time of observation without a failure in between; only a probe that passes
 *       ends that time.
 *   <li>Where probes pass and reads fail, the same; and when that happens again soon after it is
 *       back, the time of observation is doubled.
 *   <li>A lag above the one limit takes it out, one at or below the other takes it in. Between the
 *       two, and while the lag is unknown, it stays what it is.
 * </ol>
 *
 * <p>Not thread-safe: guarded by who watches.
 */
public final class Health {
  /** What speaks against a replica. In the order in which it is named. */
  public enum Cause {
    /** Nothing. */
    NONE,
    /** The feed. */
    FEED,
    /** Its position. */
    POSITION,
    /** The state of its replication. */
    REPLICATION,
    /** Its probes, and its reads. */
    PROBE,
    /** Its lag. */
    LAG
  }

  /** What the problem of a replica begins with that is out for its lag alone. */
  public static final String LAGS = "lags: ";

  /** The time of observation is doubled this many times at most. */
  private static final int MOST_RELAPSES = 6;

  /** A replica fails again soon when that is within so many times its last observation. */
  private static final int SOON = 10;

  private HealthRules rules;
  private String feed;
  private String position;

  /** What the newest failed probe said; null when nothing is held against the replica. */
  private String failure = "not probed yet";

  private int failures;
  private boolean outByProbes = true;

  /** True when it has failed as much as takes it out, and not only never been probed. */
  private boolean failed;

  private boolean observed;
  private long observedSince;

  /** How often in a row its reads have failed soon after its return. */
  private int relapses;

  /** When it last returned from failing reads; only meant while {@link #readsFailed}. */
  private long returnedAt;

  private boolean readsFailed;

  /** Why replication has stopped; null when it has not, as far as is known. */
  private String replication;

  /** What the state of replication adds to a lag, for people; null for nothing. */
  private String remark;

  private boolean probing;
  private long probeBegan;
  private Lag lag = Lag.unknown();
  private boolean lags;

  /**
   * @param feedProblem why its feed forbids it at first; null when nothing does
   */
  public Health(HealthRules rules, String feedProblem) {
    this.rules = rules;
    this.feed = feedProblem;
  }

  /** Other limits hold from now on. */
  public void rules(HealthRules changed) {
    rules = changed;
  }

  /**
   * What its feed says.
   *
   * @param problem why it must not be read; null when it may
   * @return true when the feed forbade it before and does no longer
   */
  public boolean feed(String problem) {
    boolean content = feed != null && problem == null;
    feed = problem;
    // Nobody probes meanwhile.
    observed &= problem == null;
    return content;
  }

  /** True when its feed allows nobody to open it. */
  public boolean isForbiddenByFeed() {
    return feed != null;
  }

  /**
   * What its position says.
   *
   * @param problem why it must not be read; null when it may
   * @return true when that is new
   */
  public boolean position(String problem) {
    boolean changed = !Objects.equals(position, problem);
    position = problem;
    return changed;
  }

  /** A probe begins. */
  public void probeBegan(long now) {
    probing = true;
    probeBegan = now;
  }

  /** A probe has passed. */
  public void probePassed(long now) {
    noteHang(now);
    probing = false;
    failures = 0;
    if (!outByProbes) {
      return;
    }
    if (failed && !observed) {
      observed = true;
      observedSince = now;
    }
    if (!failed || now - observedSince >= observation()) {
      returnedAt = readsFailed ? now : returnedAt;
      outByProbes = false;
      failed = false;
      observed = false;
      failure = null;
    }
  }

  /**
   * A probe has failed.
   *
   * @param why for people
   */
  public void probeFailed(String why, long now) {
    noteHang(now);
    probing = false;
    observed = false;
    failures++;
    if (outByProbes || failures >= rules.failures) {
      failure = why;
      outByProbes = true;
    }
    if (failures >= rules.failures) {
      failed = true;
      readsFailed = false;
    }
  }

  /**
   * Reads wait for it in vain, and a probe does.
   *
   * @param why for people
   */
  public void silent(String why) {
    readsFailed = false;
    goOut(why);
  }

  /**
   * Probes pass, and reads fail.
   *
   * @param why for people
   */
  public void readsFail(String why, long now) {
    if (outByProbes) {
      return;
    }
    boolean soon = readsFailed && now - returnedAt <= SOON * Math.max(1, observation());
    relapses = soon ? Math.min(relapses + 1, MOST_RELAPSES) : 0;
    readsFailed = true;
    goOut(why);
  }

  private long observation() {
    return readsFailed ? rules.observation << relapses : rules.observation;
  }

  private void goOut(String why) {
    failure = why;
    outByProbes = true;
    failed = true;
    observed = false;
  }

  private void noteHang(long now) {
    if (probing && now - probeBegan > rules.patience) {
      readsFailed = false;
      goOut("a probe hangs");
    }
  }

  /**
   * What is known of its replication.
   *
   * @param problem why it must not be read; null when it may
   * @param addition what explains a lag; null for nothing
   */
  public void replication(String problem, String addition) {
    if (replication != null && problem == null) {
      // What was broken is observed before it counts as mended.
      readsFailed = false;
      goOut("replicates again");
    }
    replication = problem;
    remark = addition;
  }

  /** True when the newest probe that ended has failed. */
  public boolean isFailing() {
    return failures > 0;
  }

  /** True when the next probe should come soon: it has failed, or is being observed. */
  public boolean isWatchedClosely() {
    return failures > 0 || observed;
  }

  /** A sample of its lag. */
  public void lag(Lag sampled) {
    lag = sampled;
    if (sampled.isKnown()) {
      lags = !sampled.isWithin(lags ? rules.lagReadmit : rules.lagMax);
    }
  }

  /** What speaks against it now. */
  public Cause cause(long now) {
    noteHang(now);
    if (feed != null) {
      return Cause.FEED;
    }
    if (position != null) {
      return Cause.POSITION;
    }
    if (replication != null) {
      return Cause.REPLICATION;
    }
    if (outByProbes) {
      return Cause.PROBE;
    }
    return lags ? Cause.LAG : Cause.NONE;
  }

  /** The same for people; null when nothing does. */
  public String problem(long now) {
    switch (cause(now)) {
      case FEED:
        return feed;
      case POSITION:
        return position;
      case REPLICATION:
        return replication;
      case PROBE:
        return observed ? "answers again, and is observed" : failure;
      case LAG:
        return LAGS + lag + (remark == null ? "" : ", " + remark);
      default:
        return null;
    }
  }
}
