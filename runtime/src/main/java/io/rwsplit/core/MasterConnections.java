package io.rwsplit.core;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.jdbc.Destination;
import io.rwsplit.jdbc.UnfollowedConnection;
import io.rwsplit.log.LogScope;
import io.rwsplit.log.OncePer;
import io.rwsplit.log.ScopedLoggers;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

  private final Object starting = new Object();
  private final Runnable whenStarted;

  /** What was read since the start; null when nothing was. Guarded by {@link #starting}. */
  private Settings newest;

  private volatile Cluster cluster;

  /** True once the first connection was waited with for replicas. */
  private volatile boolean awaited;

  private volatile boolean failed;
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
    return cluster != null;
  }

  /** The driver is about to connect to the master. */
  void connecting(String url, Properties properties) {
    Cluster running = cluster;
    if (running != null) {
      running.connecting(url, properties);
    }
  }

  /** True where another server than the configured one may be the master. */
  boolean followsMaster() {
    return follows && !failed;
  }

  /** Where a connect to the master has to lead; null where that is as written. */
  Destination destination(Driver driver, ClassLoader loader, String url, Properties properties)
      throws SQLException {
    Cluster running = cluster;
    if (running == null) {
      synchronized (starting) {
        running = cluster;
        if (running == null) {
          running = startBefore(driver, loader, url, properties);
        }
      }
    }
    return running == null ? null : running.destination(url);
  }

  private Cluster startBefore(
      Driver driver, ClassLoader loader, String url, Properties properties) {
    try {
      Settings complete = complete();
      if (complete == null) {
        return null;
      }
      AppDriver own = AppDriver.beforeConnect(driver, loader, url, properties, complete);
      return start(complete, own, url, properties);
    } catch (Throwable t) {
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
    Cluster running = cluster;
    if (running != null) {
      running.connectEnded();
    }
  }

  /** A database, perhaps the master, was overwritten from a backup by the current thread. */
  void restored() {
    Cluster running = cluster;
    if (running != null) {
      running.restored();
    }
  }

  /** The hook of a new connection to the master. */
  ConnectionHook manage(
      Connection connection,
      Driver driver,
      String url,
      Properties properties,
      Destination destination) {
    if (failed) {
      return ConnectionHook.UNMANAGED;
    }
    try {
      Cluster running = cluster(connection, driver, url, properties);
      return running == null
          ? ConnectionHook.UNMANAGED
          : running.manage(connection, url, properties, destination);
    } catch (Throwable t) {
      fault("managing a connection", t);
      Cluster running = cluster;
      // What it writes is not to be missed by those that are managed.
      return running == null ? ConnectionHook.UNMANAGED : new UnfollowedConnection(running);
    }
  }

  /** The hook of a connection to no master: perhaps one to a replica's file, by mistake. */
  ConnectionHook other(String url) {
    Cluster running = cluster;
    if (running == null || failed) {
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
  private Cluster cluster(Connection connection, Driver driver, String url, Properties properties)
      throws ReflectiveOperationException {
    Cluster running = cluster;
    if (running == null) {
      synchronized (starting) {
        running = cluster;
        if (running == null) {
          running = start(connection, driver, url, properties);
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

  private Cluster start(Connection connection, Driver driver, String url, Properties properties)
      throws ReflectiveOperationException {
    try {
      Settings complete = complete();
      if (complete == null) {
        return null;
      }
      AppDriver own = AppDriver.of(connection, driver, url, properties, complete);
      return start(complete, own, url, properties);
    } catch (ReflectiveOperationException | RuntimeException | Error t) {
      failed = true;
      throw t;
    }
  }

  /** The group's name; empty for the one without. */
  String name() {
    return settings.group();
  }

  /** Newer settings of the same group; what may change holds from now on. */
  void reload(Settings newer, List<String> said) {
    Cluster running;
    synchronized (starting) {
      newest = newer;
      running = cluster;
    }
    if (running != null) {
      running.adjust(newer, said);
    }
  }

  /** The group is no longer configured, or switched off. */
  void switchOff(List<String> said) {
    Cluster running = cluster;
    if (running != null) {
      running.switchRouting(false, said);
    }
  }

  private Cluster start(Settings complete, AppDriver own, String url, Properties properties) {
    try {
      Cluster started = Cluster.start(complete, own, faults(), url, properties);
      cluster = started;
      if (newest != null) {
        started.adjust(newest, new ArrayList<String>());
      }
      whenStarted.run();
      return started;
    } catch (Throwable t) {
      // Tried once: a second failure for every further connection would help nobody.
      failed = true;
      throw t;
    }
  }

  private void fault(String where, Throwable fault) {
    try {
      Cluster running = cluster;
      if (running != null) {
        running.passThrough().fault(fault);
      }
      faults().warn(where, "fault in " + where + "; the driver runs as written", fault);
    } catch (Throwable t) {
      // Out of memory or stack: saying so would fail the same way, and nothing may escape.
      failed |= t instanceof LinkageError;
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
