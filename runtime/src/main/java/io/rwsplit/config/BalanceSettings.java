package io.rwsplit.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What the configuration says of the choice among replicas and of their health. Immutable. */
public final class BalanceSettings {
  private final Values values;

  BalanceSettings(Values values) {
    this.values = values;
  }

  /** Weight of a replica; 0: only for reads that ask for it. */
  public int weight(int replica) {
    return (int) (long) of(values.numbers(Property.REPLICAS_WEIGHT), replica, 1L);
  }

  /** True when nothing new is to run on the replica of this name. */
  public boolean isDrained(String name) {
    for (String drained : values.names(Property.REPLICAS_DRAIN)) {
      if (drained.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** Rank of a replica; the lowest goes first. */
  public int priority(int replica) {
    return (int) (long) of(values.numbers(Property.REPLICAS_PRIORITY), replica, (long) replica);
  }

  /** Zone of a replica; empty when it has none. */
  public String zone(int replica) {
    List<String> none = Collections.emptyList();
    List<String> zone = of(values.labels(Property.REPLICAS_ZONE), replica, none);
    return zone.isEmpty() ? "" : zone.get(0);
  }

  /** Zone of the application; null when it has none. */
  public String ownZone() {
    return (String) values.get(Property.ZONE);
  }

  /** Tags of a replica, as written. */
  public List<String> tags(int replica) {
    List<String> none = Collections.emptyList();
    return of(values.labels(Property.REPLICAS_TAGS), replica, none);
  }

  private static <T> T of(List<T> values, int replica, T unset) {
    if (values.size() == 1) {
      return values.get(0);
    }
    // Of the configured master nothing is said when it becomes a replica.
    return replica < values.size() ? values.get(replica) : unset;
  }

  /** Rules by what is found in the text of a read. */
  public List<TaggedRule> taggedSql() {
    return values.rules(Property.TAGGED_SQL);
  }

  /** Rules by the tables a read names; lower case. */
  public List<TaggedRule> taggedTables() {
    List<TaggedRule> lower = new ArrayList<TaggedRule>();
    for (TaggedRule rule : values.rules(Property.TAGGED_TABLES)) {
      List<String> names = new ArrayList<String>();
      for (String name : rule.names()) {
        names.add(name.toLowerCase(Locale.ROOT));
      }
      lower.add(new TaggedRule(rule.tag(), null, names));
    }
    return lower;
  }

  /** Rules by the beginnings of names of classes on the stack. */
  public List<TaggedRule> taggedClasses() {
    return values.rules(Property.TAGGED_CLASSES);
  }

  /** How much of a hundred eligible reads the master runs. */
  public int masterShare() {
    return (int) values.number(Property.READ_MASTER_SHARE);
  }

  /** How long a replica that returns gets less than its part, in nanoseconds; 0: not at all. */
  public long slowStartNanos() {
    return values.number(Property.HEALTH_SLOW_START);
  }

  /** How long a replica that did not answer must answer before it returns, in nanoseconds. */
  public long observationNanos() {
    return values.number(Property.HEALTH_OBSERVATION);
  }

  /** A column, with its table, that holds the time on the master; null when nobody writes one. */
  public String lagHeartbeat() {
    return (String) values.get(Property.LAG_HEARTBEAT);
  }

  /** How long a read may wait for a server that is silent, in nanoseconds; 0: no limit. */
  public long replicaTimeoutNanos() {
    return values.number(Property.REPLICA_TIMEOUT);
  }

  /**
   * The lag at which a replica that lagged too much returns, in nanoseconds. By default half of
   * what takes it out; where it is kept behind on purpose, halfway from there.
   */
  public long lagReadmitNanos(int replica) {
    Object given = values.get(Property.LAG_READMIT);
    if (given != null) {
      return (Long) given;
    }
    long delay = of(values.durations(Property.REPLICATION_DELAY), replica, 0L);
    return (delay + values.number(Property.LAG_MAX)) / 2;
  }
}
