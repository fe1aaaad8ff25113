package io.rwsplit.replication;

import io.rwsplit.topology.Lag;

/**
 * State and counters of one replica at one moment. Immutable; the counters are not one snapshot.
 */
public final class FeedStatus {
  private final FeedState state;
  private final String reason;
  private final Lag lag;
  private final long[] counters;

  FeedStatus(FeedState state, String reason, Lag lag, long... counters) {
    this.state = state;
    this.reason = reason;
    this.lag = lag;
    this.counters = counters;
  }

  /** What the feed is doing. */
  public FeedState state() {
    return state;
  }

  /** Why it is not streaming, or the last failure; null when there was none. */
  public String reason() {
    return reason;
  }

  /** How far the replica is behind. */
  public Lag lag() {
    return lag;
  }

  /** Commits published on the replica; several of the master may be one of these. */
  public long transactions() {
    return counters[0];
  }

  /** Frames written to the replica's log. */
  public long frames() {
    return counters[1];
  }

  /** Bytes written to the replica's log. */
  public long bytes() {
    return counters[2];
  }

  /** First copies, page differences and rebuilds begun. */
  public long resyncs() {
    return counters[3];
  }

  /** Times the replica's log was emptied into its database file. */
  public long checkpoints() {
    return counters[4];
  }

  /**
   * Wall-clock time of the last commit published, in milliseconds since 1970; 0 before the first.
   */
  public long lastApplyMillis() {
    return counters[5];
  }
}
