package io.rwsplit.promotion;

import io.rwsplit.engine.Engine;
import java.util.List;

/** What promotions need to know of the configuration. Immutable. */
public final class PromotionSettings {
  final Engine engine;
  final List<String> names;
  final List<Address> addresses;
  final List<Integer> priorities;
  final Credentials replication;
  final long intervalNanos;
  final PromotionRules rules;

  /**
   * Makes them; lists are by node.
   *
   * @param priorities the lowest goes first among replicas that hold the same
   * @param replication with what a former master logs in at the new one
   * @param intervalNanos between two looks at a server
   * @param observationNanos how long a master must have been silent
   * @param lagMaxNanos how old what a new master holds may be
   * @param freezeNanos from one change of masters to the next
   */
  public PromotionSettings(
      Engine engine,
      List<String> names,
      List<Address> addresses,
      List<Integer> priorities,
      Credentials replication,
      long intervalNanos,
      long observationNanos,
      long lagMaxNanos,
      long freezeNanos) {
    this.engine = engine;
    this.names = names;
    this.addresses = addresses;
    this.priorities = priorities;
    this.replication = replication;
    this.intervalNanos = intervalNanos;
    this.rules = new PromotionRules(observationNanos, lagMaxNanos, freezeNanos);
  }

  int nodes() {
    return names.size();
  }

  int majority() {
    return nodes() / 2 + 1;
  }
}
