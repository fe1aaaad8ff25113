package io.rwsplit.core;

import io.rwsplit.config.BalanceSettings;
import io.rwsplit.config.Settings;
import io.rwsplit.config.TaggedRule;
import io.rwsplit.route.Balancer;
import io.rwsplit.route.Chooser;
import io.rwsplit.route.Choosers;
import io.rwsplit.route.TableNames;
import io.rwsplit.route.TagRules;
import io.rwsplit.topology.Replica;
import io.rwsplit.topology.ReplicaTraits;

/** Builds what chooses among replicas from the configuration. Stateless. */
final class Balancing {
  /** Name of the configured master where it may become a replica. */
  static final String FIRST_MASTER = "first-master";

  private Balancing() {}

  /** The replicas by index, with what the configuration says of each. */
  static Replica[] replicas(Settings settings) {
    Replica[] replicas = new Replica[settings.nodes().size()];
    for (int i = 0; i < replicas.length; i++) {
      String url = settings.nodes().get(i).withoutSecrets();
      String name = i < settings.replicas().size() ? "replica" + (i + 1) : FIRST_MASTER;
      replicas[i] = new Replica(i, name, url, traits(settings, i));
    }
    return replicas;
  }

  /** What the configuration says of one of its replicas. */
  static ReplicaTraits traits(Settings settings, int index) {
    BalanceSettings balance = settings.balance();
    return new ReplicaTraits(
        balance.weight(index),
        balance.priority(index),
        balance.zone(index),
        balance.tags(index),
        settings.lagMaxNanos());
  }

  static Balancer balancer(Settings settings, Replica[] replicas) {
    BalanceSettings balance = settings.balance();
    return new Balancer(
        replicas,
        chooser(settings, replicas),
        tags(balance, replicas),
        balance.ownZone(),
        balance.slowStartNanos(),
        balance.masterShare());
  }

  private static Chooser chooser(Settings settings, Replica[] replicas) {
    switch (settings.strategy()) {
      case RANDOM:
        return Choosers.random(replicas);
      case LEAST_CONNECTIONS:
        return Choosers.leastConnections(replicas);
      case PRIORITY:
        return Choosers.priority(replicas);
      case WEIGHTED_ROUND_ROBIN:
        return Choosers.weightedRoundRobin(replicas);
      case RESPONSE_TIME:
        return Choosers.responseTime(replicas);
      case ADAPTIVE:
        return Choosers.adaptive(replicas);
      default:
        return Choosers.roundRobin();
    }
  }

  private static TagRules tags(BalanceSettings balance, Replica[] replicas) {
    TagRules rules = new TagRules(replicas);
    for (TaggedRule rule : balance.taggedSql()) {
      rules.addSql(rule.tag(), rule.pattern());
    }
    for (TaggedRule rule : balance.taggedTables()) {
      rules.addTables(rule.tag(), new TableNames(rule.names()));
    }
    for (TaggedRule rule : balance.taggedClasses()) {
      rules.addClasses(rule.tag(), rule.names());
    }
    return rules;
  }
}
