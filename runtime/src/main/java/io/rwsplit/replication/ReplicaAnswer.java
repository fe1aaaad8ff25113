package io.rwsplit.replication;

import io.rwsplit.topology.Lag;

/** What became of one replica that something was asked of. Immutable. */
public final class ReplicaAnswer {
  private final String replica;
  private final boolean done;
  private final FeedState state;
  private final String reason;
  private final Lag lag;

  ReplicaAnswer(String replica, boolean done, FeedStatus status) {
    this.replica = replica;
    this.done = done;
    this.state = status.state();
    this.reason = status.reason();
    this.lag = status.lag();
  }

  /** Name of the replica. */
  public String replica() {
    return replica;
  }

  /** True when it has what was asked for. */
  public boolean isDone() {
    return done;
  }

  /** What its feed was doing at the end. */
  public FeedState state() {
    return state;
  }

  /** Why it was not streaming; null when it was, or when there is nothing to explain. */
  public String reason() {
    return reason;
  }

  /** How far behind it was at the end. */
  public Lag lag() {
    return lag;
  }

  @Override
  public String toString() {
    return replica
        + (done ? ": done" : ": not done")
        + ", "
        + state
        + (reason == null ? "" : " (" + reason + ")")
        + ", lag "
        + lag;
  }
}
