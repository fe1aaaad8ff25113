package io.rwsplit.report;

import io.rwsplit.route.RouteReason;

/** One execution that took long. Immutable. */
public final class SlowStatement {
  private final long number;
  private final int node;
  private final String digest;
  private final RouteReason reason;
  private final long nanos;
  private final long endedAt;

  SlowStatement(
      long number, int node, String digest, RouteReason reason, long nanos, long endedAt) {
    this.number = number;
    this.node = node;
    this.digest = digest;
    this.reason = reason;
    this.nanos = nanos;
    this.endedAt = endedAt;
  }

  /** Grows by one from each to the next. */
  long number() {
    return number;
  }

  /** Index of the replica, or {@link Timings#MASTER}. */
  public int node() {
    return node;
  }

  /** The text without literals; null of a batch, and of what could not be read. */
  public String digest() {
    return digest;
  }

  /** Why it was executed where it was. */
  public RouteReason reason() {
    return reason;
  }

  /** How long it took. */
  public long nanos() {
    return nanos;
  }

  /** When it ended, by {@link System#nanoTime()}. */
  public long endedAt() {
    return endedAt;
  }
}
