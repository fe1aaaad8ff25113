package io.rwsplit.core;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.catalog.Catalog;
import io.rwsplit.compare.Way;
import io.rwsplit.config.Consistency;
import io.rwsplit.config.FailoverMode;
import io.rwsplit.config.ReplicationMode;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.jdbc.Destination;
import io.rwsplit.jdbc.FailureCause;
import io.rwsplit.jdbc.ManagedConnection;
import io.rwsplit.jdbc.MasterGate;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.log.LogScope;
import io.rwsplit.log.OncePer;
import io.rwsplit.operations.ReloadReport;
import io.rwsplit.operations.RunningGroups;
import io.rwsplit.patroni.PatroniWatch;
import io.rwsplit.pool.PoolSlots;
import io.rwsplit.pool.ReplicaPools;
import io.rwsplit.replication.OpenRead;
import io.rwsplit.replication.PublishedCommit;
import io.rwsplit.report.History;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.route.Balancer;
import io.rwsplit.route.RouteReason;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.topology.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One master with its replicas, from a first connection of the application to the end of the JVM,
 * or until the driver's classes are to go. Thread-safe.
 */
final class Cluster extends ManagedGroup {
  private static final long LAG_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long OPEN_WRITES_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Duration PAST_LIMIT = Duration.ofSeconds(3);
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(3);
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final Settings settings;
  private final AppDriver driver;
  private final Nodes nodes;
  private final RouteCounters counters;
  private final OncePer faults;
  private final ReplicaFailures failures;

  /** Null when somebody else feeds the replicas. */
  private final ReplicationFeed feed;

  /** Null for engines that are no servers. */
  private final ServerPositions positions;

  private final ReplicaPools pools;
  private final Monitor monitor;
  private final LagLimits lags;

  /** Null until something of the configuration has changed. */
  private Adjustments adjustments;

  /** What the configuration says of it. */
  private boolean routing = true;

  /** Null when somebody else feeds the replicas. */
  private final SoleUse soleUse;

  /** Null when somebody else feeds the replicas. */
  private final ReplicaFiles replicaFiles;

  /** Null where nobody asks for it. */
  private final Catalog catalog;

  /** Null where the configured master is the master. */
  private final FollowedMaster followed;

  /** Null where Patroni is not asked. */
  private final PatroniWatch patroni;

  /** Null where nobody is promoted. */
  private final Promoting promoting;

  /** Null where nobody can ask for it. */
  private History history;

  /** Null where no reads are compared. */
  private Comparing comparing;

  private final JvmEnd atJvmEnd = new JvmEnd();
  private volatile ClusterGroup group;
  private volatile GroupOperations operations;

  private Cluster(
      Settings settings,
      AppDriver driver,
      OncePer faults,
      Replica[] replicas,
      ReplicationFeed feed,
      ServerPositions positions,
      MasterGate gate,
      RouteCounters counters,
      SqlClassifier classifier,
      Catalog catalog) {
    super(
        settings,
        driver,
        classifier,
        Balancing.balancer(settings, replicas),
        replicas,
        counters,
        gate,
        ClusterParts.tracker(settings, feed, positions),
        ClusterParts.rules(settings),
        catalog,
        ClusterParts.circuit(settings),
        null);
    this.catalog = catalog;
    this.settings = settings;
    this.driver = driver;
    this.counters = counters;
    this.faults = faults;
    this.feed = feed;
    this.positions = positions;
    this.replicaFiles = ReplicaFiles.of(settings, driver.nodes(), feed);
    this.soleUse = feed == null ? null : new SoleUse(settings.group(), feed);
    this.pools =
        new ReplicaPools(
            ClusterParts.poolNames(settings, replicas),
            settings.replicaPoolMax(),
            settings.replicaPoolMinIdle(),
            settings.engine() != Engine.SQLITE,
            new DaemonThreads("pool"),
            positions == null ? driver : positions.connectors());
    this.followed =
        settings.masterMayChange() ? new FollowedMaster(settings, driver, replicas) : null;
    this.patroni = ClusterParts.patroni(settings);
    this.promoting =
        followed != null && settings.failover().mode() == FailoverMode.PROMOTE
            ? new Promoting(settings, driver, followed.failover(), replicas)
            : null;
    String waiting = feed == null ? null : "waits for its first copy";
    if (followed != null) {
      waiting = "waits for its role";
    }
    this.nodes = new Nodes(settings, driver, replicas, pools, waiting, positions != null);
    this.failures = new ReplicaFailures(settings.engine(), nodes, feed);
    this.lags = new LagLimits(settings);
    this.monitor =
        new Monitor() {
          @Override
          void failed(Throwable fault) {
            fault("monitor", fault);
          }
        };
  }

  /**
   * Starts replication, probing and reporting, for the first connection of the application.
   *
   * @param again true when the group was over in this JVM, or its driver was in use before
   */
  static ManagedGroup start(
      Settings settings,
      AppDriver driver,
      OncePer faults,
      String opened,
      Properties properties,
      boolean again) {
    String before = LogScope.enter(settings.group());
    try {
      Cluster cluster = make(settings, driver, faults, opened, properties);
      if (again) {
        cluster.beginsAgain();
      }
      boolean started = false;
      try {
        cluster.start();
        started = true;
      } finally {
        if (!started) {
          // What has begun must not be in the way of a later start: threads, locks of files.
          cluster.letGo(null);
        }
      }
      return cluster;
    } finally {
      LogScope.leave(before);
    }
  }

  private static Cluster make(
      Settings settings, AppDriver driver, OncePer faults, String opened, Properties properties) {
    Replica[] replicas = Balancing.replicas(settings);
    MasterGate gate = new MasterGate();
    boolean wal = settings.replication() == ReplicationMode.WAL;
    ReplicationFeed feed = wal ? new ReplicationFeed(settings, driver, replicas, gate) : null;
    RouteCounters counters = ClusterParts.counters(settings, replicas.length);
    ServerPositions positions =
        ServerPositions.areKnown(settings)
            ? new ServerPositions(settings, driver, ClusterParts.names(replicas))
            : null;
    SqlClassifier classifier = new SqlClassifier(settings.engine());
    Catalog catalog = MasterCatalog.of(settings, driver, classifier, feed);
    Cluster cluster =
        new Cluster(
            settings,
            driver,
            faults,
            replicas,
            feed,
            positions,
            gate,
            counters,
            classifier,
            catalog);
    if (cluster.soleUse != null) {
      cluster.soleUse.connectedFirst(opened, properties);
    }
    return cluster;
  }

  private void start() {
    LOG.info("{}", settings);
    for (String contradiction : settings.contradictions()) {
      LOG.info("{}", contradiction);
    }
    startServers();
    history = ClusterParts.history(settings);
    if (settings.comparesReads()) {
      compare();
    }
    group = group();
    operations = new GroupOperations(group, passThrough(), counters, faults);
    Operations.started(operations);
    RunningGroups.add(group);
    if (catalog != null) {
      catalog.refresh();
    }
    schedule();
    atJvmEnd.plan(
        new Runnable() {
          @Override
          public void run() {
            shutDown();
          }
        });
  }

  /** What asks and feeds the servers. */
  private void startServers() {
    if (patroni != null) {
      patroni.start(followed == null ? null : followed.failover());
    }
    if (promoting != null) {
      promoting.start();
    }
    if (followed != null) {
      followed.start(nodes, positions, this::termBegins);
      // Before all else asks the servers, since a connect of the application waits for this.
      followed.awaitFirst();
    }
    for (ReplicaWatch watch : nodes.watches()) {
      watch.start();
    }
    if (positions != null) {
      positions.start(nodes);
    }
    if (feed != null) {
      feed.start(nodes, pools);
    }
  }

  /** What is looked at from time to time. */
  private void schedule() {
    monitor.every(LAG_INTERVAL_NANOS, new Settling(passThrough()));
    monitor.every(
        LAG_INTERVAL_NANOS, new ReplicaRound(nodes, feed, soleUse, positions, patroni, counters));
    if (history != null) {
      monitor.every(SAMPLE_NANOS, ClusterParts.sampler(nodes, counters.timings(), history, pools));
    }
    long bound = settings.balance().replicaTimeoutNanos();
    if (settings.engine().isServer() && bound > 0) {
      SilenceWatch silence = new SilenceWatch(pools, nodes, bound);
      monitor.every(silence.intervalNanos(), silence);
    }
    if (settings.consistency() == Consistency.JVMS) {
      monitor.every(OPEN_WRITES_INTERVAL_NANOS, this::settleOpenWrites);
    }
    if (settings.reportIntervalNanos() > 0) {
      monitor.every(
          settings.reportIntervalNanos(),
          new Runnable() {
            @Override
            public void run() {
              report();
            }
          });
    }
  }

  private void compare() {
    comparing = Comparing.start(settings, driver, nodes, feed, followed, this::say);
    if (comparing != null) {
      samples(comparing.sampler);
      monitor.every(Comparing.LOOK_NANOS, comparing.comparer::cutOff);
    }
  }

  @Override
  void whileUsed(Runnable look) {
    monitor.every(LOOK_NANOS, look);
  }

  private ClusterGroup group() {
    ClusterGroup.Parts parts = new ClusterGroup.Parts();
    parts.settings = settings;
    parts.routing = this;
    parts.nodes = nodes;
    parts.counters = counters;
    parts.pools = pools;
    parts.history = history;
    parts.faults = faults;
    parts.servers = new Topology(settings, nodes, followed, patroni, positions);
    parts.classifier = classifier();
    parts.rules = rules();
    parts.lags = lags;
    parts.positions = positions;
    parts.catalog = catalog;
    parts.feed = feed;
    parts.followed = followed;
    parts.comparing = comparing;
    parts.promotion = promoting == null ? null : promoting.manager();
    return new ClusterGroup(parts);
  }

  @Override
  synchronized void adjust(Settings newer, ReloadReport said) {
    String before = LogScope.enter(settings.group());
    try {
      if (adjustments == null) {
        Places places = new Places(this, settings, driver, nodes, pools, feed, positions);
        adjustments = new Adjustments(settings, driver, nodes, places, routeLog(), lags, this);
      }
      switchRouting(true, said);
      adjustments.apply(newer, said);
    } finally {
      LogScope.leave(before);
    }
  }

  RouteCounters counters() {
    return counters;
  }

  /** One more replica may serve once it is in service. */
  void meets(Replica[] more, Balancer balancer) {
    joins(more, balancer);
  }

  @Override
  synchronized void switchRouting(boolean on, ReloadReport said) {
    if (on != routing) {
      routing = on;
      passThrough().enable(on);
      String what = on ? "routing is on again" : "routing is off: all goes to the master";
      said.applied(what);
      FlightEvents.steered(settings.group(), null, what + ", by the configuration");
    }
  }

  @Override
  Destination destination(String url) throws SQLException {
    return followed == null ? null : followed.destination(url);
  }

  @Override
  ConnectionHook manage(
      Connection connection, String url, Properties properties, Destination destination)
      throws SQLException {
    long term = followed == null ? 0 : followed.termOf(destination);
    SessionState session = session(connection, settings);
    RouteReason barred = barred(connection, url, properties, settings);
    if (barred != null) {
      sayBarred(barred);
      return watched(new ManagedConnection(this, null, barred, session, term), connection);
    }
    if (settings.consistency() == Consistency.JVMS) {
      feed.awaitShared();
    }
    String variant = settings.replicas().get(0).withParametersOf(JdbcUrl.parse(url));
    Properties way =
        StartZone.noted(settings.engine(), connection, OwnParameters.plain(properties));
    PoolSlots slots = pools.slots(variant, url, way);
    ManagedConnection managed =
        watched(new ManagedConnection(this, slots, null, session, term), connection);
    if (comparing != null) {
      managed.openedBy(new Way(url, OwnParameters.plain(properties)));
    }
    if (soleUse != null) {
      soleUse.connected(managed, url, properties);
    }
    return managed;
  }

  private void sayBarred(RouteReason why) {
    if (why == RouteReason.OTHER_DRIVER) {
      faults.warn(
          "second driver",
          "a second copy of the driver opens the master; its connections stay there",
          null);
    } else {
      faults.warn(
          "other parameters",
          "the application opens the master with parameters that the URL of a replica does not"
              + " have; such connections stay there",
          null);
    }
  }

  @Override
  ConnectionHook openBefore(Connection connection, String url) throws SQLException {
    long term = followed == null ? 0 : followed.termOf(null);
    ManagedConnection managed =
        watched(
            new ManagedConnection(
                this, null, RouteReason.BEFORE_AGENT, sessionOfBefore(connection, settings), term),
            connection);
    if (soleUse != null) {
      soleUse.connected(managed, url, new Properties());
    }
    return managed;
  }

  private ManagedConnection watched(ManagedConnection managed, Connection connection) {
    if (followed != null) {
      followed.opened(managed, connection);
    }
    return managed;
  }

  @Override
  ConnectionHook replicaFile(String url) {
    return replicaFiles == null ? ConnectionHook.UNMANAGED : replicaFiles.hook(url);
  }

  /** See {@link FirstVerdicts}. */
  @Override
  void awaitFirstVerdicts() {
    if (feed == null || settings.master().file().length() != 0) {
      new FirstVerdicts(nodes, feed, positions, followed, catalog).await();
    }
  }

  @Override
  void connecting(String url, Properties properties) {
    if (soleUse != null) {
      soleUse.connecting(url, properties);
    }
  }

  @Override
  void restored() {
    wrotePastStatements();
  }

  @Override
  void connectEnded() {
    if (soleUse != null) {
      soleUse.end(Thread.currentThread());
    }
  }

  @Override
  protected boolean isMasterGone() {
    return followed != null && followed.isGone();
  }

  @Override
  protected void masterFailed(SQLException failure) {
    if (followed != null) {
      followed.masterFailed(failure);
    }
  }

  @Override
  protected void journalStatement(ManagedConnection connection, Classification statement) {
    if (soleUse != null) {
      soleUse.statementBegins(connection, statement);
    }
  }

  @Override
  protected void journalStatementPrepared(ManagedConnection connection, Classification statement) {
    if (soleUse != null) {
      soleUse.statementPrepared(connection, statement);
    }
  }

  @Override
  protected void journalStatementEnded(
      ManagedConnection connection, Classification statement, boolean succeeded) {
    if (soleUse != null) {
      soleUse.statementEnded(connection, statement, succeeded);
    }
  }

  @Override
  protected void connectionClosed(ManagedConnection connection) {
    if (soleUse != null) {
      soleUse.lockNormally(connection);
    }
  }

  @Override
  protected FailureCause replicaFailed(int replica, SQLException failure) {
    return failures.failed(replica, failure);
  }

  @Override
  protected void replicaDisagrees(int replica, Classification statement, SQLException failure) {
    nodes.watch(replica).disagreed(statement, failure.getMessage());
  }

  @Override
  protected boolean masterAnswers() {
    return positions == null || positions.masterAnswers();
  }

  @Override
  protected void masterFailed(Throwable failure) {
    failures.ofMaster(failure);
  }

  @Override
  protected OpenRead openRead(int replica) {
    return feed == null ? null : feed.replicator().openRead(replica);
  }

  @Override
  protected Path writePast(OpenRead read, PublishedCommit commit) throws IOException {
    return feed.replicator().writePast(read, commit, PAST_LIMIT);
  }

  @Override
  protected void failedMidway(int replica, String how, Throwable why) {
    failures.midway(replica, how, why);
  }

  @Override
  protected void say(String where, Throwable fault) {
    FlightEvents.fault(settings.group(), where, fault);
    faults.warn(where, "fault in " + where + "; the driver runs as written", fault);
  }

  private void report() {
    long opened = passThrough().circuit().opened();
    ClusterReport.say(
        LOG, settings, counters, nodes.get(), pools, faults, opened, feed, patroni, comparing);
  }

  @Override
  void end(String why) {
    String before = LogScope.enter(settings.group());
    try {
      letGo(why);
    } finally {
      LogScope.leave(before);
    }
  }

  /**
   * Ends it.
   *
   * @param why is said; null where that is said otherwise
   */
  private void letGo(String why) {
    if (why != null) {
      LOG.info("lets go of the driver: {}", why);
    }
    atJvmEnd.cancel();
    try {
      stop();
      pools.end(DRAIN_NANOS);
      for (ReplicaWatch watch : nodes.watches()) {
        watch.end();
      }
    } catch (Throwable t) {
      fault("letting go of the driver", t);
    } finally {
      if (operations != null) {
        Operations.ended(operations);
      }
      RunningGroups.remove(group);
      isOver();
      driver.end(DRAIN_NANOS);
    }
  }

  private void shutDown() {
    stop();
    pools.close();
  }

  private void stop() {
    try {
      if (operations != null) {
        report();
      }
      for (ReplicaWatch watch : nodes.watches()) {
        watch.stop();
      }
      monitor.stop();
      if (comparing != null) {
        comparing.comparer.stop();
      }
      if (patroni != null) {
        patroni.stop();
      }
      if (promoting != null) {
        promoting.stop();
      }
      if (followed != null) {
        followed.stop();
      }
      if (positions != null) {
        positions.stop();
      }
      if (feed != null) {
        feed.replicator().close(SHUTDOWN_LIMIT);
      }
    } catch (Throwable t) {
      fault("shutdown", t);
    }
  }
}
