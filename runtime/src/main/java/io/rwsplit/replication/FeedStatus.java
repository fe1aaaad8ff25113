package io.rwsplit.replication;

import io.rwsplit.topology.Lag;

/**
 * State and counters of one replica at one moment. Immutable; the counters are not one snapshot.
 */
public final class FeedStatus {
  private final FeedState state;
  private final String reason;
  private final String lastFailure;
  private final Lag lag;
  private final long[] counters;

  FeedStatus(FeedState state, String reason, String lastFailure, Lag lag, long... counters) {
    this.state = state;
    this.reason = reason;
    this.lastFailure = lastFailure;
    this.lag = lag;
    this.counters = counters;
  }

  /** What the feed is doing. */
  public FeedState state() {
    return state;
  }

  /** Why it is not streaming; null when it is, or when there is nothing to explain. */
  public String reason() {
    return reason;
  }

  /** Why it stopped streaming the last time; null when it never did. */
  public String lastFailure() {
    return lastFailure;
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
