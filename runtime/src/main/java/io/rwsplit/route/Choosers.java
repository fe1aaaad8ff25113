package io.rwsplit.route;

import io.rwsplit.topology.Replica;

/** The strategies. Stateless. */
public final class Choosers {
  private Choosers() {}

  /** Each in turn. */
  public static Chooser roundRobin() {
    return new RoundRobin();
  }

  /** By chance, with chances as the weights are, which lag lowers. */
  public static Chooser random(Replica[] replicas) {
    return new Weighted(replicas, false);
  }

  /** Each as often as its weight says, which lag lowers. */
  public static Chooser weightedRoundRobin(Replica[] replicas) {
    return new Weighted(replicas, true);
  }

  /** The one with the fewest connections in use for its weight; equals in turn. */
  public static Chooser leastConnections(Replica[] replicas) {
    return new LeastConnections(replicas);
  }

  /** The first by rank; equals in turn. */
  public static Chooser priority(Replica[] replicas) {
    return new Priority(replicas);
  }

  /** Those that are faster to the first row, more often. */
  public static Chooser responseTime(Replica[] replicas) {
    return new ResponseTime(replicas);
  }

  /** The better of two, by time to the first row, connections in use and lag. */
  public static Chooser adaptive(Replica[] replicas) {
    return new Adaptive(replicas);
  }
}
