package io.rwsplit.config;

import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The configuration of one group, that passed every check. Immutable.
 *
 * <p>{@link #toString()} and everything it calls shows no secrets.
 */
public final class Settings {
  private final Values values;

  Settings(Values values) {
    this.values = values;
  }

  /** The group's name as written; empty for the one without. */
  public String group() {
    return values.group();
  }

  /** The database whose connections are managed; without a fault, never in private memory. */
  public JdbcUrl master() {
    return values.urls(Property.MASTER).get(0);
  }

  /**
   * The replicas in the order of configuration; no duplicates, unmodifiable. At least one, unless
   * {@link #asksPatroniForReplicas()} or {@link #observes()}.
   */
  public List<JdbcUrl> replicas() {
    return values.urls(Property.REPLICAS);
  }

  /**
   * All servers that may serve reads, by index: the replicas and, where it may become one, the
   * configured master as the last.
   */
  public List<JdbcUrl> nodes() {
    List<JdbcUrl> nodes = new ArrayList<JdbcUrl>(replicas());
    if (masterMayChange()) {
      nodes.add(master());
    }
    return nodes;
  }

  /** True when nothing is routed, and it is only counted what would be. */
  public boolean observes() {
    return values.get(Property.MODE) == RoutingMode.OBSERVE;
  }

  /** How far behind replicas are taken to be that are only observed for, in nanoseconds. */
  public long observeLagNanos() {
    return values.number(Property.OBSERVE_LAG);
  }

  /** How much of the reads that may go to a replica do, in hundredths of a percent. */
  public int readPercent() {
    return (int) values.number(Property.READ_PERCENT);
  }

  /** True when a part of the reads is compared. */
  public boolean comparesReads() {
    return values.number(Property.READ_COMPARE) > 0;
  }

  /** What is compared of reads. */
  public CompareSettings compare() {
    return new CompareSettings(values);
  }

  /** True when another server than the configured master may be the master. */
  public boolean masterMayChange() {
    return values.isGiven(Property.FAILOVER) && !observes() && failover().mode().isOn();
  }

  /** What happens when another server is the master. */
  public FailoverSettings failover() {
    return new FailoverSettings(values);
  }

  /** The engine of the master and of every replica. */
  public Engine engine() {
    return master().engine();
  }

  /** User on the replicas; null: the one the application gave its driver. */
  public String replicaUser() {
    return (String) values.get(Property.REPLICAS_USER);
  }

  /** Password on the replicas; null: the one the application gave its driver. */
  public String replicaPassword() {
    return (String) values.get(Property.REPLICAS_PASSWORD);
  }

  /** True when Patroni is to be asked. */
  public boolean asksPatroni() {
    return values.isGiven(Property.PATRONI) && !observes();
  }

  /** Where Patroni is asked. */
  public PatroniSettings patroni() {
    return PatroniSettings.of(values);
  }

  /** True when the replicas are what Patroni says, and {@link #replicas()} is empty until then. */
  public boolean asksPatroniForReplicas() {
    return !values.isGiven(Property.REPLICAS) && replicas().isEmpty() && !observes();
  }

  /** These settings with the replicas that Patroni has named. */
  public Settings withReplicas(List<JdbcUrl> replicas) {
    return new Settings(values.withReplicas(replicas));
  }

  /** Who feeds the replicas. */
  public ReplicationMode replication() {
    Object mode = values.get(Property.REPLICATION);
    if (mode == null) {
      return engine() == Engine.SQLITE ? ReplicationMode.WAL : ReplicationMode.OFF;
    }
    return (ReplicationMode) mode;
  }

  /** What replicas must have before a commit returns. */
  public SyncMode sync() {
    return (SyncMode) values.get(Property.SYNC);
  }

  /** How many replicas must have it in {@link SyncMode#SEMI_SYNC}. */
  public int syncReplicas() {
    return (int) values.number(Property.SYNC_REPLICAS);
  }

  /** How long a commit waits for replicas, in nanoseconds. */
  public long syncTimeoutNanos() {
    return values.number(Property.SYNC_TIMEOUT);
  }

  /** How a replica is chosen. */
  public Strategy strategy() {
    return (Strategy) values.get(Property.STRATEGY);
  }

  /** The choice among replicas, and their health. */
  public BalanceSettings balance() {
    return new BalanceSettings(values);
  }

  /** Where the reads of a transaction go that is not read-only. */
  public Transactions transactions() {
    return (Transactions) values.get(Property.TRANSACTIONS);
  }

  /** Which completed writes a read must not miss. */
  public Consistency consistency() {
    Object given = values.get(Property.CONSISTENCY);
    if (given == null) {
      return values.flag(Property.READ_AFTER_WRITE) ? Consistency.SESSION : Consistency.EVENTUAL;
    }
    return (Consistency) given;
  }

  /** How long a read may wait for a replica to catch up, in nanoseconds; 0: not at all. */
  public long consistencyWaitNanos() {
    return values.number(Property.CONSISTENCY_WAIT);
  }

  /** True when a write binds only reads of tables that it may have touched. */
  public boolean consistencyByTable() {
    return values.flag(Property.CONSISTENCY_BY_TABLE) && consistency() != Consistency.EVENTUAL;
  }

  /** Tables whose reads go to the master; lower case. */
  public List<String> strongTables() {
    return lower(values.names(Property.STRONG_TABLES));
  }

  /** What is found in the text of reads that go to the master; null: no rule. */
  public Pattern strongSql() {
    return (Pattern) values.get(Property.STRONG_SQL);
  }

  /** Beginnings of the names of classes whose reads go to the master. */
  public List<String> strongClasses() {
    return values.names(Property.STRONG_CLASSES);
  }

  /** Tables and views whose reads any replica may serve; lower case. */
  public List<String> eventualTables() {
    return lower(values.names(Property.EVENTUAL_TABLES));
  }

  /** What is found in the text of reads that any replica may serve; null: no rule. */
  public Pattern eventualSql() {
    return (Pattern) values.get(Property.EVENTUAL_SQL);
  }

  private static List<String> lower(List<String> names) {
    List<String> lower = new ArrayList<String>();
    for (String name : names) {
      lower.add(name.toLowerCase(Locale.ROOT));
    }
    return lower;
  }

  /** True when there is somebody who can ask how long statements take. */
  public boolean isWatched() {
    return values.isGiven(Property.HTTP_PORT);
  }

  /**
   * True when it is measured how long statements take: for those who ask by HTTP, and for the alert
   * about slow ones, where one is asked for or goes further than to the log.
   */
  public boolean isTimed() {
    return isWatched()
        || values.isGiven(Property.SLOW_THRESHOLD)
        || values.isGiven(Property.ALERT_SLOW)
        || values.isGiven(Property.ALERT_WEBHOOK_URL)
        || values.isGiven(Property.ALERT_MAIL_HOST)
        || values.flag(Property.JMX);
  }

  /** What takes longer is a slow statement, in nanoseconds; 0: nothing is. */
  public long slowNanos() {
    return values.number(Property.SLOW_THRESHOLD);
  }

  /** How many statements the summary names. */
  public int reportStatements() {
    return (int) values.number(Property.REPORT_STATEMENTS);
  }

  /** How far a replica is kept behind the master on purpose, in nanoseconds. */
  public long replicationDelayNanos(int replica) {
    List<Long> delays = values.durations(Property.REPLICATION_DELAY);
    return delays.size() == 1 ? delays.get(0) : delays.get(replica);
  }

  /** How long reads stay on the master after a write without a known position, in nanoseconds. */
  public long readAfterWriteWindowNanos() {
    return values.number(Property.READ_AFTER_WRITE_WINDOW);
  }

  /** Time between two samples of servers' positions while somebody waits, in nanoseconds. */
  public long positionIntervalNanos() {
    return values.number(Property.POSITION_INTERVAL);
  }

  /** The lag above which a replica gets no reads, in nanoseconds. */
  public long lagMaxNanos() {
    return values.number(Property.LAG_MAX);
  }

  /** The lag that is said, in nanoseconds; 0: none. */
  public long lagAlertNanos() {
    return values.number(Property.LAG_ALERT);
  }

  /** From now on no line of our log shows a secret of these settings, whoever says it. */
  public void conceal() {
    values.conceal();
  }

  /** What newer settings of this group say otherwise. */
  public List<Property> differences(Settings newer) {
    return values.differences(newer.values);
  }

  /** A property with its value, without secrets: {@code rwsplit.lag.max=5s}. */
  public String shown(Property property) {
    return values.line(property);
  }

  /** Values that other sources contradict, in words without secrets. */
  public List<String> contradictions() {
    return values.contradictions();
  }

  /** Most connections to one replica. */
  public int replicaPoolMax() {
    return (int) values.number(Property.POOL_REPLICA_MAX);
  }

  /** Idle connections kept to one replica, at most {@link #replicaPoolMax()}. */
  public int replicaPoolMinIdle() {
    return (int) values.number(Property.POOL_REPLICA_MIN_IDLE);
  }

  /** Most connections of our own to the master. */
  public int masterPoolMax() {
    return (int) values.number(Property.POOL_MASTER_MAX);
  }

  /** How long a driver that may go away is kept without connections, in nanoseconds. */
  public long releaseIdleNanos() {
    return values.number(Property.RELEASE_IDLE);
  }

  /** Time between two health checks, in nanoseconds. */
  public long healthIntervalNanos() {
    return values.number(Property.HEALTH_INTERVAL);
  }

  /** Failed checks in a row after which a replica is unhealthy. */
  public int healthFailures() {
    return (int) values.number(Property.HEALTH_FAILURES);
  }

  /** So many faults of our own open the circuit; 0: none do. */
  public int circuitFaults() {
    return (int) values.number(Property.CIRCUIT_FAULTS);
  }

  /** Within how long, in nanoseconds. */
  public long circuitWindowNanos() {
    return values.number(Property.CIRCUIT_WINDOW);
  }

  /** How long nothing is routed then at first, in nanoseconds. */
  public long circuitPauseNanos() {
    return values.number(Property.CIRCUIT_PAUSE);
  }

  /** True when every routing decision is logged. */
  public boolean logRoutes() {
    return values.flag(Property.LOG_ROUTES);
  }

  /** Period of the summary in nanoseconds; 0: only at exit. */
  public long reportIntervalNanos() {
    return values.number(Property.REPORT_INTERVAL);
  }

  /** What is done about a SQLite master that is not in WAL mode. */
  public SqliteWal sqliteWal() {
    return (SqliteWal) values.get(Property.SQLITE_WAL);
  }

  /** True when a SQLite master that was switched to WAL mode is switched back at the end. */
  public boolean undoWal() {
    return values.flag(Property.SQLITE_WAL_UNDO);
  }

  /** What was set by the properties' names, without secrets. */
  public Map<String, String> shown() {
    return values.shown();
  }

  /** What was set, without secrets, such as {@code rwsplit.lag.max=5s}. */
  @Override
  public String toString() {
    return values.toString();
  }
}
