package io.rwsplit.topology;

import java.util.Collections;
import java.util.List;

/** What the configuration says of one replica, for the choice among several. Immutable. */
public final class ReplicaTraits {
  /** Part of its weight that a replica keeps however far it is behind. */
  private static final double LEAST_FRESHNESS = 0.05;

  private final int weight;
  private final int priority;
  private final String zone;
  private final List<String> tags;
  private final long lagMaxNanos;

  /**
   * @param weight what it is to serve compared to others; 0: only reads that ask for it
   * @param priority its rank; the lowest goes first
   * @param zone empty when it has none
   * @param lagMaxNanos the lag at which nothing is left of its weight
   */
  public ReplicaTraits(int weight, int priority, String zone, List<String> tags, long lagMaxNanos) {
    this.weight = weight;
    this.priority = priority;
    this.zone = zone;
    this.tags = tags;
    this.lagMaxNanos = lagMaxNanos;
  }

  /** Those of a replica that nothing is said of: weight 1, rank by position. */
  public static ReplicaTraits plain(int index, long lagMaxNanos) {
    return new ReplicaTraits(1, index, "", Collections.<String>emptyList(), lagMaxNanos);
  }

  /** What it is to serve compared to others; 0: only reads that ask for it. */
  public int weight() {
    return weight;
  }

  /** True when it serves only reads that ask for it. */
  public boolean isReserved() {
    return weight == 0;
  }

  /**
   * What it is to serve among those that may serve a read: at least 1, since a reserved replica is
   * among them only when it was asked for.
   */
  public int share() {
    return Math.max(1, weight);
  }

  /** Its rank; the lowest goes first. */
  public int priority() {
    return priority;
  }

  /** Its zone; empty when it has none. */
  public String zone() {
    return zone;
  }

  /** Its tags, as written. */
  public List<String> tags() {
    return tags;
  }

  /** True when it has the tag, in any case of letters. */
  public boolean hasTag(String tag) {
    for (String each : tags) {
      if (each.equalsIgnoreCase(tag)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What is left of its weight at a lag: all when up to date, least at {@code rwsplit.lag.max}. An
   * unknown lag takes nothing away: where nobody measures it, it is unknown for ever, and where
   * somebody does, a replica of unknown position gets no reads at all.
   *
   * @return between a small part and 1
   */
  double freshness(Lag lag) {
    if (!lag.isKnown() || lagMaxNanos <= 0) {
      return 1;
    }
    return Math.max(LEAST_FRESHNESS, 1 - (double) lag.nanos() / lagMaxNanos);
  }
}
