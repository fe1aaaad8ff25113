package io.rwsplit.core;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.config.JvmSettings;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.jdbc.ConnectionManager;
import io.rwsplit.jdbc.Destination;
import io.rwsplit.log.OncePer;
import io.rwsplit.operations.ReloadReport;
import io.rwsplit.weave.DriverTransformer;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.LoggerFactory;

/**
 * Recognises the application's connections: each belongs to the group whose master its URL names,
 * or to none. Thread-safe.
 */
final class Groups implements ConnectionManager, DriverTransformer.Listener {
  /** URLs that are remembered: a power of two. An application opens few different ones. */
  private static final int REMEMBERED = 32;

  /** A URL that was looked at, and the group whose master it names; null for none. */
  private static final class Seen {
    final String url;
    final MasterConnections group;

    Seen(String url, MasterConnections group) {
      this.url = url;
      this.group = group;
    }
  }

  private final MasterConnections[] groups;
  private final AtomicReferenceArray<Seen> seen = new AtomicReferenceArray<>(REMEMBERED);
  private volatile Reload reload;
  private volatile JvmSettings alerting;
  private volatile boolean failed;
  private volatile OncePer faults;

  Groups(List<Settings> configured) {
    this.groups = new MasterConnections[configured.size()];
    Runnable whenStarted =
        new Runnable() {
          @Override
          public void run() {
            started();
          }
        };
    for (int i = 0; i < groups.length; i++) {
      groups[i] = new MasterConnections(configured.get(i), whenStarted);
    }
  }

  /** What looks after the configuration, from the first connection to a master on. */
  void reloadedBy(Reload known) {
    reload = known;
  }

  /** How alerts are looked for, from the first connection to a master on. */
  void alertedBy(JvmSettings settings) {
    alerting = settings;
  }

  private synchronized void startAlerts() {
    JvmSettings settings = alerting;
    if (settings != null) {
      alerting = null;
      try {
        new DaemonThreads("alert-start").newThread(new AlertStart(settings)).start();
      } catch (Throwable t) {
        fault("starting alerts", t);
      }
    }
  }

  private void started() {
    startAlerts();
    Reload known = reload;
    if (known != null) {
      Operations.reloads(known);
      known.watch();
    }
  }

  /**
   * Applies newer settings.
   *
   * @param said gets what has come of it, line by line, without secrets
   * @return those of groups that do not run here
   */
  List<Settings> reload(List<Settings> newer, ReloadReport said) {
    List<Settings> unknown = new ArrayList<>(newer);
    for (MasterConnections group : groups) {
      said.of(group.name());
      Settings found = null;
      for (Settings each : newer) {
        if (each.group().equalsIgnoreCase(group.name())) {
          found = each;
        }
      }
      if (found == null) {
        group.switchOff(said);
      } else {
        unknown.remove(found);
        group.reload(found, said);
      }
    }
    said.of("");
    return unknown;
  }

  /** Everything goes to the masters. */
  void switchOff(ReloadReport said) {
    for (MasterConnections group : groups) {
      said.of(group.name());
      group.switchOff(said);
    }
  }

  /** The group whose master the URL names, which a connection was opened with; null for none. */
  private MasterConnections of(String url) {
    int place = place(url);
    Seen last = seen.get(place);
    if (last == null || !last.url.equals(url)) {
      last = new Seen(url, find(url));
      seen.set(place, last);
    }
    return last.group;
  }

  /** The same before it is opened: a file that is to be made may be found to be another then. */
  private MasterConnections expected(String url) {
    Seen last = seen.get(place(url));
    return last != null && last.url.equals(url) ? last.group : find(url);
  }

  private static int place(String url) {
    int hash = url.hashCode();
    return (hash ^ (hash >>> 16)) & (REMEMBERED - 1);
  }

  private boolean isRunning() {
    for (MasterConnections group : groups) {
      if (group.isRunning()) {
        return true;
      }
    }
    return false;
  }

  private MasterConnections find(String url) {
    JdbcUrl opened = JdbcUrl.parse(url);
    for (MasterConnections group : groups) {
      if (group.isMaster(opened)) {
        return group;
      }
    }
    return null;
  }

  @Override
  public void connecting(ClassLoader loader, String url, Properties properties) {
    MasterConnections group = url == null || !isRunning() ? null : expected(url);
    if (group != null) {
      group.connecting(loader, url, properties);
    }
  }

  @Override
  public boolean followsMaster() {
    for (MasterConnections group : groups) {
      if (group.followsMaster()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Destination destination(
      Driver driver, ClassLoader loader, String url, Properties properties) throws SQLException {
    MasterConnections group = url == null ? null : expected(url);
    return group == null || !group.followsMaster()
        ? null
        : group.destination(driver, loader, url, properties);
  }

  @Override
  public void connectEnded(String url, Properties properties) {
    // Of a connect that failed the URL is not known; where none was announced nothing happens.
    for (MasterConnections group : groups) {
      group.connectEnded();
    }
  }

  @Override
  public void stopping(ClassLoader loader) {
    for (MasterConnections group : groups) {
      group.stopping(loader);
    }
  }

  @Override
  public void restored() {
    for (MasterConnections group : groups) {
      group.restored();
    }
  }

  @Override
  public ConnectionHook openBefore(Connection connection, String url) throws SQLException {
    MasterConnections group = of(url);
    return group == null ? ConnectionHook.UNMANAGED : group.openBefore(connection, url);
  }

  /** The agent came into a JVM whose drivers were in use. */
  void usedBefore() {
    for (MasterConnections group : groups) {
      group.usedBefore();
    }
  }

  @Override
  public void missed() {
    for (MasterConnections group : groups) {
      group.missed();
    }
  }

  @Override
  public ConnectionHook manage(
      Connection connection,
      Driver driver,
      String url,
      Properties properties,
      Destination destination) {
    if (failed || url == null) {
      return ConnectionHook.UNMANAGED;
    }
    MasterConnections group = of(url);
    if (group != null) {
      return group.manage(connection, driver, url, properties, destination);
    }
    for (MasterConnections each : groups) {
      ConnectionHook hook = each.other(url);
      if (hook != ConnectionHook.UNMANAGED) {
        return hook;
      }
    }
    return ConnectionHook.UNMANAGED;
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
    if (groups.length == 1) {
      // Its report counts them all.
      return groups[0].faults();
    }
    OncePer made = faults;
    if (made == null) {
      made = new OncePer(LoggerFactory.getLogger("io.rwsplit.faults"));
      faults = made;
    }
    return made;
  }
}
