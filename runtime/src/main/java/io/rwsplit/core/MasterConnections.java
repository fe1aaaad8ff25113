package io.rwsplit.core;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.jdbc.ConnectionManager;
import io.rwsplit.jdbc.Destination;
import io.rwsplit.jdbc.UnfollowedConnection;
import io.rwsplit.log.OncePer;
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

  private final Object starting = new Object();
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
  public void connecting(String url, Properties properties) {
    Cluster running = cluster;
    if (running != null && isMaster(url)) {
      running.connecting(url, properties);
    }
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
      AppDriver own = AppDriver.beforeConnect(driver, loader, url, properties, complete);
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
      AppDriver own = AppDriver.of(connection, driver, url, properties, complete);
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

  @Override
  public void fault(String where, Throwable fault) {
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
