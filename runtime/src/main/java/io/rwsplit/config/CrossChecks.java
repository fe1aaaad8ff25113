package io.rwsplit.config;

import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import java.util.List;
import java.util.Locale;

/** What must hold between the properties; each check adds its own fault and none stops another. */
final class CrossChecks {
  private final Values values;

  CrossChecks(Values values) {
    this.values = values;
  }

  void run() {
    checkPresence();
    checkMaster();
    checkReplicas();
    checkReplication();
    checkDelays();
    new BalanceChecks(values).run();
    new SyncChecks(values).run();
    if (values.isGivenBelow("rwsplit.failover")) {
      new FailoverChecks(values).run();
      new PromotionChecks(values).run();
    }
    checkConsistency();
    checkRules();
    checkCredentials();
    checkPool();
    if (values.isGivenBelow("rwsplit.patroni")) {
      new PatroniChecks(values).run();
    }
  }

  private void checkPresence() {
    if (!values.isGiven(Property.MASTER) && !values.isGiven(Property.REPLICAS)) {
      // So only a group with a name can be: it is there because somebody has named it.
      values.fault(
          Property.MASTER,
          null,
          "is missing, while rwsplit.groups names " + values.group(),
          Property.MASTER.allowed());
      return;
    }
    if (!values.isGiven(Property.MASTER)) {
      values.fault(
          Property.MASTER,
          null,
          "is missing, while " + values.nameFor(Property.REPLICAS) + " is set",
          Property.MASTER.allowed());
    }
    boolean mayLack =
        values.isGiven(Property.PATRONI) || values.get(Property.MODE) == RoutingMode.OBSERVE;
    if (!values.isGiven(Property.REPLICAS) && !mayLack) {
      values.fault(
          Property.REPLICAS,
          null,
          "is missing, while " + values.nameFor(Property.MASTER) + " is set",
          Property.REPLICAS.allowed());
    } else if (values.isGiven(Property.REPLICAS) && values.urls(Property.REPLICAS).isEmpty()) {
      values.fault(
          Property.REPLICAS,
          values.given(Property.REPLICAS),
          "names no replica",
          Property.REPLICAS.allowed());
    }
  }

  private void checkMaster() {
    for (JdbcUrl master : values.urls(Property.MASTER)) {
      checkUrl(Property.MASTER, master);
      checkOpening(Property.MASTER, master);
      if (holdsAnother(master, ",")) {
        values.fault(Property.MASTER, master.text(), "names more than one database", "one URL");
      }
    }
  }

  /**
   * True when another URL begins inside of this one, after white space, a semicolon or one of
   * these.
   */
  private static boolean holdsAnother(JdbcUrl url, String further) {
    String text = url.text().toLowerCase(Locale.ROOT);
    for (int at = text.indexOf("jdbc:", 1); at > 0; at = text.indexOf("jdbc:", at + 1)) {
      char before = text.charAt(at - 1);
      if (before <= ' ' || before == ';' || further.indexOf(before) >= 0) {
        return true;
      }
    }
    return false;
  }

  private void checkUrl(Property property, JdbcUrl url) {
    String allowed = property.allowed();
    if (url.fault() != null) {
      values.fault(property, url.text(), "cannot be used: " + url.fault(), allowed);
    } else if (url.isInMemory() && (url.engine() == Engine.SQLITE || url.database().isEmpty())) {
      values.fault(
          property,
          url.text(),
          "names a database in memory or a temporary one, which only one connection sees",
          url.engine() == Engine.SQLITE ? "the path of a file" : allowed);
    } else if (url.file() != null && url.file().isDirectory()) {
      values.fault(property, url.text(), "is a directory", "the path of a file");
    } else if (!url.isFile() && url.database().isEmpty()) {
      values.fault(property, url.text(), "names no database", allowed);
    }
  }

  /** What our own connections to a SQLite file, which read its log and write, cannot have. */
  private void checkOpening(Property property, JdbcUrl url) {
    if (url.engine() != Engine.SQLITE
        || !url.isFile()
        || values.get(Property.REPLICATION) == ReplicationMode.OFF) {
      return;
    }
    String hindrance = url.replicationHindrance();
    if (hindrance != null) {
      values.fault(
          property,
          url.text(),
          "cannot be replicated: " + hindrance,
          "a URL without that parameter; connections of the application may have it");
    }
  }

  private void checkReplicas() {
    List<JdbcUrl> masters = values.urls(Property.MASTER);
    List<JdbcUrl> replicas = values.urls(Property.REPLICAS);
    for (int i = 0; i < replicas.size(); i++) {
      JdbcUrl replica = replicas.get(i);
      if (holdsAnother(replica, "")) {
        values.fault(
            Property.REPLICAS,
            replica.text(),
            "holds more than one URL",
            Property.REPLICAS.allowed());
        continue;
      }
      checkUrl(Property.REPLICAS, replica);
      checkOpening(Property.REPLICAS, replica);
      if (!masters.isEmpty()) {
        checkAgainstMaster(replica, masters.get(0));
      }
      for (int j = 0; j < i; j++) {
        if (replica.sameDatabase(replicas.get(j))) {
          values.fault(
              Property.REPLICAS, replica.text(), "is listed twice", "each replica only once");
          break;
        }
      }
      if (replica.engine() == Engine.SQLITE && replica.text().indexOf(',') >= 0) {
        values.warn(
            Property.REPLICAS,
            replica.text(),
            "is taken for one file with a comma in its name; each of several replicas must begin"
                + " with jdbc:");
      }
    }
  }

  private void checkAgainstMaster(JdbcUrl replica, JdbcUrl master) {
    if (replica.sameDatabase(master)) {
      values.fault(
          Property.REPLICAS, replica.text(), "is the master itself", "databases other than it");
    }
    boolean bothKnown = replica.engine() != null && master.engine() != null;
    if (bothKnown && replica.engine() != master.engine()) {
      values.fault(
          Property.REPLICAS,
          replica.text(),
          "is of another engine than the master",
          "URLs that begin with " + master.engine().urlPrefix());
    }
  }

  private void checkReplication() {
    List<JdbcUrl> masters = values.urls(Property.MASTER);
    boolean otherEngine =
        !masters.isEmpty()
            && masters.get(0).engine() != null
            && masters.get(0).engine() != Engine.SQLITE;
    if (otherEngine && values.get(Property.REPLICATION) == ReplicationMode.WAL) {
      values.fault(
          Property.REPLICATION,
          values.given(Property.REPLICATION),
          "is for SQLite only, and the master is none",
          "off");
    }
  }

  private void checkDelays() {
    List<Long> delays = values.durations(Property.REPLICATION_DELAY);
    String given = values.given(Property.REPLICATION_DELAY);
    int replicas = values.urls(Property.REPLICAS).size();
    if (delays.size() > 1 && replicas > 0 && delays.size() != replicas) {
      values.fault(
          Property.REPLICATION_DELAY,
          given,
          "has " + delays.size() + " durations for " + replicas + " replicas",
          "one for all, or one for each");
    }
    Object lagMax = values.get(Property.LAG_MAX);
    for (Long delay : delays) {
      if (lagMax != null && delay > 0 && delay >= (Long) lagMax) {
        values.fault(
            Property.REPLICATION_DELAY,
            given,
            "is not below rwsplit.lag.max, above which a replica gets no reads",
            "less than " + Unit.format((Long) lagMax, Unit.OF_DURATIONS));
        break;
      }
    }
    boolean notFed =
        values.get(Property.REPLICATION) == ReplicationMode.OFF
            || (!values.urls(Property.MASTER).isEmpty()
                && values.urls(Property.MASTER).get(0).engine() != Engine.SQLITE);
    if (given != null && notFed) {
      values.warn(
          Property.REPLICATION_DELAY, given, "has no effect: the agent does not feed the replicas");
    }
  }

  private void checkConsistency() {
    Object consistency = values.get(Property.CONSISTENCY);
    List<JdbcUrl> masters = values.urls(Property.MASTER);
    boolean sqlite = !masters.isEmpty() && masters.get(0).engine() == Engine.SQLITE;
    if (consistency == Consistency.JVMS
        && (!sqlite || values.get(Property.REPLICATION) == ReplicationMode.OFF)) {
      values.fault(
          Property.CONSISTENCY,
          values.given(Property.CONSISTENCY),
          "needs a SQLite master that the agent replicates",
          "jvm, session or eventual");
    }
    if (consistency == Consistency.JVMS && values.flag(Property.CONSISTENCY_BY_TABLE)) {
      values.warn(
          Property.CONSISTENCY_BY_TABLE,
          values.given(Property.CONSISTENCY_BY_TABLE),
          "has no effect with rwsplit.consistency=jvms: other JVMs do not tell their tables");
    }
    if (consistency == null || !values.isGiven(Property.READ_AFTER_WRITE)) {
      return;
    }
    Object readAfterWrite = values.get(Property.READ_AFTER_WRITE);
    boolean eventual = consistency == Consistency.EVENTUAL;
    if (readAfterWrite != null && readAfterWrite.equals(eventual)) {
      values.fault(
          Property.CONSISTENCY,
          values.given(Property.CONSISTENCY),
          "contradicts rwsplit.read-after-write=" + readAfterWrite,
          eventual ? "session, jvm or jvms, or neither of the two properties" : "eventual");
    }
  }

  private void checkRules() {
    for (String strong : values.names(Property.STRONG_TABLES)) {
      for (String eventual : values.names(Property.EVENTUAL_TABLES)) {
        if (strong.equalsIgnoreCase(eventual)) {
          values.fault(
              Property.EVENTUAL_TABLES,
              values.given(Property.EVENTUAL_TABLES),
              "names " + eventual + ", as rwsplit.strong.tables does",
              "tables that are in one of the two");
        }
      }
    }
  }

  private void checkCredentials() {
    if (values.isGiven(Property.REPLICAS_PASSWORD) && !values.isGiven(Property.REPLICAS_USER)) {
      values.fault(
          Property.REPLICAS_PASSWORD,
          values.given(Property.REPLICAS_PASSWORD),
          "is set without rwsplit.replicas.user",
          "both or neither");
    }
    List<JdbcUrl> masters = values.urls(Property.MASTER);
    if (values.isGiven(Property.REPLICAS_USER)
        && !masters.isEmpty()
        && masters.get(0).engine() == Engine.SQLITE) {
      values.warn(
          Property.REPLICAS_USER,
          values.given(Property.REPLICAS_USER),
          "has no effect: SQLite has no users");
    }
  }

  private void checkPool() {
    Object max = values.get(Property.POOL_REPLICA_MAX);
    Object minIdle = values.get(Property.POOL_REPLICA_MIN_IDLE);
    if (max != null && minIdle != null && (Long) minIdle > (Long) max) {
      values.fault(
          Property.POOL_REPLICA_MIN_IDLE,
          values.given(Property.POOL_REPLICA_MIN_IDLE),
          "is more than rwsplit.pool.replica.max",
          "at most " + max);
    }
  }
}
