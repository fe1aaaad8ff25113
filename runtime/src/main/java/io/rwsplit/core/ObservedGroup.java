package io.rwsplit.core;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.catalog.Catalog;
import io.rwsplit.compare.Way;
import io.rwsplit.config.Property;
import io.rwsplit.config.Settings;
import io.rwsplit.jdbc.Destination;
import io.rwsplit.jdbc.FailureCause;
import io.rwsplit.jdbc.ManagedConnection;
import io.rwsplit.jdbc.MasterGate;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.log.LogScope;
import io.rwsplit.log.OncePer;
import io.rwsplit.observe.ObserveText;
import io.rwsplit.observe.Observer;
import io.rwsplit.operations.ReloadReport;
import io.rwsplit.operations.RunningGroups;
import io.rwsplit.replication.OpenRead;
import io.rwsplit.replication.PublishedCommit;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.route.RouteReason;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.topology.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group of {@code rwsplit.mode=observe}: nothing is replicated and nothing routed; what would be
 * is counted. No replica is opened but to compare reads ({@code rwsplit.read.compare}). All that is
 * opened beside the application's connections is one to the master that reads its catalog, on which
 * routing would hang as well. Thread-safe.
 */
final class ObservedGroup extends ManagedGroup {
  private static final long FIRST_CATALOG_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(ObservedGroup.class);

  private final Settings settings;
  private final OncePer faults;
  private final Observer observer;
  private final Catalog catalog;
  private final ClusterGroup group;
  private final GroupOperations operations;
  private final Monitor monitor;

  /** Null where no reads are compared. */
  private final Comparing comparing;

  private final JvmEnd atJvmEnd = new JvmEnd();

  private Settings newest;

  private ObservedGroup(
      Settings settings,
      AppDriver driver,
      OncePer faults,
      Replica[] assumed,
      RouteCounters counters,
      Observer observer,
      SqlClassifier classifier,
      Catalog catalog) {
    super(
        settings,
        driver,
        classifier,
        Balancing.balancer(settings, assumed),
        assumed,
        counters,
        new MasterGate(),
        ClusterParts.assumedTracker(settings),
        ClusterParts.rules(settings),
        catalog,
        ClusterParts.circuit(settings),
        observer);
    this.settings = settings;
    this.newest = settings;
    this.faults = faults;
    this.observer = observer;
    this.catalog = catalog;
    this.comparing =
        settings.comparesReads()
            ? Comparing.start(settings, driver, () -> assumed, null, null, this::say)
            : null;
    this.group = group(counters, classifier);
    this.operations = new GroupOperations(group, passThrough(), counters, faults);
    this.monitor =
        new Monitor() {
          @Override
          void failed(Throwable fault) {
            fault("monitor", fault);
          }
        };
  }

  /**
   * Begins to observe, for the first connection of the application.
   *
   * @param again true when the group was over in this JVM, or its driver was in use before
   */
  static ManagedGroup start(Settings settings, AppDriver driver, OncePer faults, boolean again) {
    String before = LogScope.enter(settings.group());
    try {
      Replica[] assumed = ClusterParts.assumedReplicas(settings);
      RouteCounters counters = ClusterParts.counters(settings, assumed.length);
      SqlClassifier classifier = new SqlClassifier(settings.engine());
      Observer observer =
          new Observer(
              counters,
              settings.replicas().size(),
              ClusterParts.assumedLagNanos(settings),
              settings.readAfterWriteWindowNanos());
      ObservedGroup started =
          new ObservedGroup(
              settings,
              driver,
              faults,
              assumed,
              counters,
              observer,
              classifier,
              MasterCatalog.of(settings, driver, classifier, null));
      if (again) {
        started.beginsAgain();
      }
      started.start();
      return started;
    } finally {
      LogScope.leave(before);
    }
  }

  /** Without replicas: what is not used is not out of service. */
  private ClusterGroup group(RouteCounters counters, SqlClassifier classifier) {
    Nodes none = new Nodes(settings, driver(), new Replica[0], null, null, false);
    ClusterGroup.Parts parts = new ClusterGroup.Parts();
    parts.settings = settings;
    parts.routing = this;
    parts.nodes = none;
    parts.counters = counters;
    parts.faults = faults;
    parts.servers = new Topology(settings, none, null, null, null);
    parts.classifier = classifier;
    parts.rules = rules();
    parts.lags = new LagLimits(settings);
    parts.catalog = catalog;
    parts.observer = observer;
    parts.comparing = comparing;
    return new ClusterGroup(parts);
  }

  private void start() {
    LOG.info("{}", settings);
    LOG.info("observes: every statement runs on the master, as written (rwsplit.mode=observe)");
    Operations.started(operations);
    RunningGroups.add(group);
    monitor.every(SETTLE_NANOS, new Settling(passThrough()));
    if (comparing != null) {
      samples(comparing.sampler);
      monitor.every(Comparing.LOOK_NANOS, comparing.comparer::cutOff);
    }
    if (catalog != null) {
      catalog.refresh();
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
    Runnable end =
        new Runnable() {
          @Override
          public void run() {
            stop();
          }
        };
    atJvmEnd.plan(end);
  }

  private void report() {
    for (String line : ObserveText.of(observer.report(), settings.reportStatements())) {
      LOG.info("{}", line);
    }
    if (comparing != null) {
      comparing.comparer.say();
    }
    if (faults.total() > 0) {
      LOG.info("internal faults: {} (the driver ran those statements as written)", faults.total());
    }
  }

  private void stop() {
    try {
      report();
      monitor.stop();
      if (comparing != null) {
        comparing.comparer.stop();
      }
    } catch (Throwable t) {
      fault("shutdown", t);
    }
  }

  @Override
  void whileUsed(Runnable look) {
    monitor.every(LOOK_NANOS, look);
  }

  @Override
  synchronized void adjust(Settings newer, ReloadReport said) {
    for (Property property : newest.differences(newer)) {
      if (property == Property.READ_PERCENT) {
        readPercent(newer.readPercent());
      }
      if (isLive(property)) {
        said.applied(newer.shown(property) + " holds from now on");
      }
    }
    for (Property property : settings.differences(newer)) {
      if (!isLive(property)) {
        said.restart(newer.shown(property) + " needs a restart: this JVM observes");
      }
    }
    newest = newer;
    routeLog().switchOn(newer.logRoutes());
    switchRouting(true, said);
  }

  private static boolean isLive(Property property) {
    return property == Property.READ_PERCENT || property == Property.LOG_ROUTES;
  }

  @Override
  void switchRouting(boolean on, ReloadReport said) {
    if (on != passThrough().isEnabled()) {
      passThrough().enable(on);
      said.applied(on ? "observes again" : "observes nothing any more");
    }
  }

  @Override
  Destination destination(String url) {
    return null;
  }

  @Override
  ConnectionHook manage(
      Connection connection, String url, Properties properties, Destination destination)
      throws SQLException {
    SessionState session = session(connection, settings);
    RouteReason barred = barred(connection, url, properties, settings);
    ManagedConnection managed = new ManagedConnection(this, null, barred, session, 0);
    if (comparing != null) {
      managed.openedBy(new Way(url, OwnParameters.plain(properties)));
    }
    return managed;
  }

  @Override
  ConnectionHook openBefore(Connection connection, String url) throws SQLException {
    return new ManagedConnection(
        this, null, RouteReason.BEFORE_AGENT, sessionOfBefore(connection, settings), 0);
  }

  @Override
  ConnectionHook replicaFile(String url) {
    return ConnectionHook.UNMANAGED;
  }

  @Override
  void awaitFirstVerdicts() {
    long deadline = System.nanoTime() + FIRST_CATALOG_NANOS;
    while (catalog != null && !catalog.isKnown() && System.nanoTime() < deadline) {
      catalog.refresh();
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  void connecting(String url, Properties properties) {}

  @Override
  void connectEnded() {}

  @Override
  void restored() {
    wrotePastStatements();
  }

  @Override
  void end(String why) {
    String before = LogScope.enter(settings.group());
    try {
      LOG.info("lets go of the driver: {}", why);
      atJvmEnd.cancel();
    } finally {
      stop();
      Operations.ended(operations);
      RunningGroups.remove(group);
      isOver();
      driver().end(END_NANOS);
      LogScope.leave(before);
    }
  }

  @Override
  protected FailureCause replicaFailed(int replica, SQLException failure) {
    return FailureCause.STATEMENT;
  }

  @Override
  protected void replicaDisagrees(int replica, Classification statement, SQLException failure) {}

  @Override
  protected boolean masterAnswers() {
    return true;
  }

  @Override
  protected OpenRead openRead(int replica) {
    return null;
  }

  @Override
  protected Path writePast(OpenRead read, PublishedCommit commit) throws IOException {
    throw new IOException("nothing is replicated");
  }

  @Override
  protected void failedMidway(int replica, String how, Throwable why) {}

  @Override
  protected void masterFailed(Throwable failure) {}

  @Override
  protected void journalStatement(ManagedConnection connection, Classification statement) {}

  @Override
  protected void journalStatementPrepared(ManagedConnection connection, Classification statement) {}

  @Override
  protected void journalStatementEnded(
      ManagedConnection connection, Classification statement, boolean succeeded) {}

  @Override
  protected void connectionClosed(ManagedConnection connection) {}

  @Override
  protected void say(String where, Throwable fault) {
    FlightEvents.fault(settings.group(), where, fault);
    faults.warn(where, "fault in " + where + "; the driver runs as written", fault);
  }
}
