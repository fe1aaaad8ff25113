package io.rwsplit.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What must hold between the properties of the choice among replicas, and of their health. */
final class BalanceChecks {
  /** One bit of a long each. */
  private static final int MOST_REPLICAS = 64;

  private static final String REPLICA = "replica";

  private final Values values;
  private final int replicas;

  BalanceChecks(Values values) {
    this.values = values;
    this.replicas = values.urls(Property.REPLICAS).size();
  }

  void run() {
    if (replicas > MOST_REPLICAS) {
      String allowed = "at most " + MOST_REPLICAS;
      values.fault(Property.REPLICAS, null, "names " + replicas + " replicas", allowed);
    }
    checkCount(Property.REPLICAS_WEIGHT, values.numbers(Property.REPLICAS_WEIGHT).size());
    checkCount(Property.REPLICAS_PRIORITY, values.numbers(Property.REPLICAS_PRIORITY).size());
    checkCount(Property.REPLICAS_ZONE, values.labels(Property.REPLICAS_ZONE).size());
    checkCount(Property.REPLICAS_TAGS, values.labels(Property.REPLICAS_TAGS).size());
    checkDrained();
    checkEffects();
    checkZones();
    checkTags();
    checkLag();
    checkHeartbeat();
  }

  private void checkCount(Property property, int count) {
    if (count > 1 && replicas > 0 && count != replicas) {
      values.fault(
          property,
          values.given(property),
          "has " + count + " entries for " + replicas + " replicas",
          "one for all, or one for each");
    }
  }

  /** A name that nobody has would drain nobody, in silence. */
  private void checkDrained() {
    for (String name : values.names(Property.REPLICAS_DRAIN)) {
      String lower = name.toLowerCase(Locale.ROOT);
      String number = lower.startsWith(REPLICA) ? lower.substring(REPLICA.length()) : "";
      if (!lower.equals("first-master") && !isNumber(number)) {
        values.fault(
            Property.REPLICAS_DRAIN,
            values.given(Property.REPLICAS_DRAIN),
            "holds a name that no replica has: they are called by their order",
            "replica1, replica2 and so on; with rwsplit.failover also first-master");
      } else if (replicas > 0 && isNumber(number) && Long.parseLong(number) > replicas) {
        values.warn(
            Property.REPLICAS_DRAIN,
            values.given(Property.REPLICAS_DRAIN),
            "names "
                + name
                + ", while the replicas listed are "
                + replicas
                + ": it counts once one of that name has joined");
      }
    }
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() < 9;
  }

  private void checkEffects() {
    Object strategy = values.get(Property.STRATEGY);
    if (values.isGiven(Property.REPLICAS_PRIORITY) && strategy != Strategy.PRIORITY) {
      noEffect(Property.REPLICAS_PRIORITY, "rwsplit.strategy=priority");
    }
    boolean unweighted =
        strategy == Strategy.ROUND_ROBIN
            || strategy == Strategy.PRIORITY
            || strategy == Strategy.RESPONSE_TIME;
    boolean differ = false;
    for (Long weight : values.numbers(Property.REPLICAS_WEIGHT)) {
      differ |= weight > 1;
    }
    if (unweighted && differ) {
      noEffect(Property.REPLICAS_WEIGHT, "another rwsplit.strategy, but for weights of 0");
    }
  }

  private void noEffect(Property property, String without) {
    values.warn(property, values.given(property), "has no effect without " + without);
  }

  private void checkZones() {
    Object own = values.get(Property.ZONE);
    if (own == null) {
      if (values.isGiven(Property.REPLICAS_ZONE)) {
        noEffect(Property.REPLICAS_ZONE, "rwsplit.zone");
      }
      return;
    }
    for (List<String> zone : values.labels(Property.REPLICAS_ZONE)) {
      if (zone.contains(own)) {
        return;
      }
    }
    values.warn(Property.ZONE, values.given(Property.ZONE), "is the zone of none of the replicas");
  }

  private void checkTags() {
    Set<String> known = new HashSet<String>();
    for (List<String> tags : values.labels(Property.REPLICAS_TAGS)) {
      for (String tag : tags) {
        String lower = tag.toLowerCase(Locale.ROOT);
        known.add(lower);
        if (isNameOfReplica(lower)) {
          values.fault(
              Property.REPLICAS_TAGS,
              values.given(Property.REPLICAS_TAGS),
              "holds " + tag + ", which is the name of a replica",
              "other names");
        }
      }
    }
    for (int i = 1; i <= replicas; i++) {
      known.add("replica" + i);
    }
    checkRules(Property.TAGGED_SQL, known);
    checkRules(Property.TAGGED_TABLES, known);
    checkRules(Property.TAGGED_CLASSES, known);
  }

  private static boolean isNameOfReplica(String tag) {
    if (!tag.startsWith("replica") || tag.length() == 7) {
      return false;
    }
    for (int i = 7; i < tag.length(); i++) {
      if (!Character.isDigit(tag.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private void checkRules(Property property, Set<String> known) {
    List<String> unknown = new ArrayList<String>();
    for (TaggedRule rule : values.rules(property)) {
      if (!known.contains(rule.tag().toLowerCase(Locale.ROOT))) {
        unknown.add(rule.tag());
      }
    }
    if (!unknown.isEmpty() && replicas > 0) {
      values.fault(
          property,
          values.given(property),
          "names " + String.join(", ", unknown) + ", which no replica has as tag or name",
          "tags of rwsplit.replicas.tags, and replica1 to replica" + replicas);
    }
  }

  private void checkHeartbeat() {
    String column = (String) values.get(Property.LAG_HEARTBEAT);
    if (column == null) {
      return;
    }
    String[] parts = column.split("\\.", -1);
    boolean whole = parts.length == 2 || parts.length == 3;
    for (String part : parts) {
      whole &= !part.isEmpty() && part.indexOf('-') < 0 && !Character.isDigit(part.charAt(0));
    }
    if (!whole) {
      values.fault(
          Property.LAG_HEARTBEAT,
          values.given(Property.LAG_HEARTBEAT),
          "is not the name of a column with its table",
          "schema.table.column or table.column");
    }
  }

  private void checkLag() {
    Object readmit = values.get(Property.LAG_READMIT);
    Object max = values.get(Property.LAG_MAX);
    if (readmit == null || max == null) {
      return;
    }
    String given = values.given(Property.LAG_READMIT);
    if ((Long) readmit > (Long) max) {
      values.fault(
          Property.LAG_READMIT,
          given,
          "is more than rwsplit.lag.max",
          "at most " + Unit.format((Long) max, Unit.OF_DURATIONS));
    }
    for (Long delay : values.durations(Property.REPLICATION_DELAY)) {
      if (delay > 0 && delay >= (Long) readmit) {
        values.fault(
            Property.LAG_READMIT,
            given,
            "is not above rwsplit.replication.delay: a replica that lagged would never return",
            "more than " + Unit.format(delay, Unit.OF_DURATIONS));
        break;
      }
    }
  }
}
