package io.rwsplit.core;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.jdbc.ClosableHook;
import io.rwsplit.jdbc.ConnectionManager;
import io.rwsplit.jdbc.Destination;
import io.rwsplit.jdbc.UnroutedConnection;
import io.rwsplit.log.OncePer;
import io.rwsplit.thread.OwnThreads;
import io.rwsplit.weave.DriverTransformer;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognises the application's connections to the configured master, and starts the cluster with
 * the first of them. Thread-safe.
 */
final class MasterConnections implements ConnectionManager, DriverTransformer.Listener {
  /** A URL that was looked at, and whether it is the master's. */
  private static final class Seen {
    final String url;
    final boolean master;

    Seen(String url, boolean master) {
      this.url = url;
      this.master = master;
    }
  }

  /** As configured: perhaps without replicas, which {@link PatroniReplicas} finds. */
  private final Settings settings;

  /** Null where the replicas are configured. */
  private final PatroniReplicas discovery;

  private final DriverCopies copies = new DriverCopies();
  private final Object starting = new Object();

  /** The one that was ended last; null when there is none, or all of it is over. */
  private volatile AppDriver ending;

  private volatile Seen seen = new Seen("", false);
  private volatile Cluster cluster;

  /** True once the first connection was waited with for replicas. */
  private volatile boolean awaited;

  private volatile boolean failed;
  private volatile OncePer faults;

  /** False where the configured master is the master. */
  private final boolean follows;

  MasterConnections(Settings settings) {
    this.settings = settings;
    this.discovery = settings.asksPatroniForReplicas() ? new PatroniReplicas(settings) : null;
    this.follows = settings.masterMayChange();
  }

  @Override
  public void connecting(ClassLoader loader, String url, Properties properties) {
    if (!isMaster(url)) {
      return;
    }
    DriverCopy copy = copies.of(loader);
    copies.begin(copy);
    makeWay(copy);
    Cluster running = cluster;
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
    Cluster running = cluster;
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
  private void end(Cluster running, boolean anyway, String why) {
    DriverCopy copy = running.copy();
    // Whoever begins to connect is counted before he looks for the cluster.
    synchronized (copy) {
      if (cluster != running || (!anyway && copy.isInUse())) {
        return;
      }
      ending = running.driver();
      cluster = null;
      awaited = false;
    }
    running.end(why);
  }

  /** In the monitor of a cluster whose driver may go away with a web application. */
  private void lookForEnd(Cluster running) {
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
      OwnThreads.daemon("rwsplit-end", work).start();
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

  @Override
  public boolean followsMaster() {
    return follows && !failed;
  }

  @Override
  public Destination destination(
      Driver driver, ClassLoader loader, String url, Properties properties) throws SQLException {
    if (!isMaster(url)) {
      return null;
    }
    Cluster running = cluster;
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

  private Cluster startBefore(
      Driver driver, ClassLoader loader, String url, Properties properties) {
    try {
      Settings complete = discovery == null ? settings : discovery.complete();
      if (complete == null) {
        return null;
      }
      AppDriver own =
          AppDriver.beforeConnect(driver, loader, copies.of(loader), url, properties, complete);
      return start(complete, own, url, properties);
    } catch (Throwable t) {
      fault("following the master", t);
      return null;
    }
  }

  @Override
  public void connectEnded(String url, Properties properties) {
    Cluster running = cluster;
    if (running != null) {
      running.connectEnded();
    }
    copies.end();
  }

  @Override
  public void restored() {
    Cluster running = cluster;
    if (running != null) {
      running.restored();
    }
  }

  @Override
  public ConnectionHook manage(
      Connection connection,
      Driver driver,
      String url,
      Properties properties,
      Destination destination) {
    if (failed) {
      return ConnectionHook.UNMANAGED;
    }
    if (!isMaster(url)) {
      return other(url);
    }
    try {
      DriverCopy copy = copies.of(connection.getClass().getClassLoader());
      // For one that was opened past every connect.
      makeWay(copy);
      ConnectionHook hook = hook(copy, connection, driver, url, properties, destination);
      if (hook instanceof ClosableHook) {
        copy.opened(hook);
      }
      return hook;
    } catch (Throwable t) {
      fault("managing a connection", t);
      return ConnectionHook.UNMANAGED;
    }
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
    Cluster running = cluster(connection, driver, url, properties);
    return running == null
        ? ConnectionHook.UNMANAGED
        : running.manage(connection, url, properties, destination);
  }

  /** No connection to the master; perhaps one to a replica's file, by mistake. */
  private ConnectionHook other(String url) {
    Cluster running = cluster;
    if (running == null || url == null) {
      return ConnectionHook.UNMANAGED;
    }
    try {
      return running.replicaFile(url);
    } catch (Throwable t) {
      fault("a connection to another database", t);
      return ConnectionHook.UNMANAGED;
    }
  }

  private boolean isMaster(String url) {
    if (url == null) {
      return false;
    }
    Seen last = seen;
    if (!last.url.equals(url)) {
      last = new Seen(url, settings.master().sameDatabase(JdbcUrl.parse(url)));
      seen = last;
    }
    return last.master;
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

  private Cluster start(Connection connection, Driver driver, String url, Properties properties)
      throws ReflectiveOperationException {
    try {
      Settings complete = discovery == null ? settings : discovery.complete();
      if (complete == null) {
        return null;
      }
      DriverCopy copy = copies.of(connection.getClass().getClassLoader());
      AppDriver own = AppDriver.of(connection, driver, copy, url, properties, complete);
      return start(complete, own, url, properties);
    } catch (ReflectiveOperationException | RuntimeException | Error t) {
      failed = true;
      throw t;
    }
  }

  private Cluster start(Settings complete, AppDriver own, String url, Properties properties) {
    try {
      Cluster started = Cluster.start(complete, own, faults(), url, properties);
      cluster = started;
      return started;
    } catch (Throwable t) {
      // Tried once: a second failure for every further connection would help nobody.
      failed = true;
      throw t;
    }
  }

  private void watch(Cluster started) {
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

  @Override
  public void fault(String where, Throwable fault) {
    try {
      faults().warn(where, "fault in " + where + "; the driver runs as written", fault);
    } catch (Throwable t) {
      // Out of memory or stack: saying so would fail the same way, and nothing may escape.
      failed |= t instanceof LinkageError;
    }
  }

  @Override
  public void failed(String internalName, Throwable cause) {
    fault("weaving " + internalName, cause);
  }

  @Override
  public void unweavable(String internalName, String method) {
    fault("weaving " + internalName + "." + method, null);
  }

  private OncePer faults() {
    OncePer made = faults;
    if (made == null) {
      Logger log = LoggerFactory.getLogger("io.rwsplit.faults");
      made = new OncePer(log);
      faults = made;
    }
    return made;
  }
}
