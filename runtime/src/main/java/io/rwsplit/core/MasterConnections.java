package io.rwsplit.core;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.config.Property;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.jdbc.ClosableHook;
import io.rwsplit.jdbc.Destination;
import io.rwsplit.jdbc.RoutingContext;
import io.rwsplit.jdbc.UnroutedConnection;
import io.rwsplit.jdbc.UnstartedConnection;
import io.rwsplit.log.LogScope;
import io.rwsplit.log.OncePer;
import io.rwsplit.log.ScopedLoggers;
import io.rwsplit.operations.ReloadReport;
import io.rwsplit.thread.OwnThreads;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The application's connections to the master of one group; starts its cluster with the first of
 * them. Thread-safe.
 */
final class MasterConnections {
  /** As configured: perhaps without replicas, which {@link PatroniReplicas} finds. */
  private final Settings settings;

  /** Null where the replicas are configured. */
  private final PatroniReplicas discovery;

  private final DriverCopies copies = new DriverCopies();
  private final Object starting = new Object();
  private final Runnable whenStarted;

  /** What was read since the start; null when nothing was. Guarded by {@link #starting}. */
  private Settings newest;

  /** The one that was ended last; null when there is none, or all of it is over. */
  private volatile AppDriver ending;

  private volatile ManagedGroup cluster;

  /** True once the first connection was waited with for replicas. */
  private volatile boolean awaited;

  /** True when the cluster that was ended last had its routing switched off. */
  private volatile boolean switchedOff;

  /** True once a cluster was ended. */
  private volatile boolean again;

  /** True when the application may have written before the agent came into the JVM. */
  private volatile boolean usedBefore;

  /** Guarded by {@link #starting}, but for reading. */
  private final FailedStart failure = new FailedStart();

  private volatile OncePer faults;

  /** False where the configured master is the master. */
  private final boolean follows;

  /**
   * @param whenStarted is told that the cluster runs
   */
  MasterConnections(Settings settings, Runnable whenStarted) {
    this.whenStarted = whenStarted;
    this.settings = settings;
    this.discovery = settings.asksPatroniForReplicas() ? new PatroniReplicas(settings) : null;
    this.follows = settings.masterMayChange();
  }

  /** True when a URL of the application names this group's master. */
  boolean isMaster(JdbcUrl url) {
    return settings.master().sameDatabase(url);
  }

  /** True once the application has connected. */
  boolean isRunning() {
    return cluster != null || again;
  }

  /** The driver is about to connect to the master. */
  void connecting(ClassLoader loader, String url, Properties properties) {
    DriverCopy copy = copies.of(loader);
    copies.begin(copy);
    makeWay(copy);
    ManagedGroup running = cluster;
    if (running != null) {
      running.connecting(url, properties);
    }
  }

  /**
   * What another copy of the driver holds is let go of, where that does no harm, before this one
   * opens the master. With SQLite it always is: the locks of one copy do not keep the other out,
   * and a file that the one closes unlocks it for the other ("How To Corrupt An SQLite Database
   * File", section 2.2.1).
   */
  private void makeWay(DriverCopy copy) {
    ManagedGroup running = cluster;
    if (running != null && running.copy() != copy) {
      boolean alone = settings.engine() == Engine.SQLITE;
      end(
          running,
          alone || running.copy().isStopped(),
          "another copy of the driver opens the master");
    }
    AppDriver last = ending;
    if (last != null) {
      boolean unused = last.awaitEnded();
    }
  }

  /** Ends a cluster, unless its copy of the driver is in use and that matters. */
  private void end(ManagedGroup running, boolean anyway, String why) {
    DriverCopy copy = running.copy();
    // Whoever begins to connect is counted before he looks for the cluster.
    synchronized (copy) {
      if (cluster != running || (!anyway && copy.isInUse())) {
        return;
      }
      ending = running.driver();
      cluster = null;
      again = true;
      awaited = false;
      switchedOff = !running.passThrough().isEnabled();
    }
    running.end(why);
  }

  /**
   * A web application's class loader is about to stop: while it still loads the driver's classes.
   */
  void stopping(ClassLoader loader) {
    ManagedGroup running = cluster;
    if (running != null && running.copy().isOf(loader)) {
      end(running, true, "its web application is being stopped");
    }
  }

  /** In the monitor of a cluster whose driver may go away with a web application. */
  private void lookForEnd(ManagedGroup running) {
    DriverCopy copy = running.copy();
    boolean stopped = copy.isStopped();
    if (cluster == running && (stopped || copy.idleNanos() >= settings.releaseIdleNanos())) {
      Runnable work =
          new Runnable() {
            @Override
            public void run() {
              end(
                  running,
                  stopped,
                  stopped
                      ? "its web application was stopped"
                      : "its application has had no connection open for some time");
            }
          };
      OwnThreads.daemon("rwsplit-end", LogScope.in(settings.group(), work)).start();
    }
  }

  /** False while two copies of SQLite have the master open, or may have. */
  private boolean mayStart(DriverCopy copy) {
    AppDriver last = ending;
    if (last != null && last.copy() != copy && settings.engine() == Engine.SQLITE) {
      if (last.isHeldUp()) {
        return false;
      }
      ending = null;
    }
    return settings.engine() != Engine.SQLITE || !copies.isOtherInUse(copy);
  }

  /** True where another server than the configured one may be the master. */
  boolean followsMaster() {
    return follows && !failure.isFailed();
  }

  /** Where a connect to the master has to lead; null where that is as written. */
  Destination destination(Driver driver, ClassLoader loader, String url, Properties properties)
      throws SQLException {
    ManagedGroup running = cluster;
    if (running == null) {
      synchronized (starting) {
        running = cluster;
        if (running == null) {
          running = startBefore(driver, loader, url, properties);
          watch(running);
        }
      }
    }
    return running == null ? null : running.destination(url);
  }

  private ManagedGroup startBefore(
      Driver driver, ClassLoader loader, String url, Properties properties) {
    LaterStart again = again(driver, loader, url, properties);
    try {
      Settings complete = complete();
      if (complete == null) {
        return null;
      }
      AppDriver own =
          AppDriver.beforeConnect(driver, loader, copies.of(loader), url, properties, complete);
      return start(complete, own, url, properties);
    } catch (Throwable t) {
      if (failure.isFailed()) {
        failure.because(t, again);
      }
      fault("following the master", t);
      return null;
    }
  }

  /** Null while it is not known which the replicas are. */
  private Settings complete() {
    if (discovery == null) {
      return settings;
    }
    String before = LogScope.enter(settings.group());
    try {
      return discovery.complete();
    } finally {
      LogScope.leave(before);
    }
  }

  /** A connect on this thread has ended, well or not. */
  void connectEnded() {
    ManagedGroup running = cluster;
    if (running != null) {
      running.connectEnded();
    }
    copies.end();
  }

  /** A database, perhaps the master, was overwritten from a backup by the current thread. */
  void restored() {
    ManagedGroup running = cluster;
    if (running != null) {
      running.restored();
    }
  }

  /** The agent came into a JVM that has used the driver: what was written must be seen. */
  void usedBefore() {
    usedBefore = true;
  }

  /** Something may have been written that no ticket covers. */
  void missed() {
    ManagedGroup running = cluster;
    if (running != null) {
      running.missed();
    }
  }

  /** The hook of a new connection to the master. */
  ConnectionHook manage(
      Connection connection,
      Driver driver,
      String url,
      Properties properties,
      Destination destination) {
    if (failure.isFailed()) {
      return unstarted(connection);
    }
    try {
      if (connection.isClosed()) {
        return unfollowed(connection);
      }
      DriverCopy copy = copies.of(connection.getClass().getClassLoader());
      // For one that was opened past every connect.
      makeWay(copy);
      ConnectionHook hook = hook(copy, connection, driver, url, properties, destination);
      if (hook instanceof ClosableHook) {
        copy.opened(hook);
      }
      return hook;
    } catch (SQLException e) {
      if (!isClosed(connection)) {
        fault("managing a connection", e);
      }
      return unfollowed(connection);
    } catch (Throwable t) {
      fault("managing a connection", t);
      return unfollowed(connection);
    }
  }

  /**
   * The hook of a connection to the master that was open when the agent came into the JVM.
   *
   * @return null while nothing runs that would have to know of it
   */
  ConnectionHook openBefore(Connection connection, String url) throws SQLException {
    if (cluster == null || failure.isFailed()) {
      return null;
    }
    DriverCopy copy = copies.of(connection.getClass().getClassLoader());
    makeWay(copy);
    ManagedGroup running = cluster;
    ConnectionHook hook =
        running == null ? new UnroutedConnection() : running.openBefore(connection, url);
    // While it is open no other copy of the driver is to begin, with SQLite.
    copy.opened(hook);
    return hook;
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  /** What it writes is not to be missed by those that are managed. */
  private ConnectionHook unfollowed(Connection connection) {
    ManagedGroup running = cluster;
    if (running == null) {
      return unstarted(connection);
    }
    ConnectionHook hook = running.unfollowed();
    return opened(connection, hook);
  }

  /** The same before there is a group; it is known to the one that is started later. */
  private ConnectionHook unstarted(Connection connection) {
    LaterStart known = failure.next();
    if (known == null) {
      return ConnectionHook.UNMANAGED;
    }
    ConnectionHook hook =
        new UnstartedConnection() {
          @Override
          protected RoutingContext running() {
            return cluster;
          }
        };
    try {
      known.ensure();
    } catch (Throwable t) {
      // There is no thread to be had yet: the next connection asks again.
      fault("a later start", t);
    }
    return opened(connection, hook);
  }

  private ConnectionHook opened(Connection connection, ConnectionHook hook) {
    try {
      copies.of(connection.getClass().getClassLoader()).opened(hook);
    } catch (Throwable t) {
      // The cluster may end before the connection, where drivers come and go.
      fault("managing a connection", t);
    }
    return hook;
  }

  private ConnectionHook hook(
      DriverCopy copy,
      Connection connection,
      Driver driver,
      String url,
      Properties properties,
      Destination destination)
      throws ReflectiveOperationException, SQLException {
    if (cluster == null && !mayStart(copy)) {
      faults()
          .warn(
              "second driver",
              "two copies of SQLite's driver have the master open in this JVM, whose locks do not"
                  + " keep each other out: all statements stay on the master until only one has."
                  + " Put the driver where both applications find the same",
              null);
      return new UnroutedConnection();
    }
    ManagedGroup running = cluster(connection, driver, url, properties);
    return running == null
        ? ConnectionHook.UNMANAGED
        : running.manage(connection, url, properties, destination);
  }

  /** The hook of a connection to no master: perhaps one to a replica's file, by mistake. */
  ConnectionHook other(String url) {
    ManagedGroup running = cluster;
    if (running == null || failure.isFailed()) {
      return ConnectionHook.UNMANAGED;
    }
    try {
      return running.replicaFile(url);
    } catch (Throwable t) {
      fault("a connection to another database", t);
      return ConnectionHook.UNMANAGED;
    }
  }

  /** Null while it is not known what belongs to it. */
  private ManagedGroup cluster(
      Connection connection, Driver driver, String url, Properties properties)
      throws ReflectiveOperationException {
    ManagedGroup running = cluster;
    if (running == null) {
      synchronized (starting) {
        running = cluster;
        if (running == null) {
          running = start(connection, driver, url, properties);
          watch(running);
        }
      }
      if (running == null) {
        return null;
      }
      awaited = !follows;
      running.awaitFirstVerdicts();
    }
    if (follows && !awaited) {
      awaited = true;
      running.awaitFirstVerdicts();
    }
    return running;
  }

  private ManagedGroup start(
      Connection connection, Driver driver, String url, Properties properties)
      throws ReflectiveOperationException {
    // Before it fails: perhaps for want of memory.
    LaterStart again = again(driver, connection.getClass().getClassLoader(), url, properties);
    try {
      Settings complete = complete();
      if (complete == null) {
        return null;
      }
      DriverCopy copy = copies.of(connection.getClass().getClassLoader());
      AppDriver own = AppDriver.of(connection, driver, copy, url, properties, complete);
      return start(complete, own, url, properties);
    } catch (ReflectiveOperationException | RuntimeException | Error t) {
      failure.because(t, again);
      throw t;
    }
  }

  private LaterStart again(Driver driver, ClassLoader loader, String url, Properties properties) {
    // No lambda: the first one of a JVM takes some ten milliseconds of its start.
    LaterStart.Owner owner =
        new LaterStart.Owner() {
          @Override
          public boolean startAgain(
              Driver driver, ClassLoader loader, String url, Properties properties)
              throws ReflectiveOperationException {
            return MasterConnections.this.startAgain(driver, loader, url, properties);
          }
        };
    return new LaterStart(settings.group(), owner, driver, loader, url, properties);
  }

  /** True when it runs now, or never will: the copy of the driver is gone. */
  private boolean startAgain(Driver driver, ClassLoader loader, String url, Properties properties)
      throws ReflectiveOperationException {
    DriverCopy copy = copies.of(loader);
    if (copy.isStopped()) {
      return true;
    }
    synchronized (starting) {
      Settings complete = mayStart(copy) ? complete() : null;
      if (complete == null) {
        return false;
      }
      // The application has written meanwhile.
      usedBefore = true;
      AppDriver own = AppDriver.beforeConnect(driver, loader, copy, url, properties, complete);
      ManagedGroup running = start(complete, own, url, properties);
      // Also since this start began, by connections that did not find the group yet.
      running.missed();
      watch(running);
      failure.over();
    }
    ScopedLoggers.of(MasterConnections.class).info("started, where it had failed before");
    return true;
  }

  /** The group's name; empty for the one without. */
  String name() {
    return settings.group();
  }

  /** Newer settings of the same group; what may change holds from now on. */
  void reload(Settings newer, ReloadReport said) {
    ManagedGroup running;
    synchronized (starting) {
      newest = newer;
      running = cluster;
    }
    if (running != null) {
      running.adjust(newer, said);
      return;
    }
    for (Property property : settings.differences(newer)) {
      if (property == Property.REPLICAS || property.isLive()) {
        said.applied(newer.shown(property) + " holds from the first connection on");
      } else {
        said.restart(newer.shown(property) + " needs a restart");
      }
    }
  }

  /** The group is no longer configured, or switched off. */
  void switchOff(ReloadReport said) {
    ManagedGroup running = cluster;
    if (running != null) {
      running.switchRouting(false, said);
    }
  }

  private ManagedGroup start(Settings complete, AppDriver own, String url, Properties properties) {
    try {
      boolean after = again || usedBefore;
      ManagedGroup started =
          complete.observes()
              ? ObservedGroup.start(complete, own, faults(), after)
              : Cluster.start(complete, own, faults(), url, properties, after);
      cluster = started;
      if (newest != null) {
        started.adjust(newest, new ReloadReport(""));
      }
      if (switchedOff) {
        started.passThrough().enable(false);
      }
      whenStarted.run();
      return started;
    } catch (Throwable t) {
      // Not by every further connection: a second failure would help nobody.
      failure.fails();
      ManagedGroup half = cluster;
      cluster = null;
      if (half != null) {
        half.end("its start has failed");
      }
      throw t;
    }
  }

  private void watch(ManagedGroup started) {
    if (started != null && !started.copy().isPermanent()) {
      started.whileUsed(
          new Runnable() {
            @Override
            public void run() {
              lookForEnd(started);
            }
          });
    }
  }

  private void fault(String where, Throwable fault) {
    try {
      ManagedGroup running = cluster;
      if (running != null) {
        running.passThrough().fault(fault);
      }
      faults().warn(where, "fault in " + where + "; the driver runs as written", fault);
    } catch (Throwable t) {
      // Out of memory or stack: saying so would fail the same way, and nothing may escape.
      if (t instanceof LinkageError) {
        failure.fails();
      }
    }
  }

  /** Counts and logs faults of ours. */
  OncePer faults() {
    OncePer made = faults;
    if (made == null) {
      String before = LogScope.enter(settings.group());
      try {
        made = new OncePer(ScopedLoggers.of("io.rwsplit.faults"));
      } finally {
        LogScope.leave(before);
      }
      faults = made;
    }
    return made;
  }
}
