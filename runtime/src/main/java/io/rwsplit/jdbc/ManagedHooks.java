package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.HookFactory;
import io.rwsplit.bootstrap.HookedConnection;
import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.route.RouteReason;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Attaches hooks to new connections: where the driver's connect method returns, innermost first, so
 * that a driver that wraps another's connection is passed over; else at the connection's first
 * statement. Thread-safe.
 */
public final class ManagedHooks extends HookFactory {
  private final ConnectionManager manager;

  /**
   * Connections of copies that are under way. Weak on both sides: the driver's copy holds the
   * driver's connection.
   */
  private final WeakHooks<WeakReference<Object>> copies = new WeakHooks<>();

  public ManagedHooks(ConnectionManager manager) {
    this.manager = manager;
  }

  @Override
  public Object connecting(Object caller, Object url, Object properties) {
    try {
      ThreadState thread = ThreadState.current();
      if (thread.enterConnect() == 0 && !thread.isOwn()) {
        Class<?> type = caller instanceof Class ? (Class<?>) caller : caller.getClass();
        manager.connecting(type.getClassLoader(), text(url), orEmpty(properties));
      }
      return thread;
    } catch (Throwable t) {
      manager.fault("connecting", t);
      return null;
    }
  }

  /** Null for a driver's own object in place of a URL. */
  private static String text(Object url) {
    return url instanceof String ? (String) url : null;
  }

  @Override
  public Object target(Object token, Object driver, Object url, Object properties) {
    try {
      if (token == null || url == null || !manager.followsMaster()) {
        return url;
      }
      ThreadState thread = (ThreadState) token;
      boolean text = url instanceof String;
      if (thread.isOwn() || (!text && thread.hasPending())) {
        // Of a connect by URL around this one it is known already where it leads.
        return url;
      }
      if (text && (driver == null || !((Driver) driver).acceptsURL((String) url))) {
        // DriverManager asks them all; and no driver of servers has a static connect by URL.
        return url;
      }
      String written = text ? (String) url : MariadbConfiguration.url(url);
      Destination destination =
          manager.destination(
              (Driver) driver,
              (text ? driver : url).getClass().getClassLoader(),
              written,
              text ? orEmpty(properties) : MariadbConfiguration.credentials(url));
      if (destination == null) {
        return url;
      }
      Object target = url;
      if (destination.url() != null) {
        target = text ? destination.url() : MariadbConfiguration.to(url, destination.url());
      }
      thread.pending(destination, written);
      return target;
    } catch (SQLException e) {
      // Nowhere to go, which the application must know.
      throw Sneaky.rethrow(e);
    } catch (Throwable t) {
      manager.fault("a connect's destination", t);
      return url;
    }
  }

  @Override
  public void connected(
      Object token, Object driver, Object url, Object properties, Object connection) {
    try {
      PendingConnect pending = ended(token, url, properties);
      if (connection instanceof HookedConnection) {
        HookedConnection hooked = (HookedConnection) connection;
        if (hooked.rwsplit$hook() != null || isOthers(token, url, pending)) {
          return;
        }
        hooked.rwsplit$hook(
            pending == null
                ? hook(connection, driver, (String) url, orEmpty(properties), null)
                : hook(connection, driver, pending, url, properties));
      }
    } catch (Throwable t) {
      manager.fault("connected", t);
    }
  }

  /**
   * True when a connect around this one leads to the master elsewhere, and knows what this is; or
   * when the driver's method takes no URL, and the connection's first statement will tell.
   */
  private static boolean isOthers(Object token, Object url, PendingConnect pending) {
    return pending == null
        && (!(url instanceof String || url == null) || ((ThreadState) token).hasPending());
  }

  private ConnectionHook hook(
      Object connection, Object driver, PendingConnect pending, Object url, Object properties) {
    Properties given =
        url instanceof String ? orEmpty(properties) : MariadbConfiguration.credentials(url);
    return hook(connection, driver, pending.url, given, pending.destination);
  }

  @Override
  public void stopping(Object loader) {
    try {
      manager.stopping((ClassLoader) loader);
    } catch (Throwable t) {
      manager.fault("stopping a web application", t);
    }
  }

  @Override
  public void connectFailed(Object token) {
    try {
      PendingConnect unused = ended(token, null, null);
    } catch (Throwable t) {
      manager.fault("connect failed", t);
    }
  }

  private PendingConnect ended(Object token, Object url, Object properties) {
    if (token == null) {
      return null;
    }
    ThreadState thread = (ThreadState) token;
    PendingConnect pending;
    try {
      pending = thread.takePending();
    } finally {
      thread.leaveConnect();
    }
    if (!thread.isConnecting() && !thread.isOwn()) {
      manager.connectEnded(text(url), orEmpty(properties));
    }
    return pending;
  }

  private ConnectionHook hook(
      Object connection,
      Object driver,
      String url,
      Properties properties,
      Destination destination) {
    if (ThreadState.current().isOwn()) {
      return ConnectionHook.UNMANAGED;
    }
    ThreadState thread = ThreadState.current();
    ConnectionHook hook;
    thread.enterManaging();
    try {
      hook = manager.manage((Connection) connection, (Driver) driver, url, properties, destination);
    } finally {
      thread.leaveManaging();
    }
    if (thread.isDistributing()) {
      DistributedConnections.keepOnMaster(hook);
    }
    return hook;
  }

  @Override
  public ConnectionHook adopt(Object connection) {
    try {
      ThreadState thread = ThreadState.current();
      if (thread.isConnecting() || !(connection instanceof HookedConnection)) {
        return null;
      }
      ConnectionHook hook;
      if (thread.isOwn()) {
        hook = ConnectionHook.UNMANAGED;
      } else if (thread.isManaging()) {
        // The driver asks the server for what rwsplit asks its connection: isReadOnly() of MySQL's.
        return null;
      } else {
        DatabaseMetaData metaData = ((Connection) connection).getMetaData();
        hook = ofWrapped(connection, metaData.getConnection());
        String url = hook == null ? metaData.getURL() : null;
        if (hook == null && url == null) {
          return null;
        }
        hook = hook == null ? manage(thread, (Connection) connection, url) : hook;
        if (DistributedConnections.isHandle(connection)) {
          DistributedConnections.keepOnMaster(hook);
        }
      }
      ((HookedConnection) connection).rwsplit$hook(hook);
      return hook;
    } catch (Throwable t) {
      if (isClosed(connection, t)) {
        return null;
      }
      manager.fault("adopting a connection", t);
      // A driver that does not tell yet is asked again.
      return t instanceof SQLException ? null : unadopted(connection);
    }
  }

  /** What it writes is not to be missed; it may be any group's master. */
  private ConnectionHook unadopted(Object connection) {
    try {
      ConnectionHook hook = new UnadoptedConnection(manager);
      ((HookedConnection) connection).rwsplit$hook(hook);
      return hook;
    } catch (Throwable t) {
      manager.missed();
      return null;
    }
  }

  /**
   * The hook of a connection that was open when the agent came into the JVM.
   *
   * @return null while nothing has to know of it, and for one that is closed
   */
  ConnectionHook openBefore(Connection connection) throws SQLException {
    ThreadState thread = ThreadState.current();
    if (thread.isManaging()) {
      return null;
    }
    thread.enterManaging();
    try {
      String url = connection.isClosed() ? null : connection.getMetaData().getURL();
      return url == null ? null : manager.openBefore(connection, url);
    } catch (SQLException e) {
      if (isClosed(connection, e)) {
        return null;
      }
      throw e;
    } finally {
      thread.leaveManaging();
    }
  }

  /** True when what a driver says is that its connection is closed, on which nothing can run. */
  private static boolean isClosed(Object connection, Throwable said) {
    try {
      return said instanceof SQLException && ((Connection) connection).isClosed();
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  /**
   * The hook of the connection that the driver's own wrapper is for, as MySQL's pooled and
   * distributed connections have them: they are one session. Null when it is no wrapper.
   */
  private static ConnectionHook ofWrapped(Object connection, Object wrapped) {
    return wrapped != connection && wrapped instanceof HookedConnection
        ? ((HookedConnection) wrapped).rwsplit$hook()
        : null;
  }

  private ConnectionHook manage(ThreadState thread, Connection connection, String url) {
    Properties credentials = DriverCredentials.of(connection);
    String bare = url;
    if (!credentials.isEmpty()) {
      Map<String, String> none = new HashMap<>();
      none.put("user", null);
      none.put("password", null);
      bare = JdbcUrl.replaceParameters(url, none);
    }
    thread.enterManaging();
    try {
      return manager.manage(connection, null, bare, credentials, null);
    } finally {
      thread.leaveManaging();
    }
  }

  @Override
  public void distributing() {
    try {
      ThreadState.current().enterDistributed();
    } catch (Throwable t) {
      manager.fault("an XA data source", t);
    }
  }

  @Override
  public void distributed(Object connection) {
    try {
      ThreadState.current().leaveDistributed();
    } catch (Throwable t) {
      manager.fault("an XA data source", t);
    }
    // Branches of transactions must not lose sight of each other for one fault.
    if (!keptOnMaster(connection)) {
      boolean unused = keptOnMaster(connection);
    }
  }

  private boolean keptOnMaster(Object connection) {
    try {
      for (HookedConnection inner : DistributedConnections.of(connection)) {
        ConnectionHook hook = inner.rwsplit$hook();
        DistributedConnections.keepOnMaster(hook == null ? adopt(inner) : hook);
      }
      return true;
    } catch (Throwable t) {
      manager.fault("an XA data source", t);
      return false;
    }
  }

  @Override
  public ConnectionHook metaData(Object metaData) {
    try {
      Connection connection = ((DatabaseMetaData) metaData).getConnection();
      return connection instanceof HookedConnection
          ? ((HookedConnection) connection).rwsplit$hook()
          : null;
    } catch (Throwable t) {
      manager.fault("metadata", t);
      return null;
    }
  }

  @Override
  public void copyBegun(Object connection, Object copy) {
    try {
      if (copy != null) {
        WeakReference<Object> unused = copies.putIfAbsent(copy, new WeakReference<>(connection));
      }
    } catch (Throwable t) {
      // Its end finds nothing, and takes it for a write of nobody knows which connection.
      bar(connection);
      manager.fault("copy begun", t);
    }
  }

  /** The connection that something was begun on, once; null when that is not known. */
  Object begunOn(Object copy) {
    WeakReference<Object> known = copies.remove(copy);
    return known == null ? null : known.get();
  }

  @Override
  public ConnectionHook pastStatements(Object origin) {
    try {
      Object connection = origin;
      if (!(origin instanceof HookedConnection)) {
        connection = begunOn(origin);
        if (connection == null) {
          return new UnadoptedConnection(manager);
        }
      }
      if (!(connection instanceof HookedConnection)) {
        return null;
      }
      ConnectionHook hook = ((HookedConnection) connection).rwsplit$hook();
      return hook == null ? adopt(connection) : hook;
    } catch (Throwable t) {
      bar(origin);
      manager.fault("past statements", t);
      return new UnadoptedConnection(manager);
    }
  }

  @Override
  public void functionCreated(Object connection, String name) {
    try {
      if (RESTORE.equals(name)) {
        manager.restored();
      } else if (connection instanceof HookedConnection) {
        ConnectionHook hook = ((HookedConnection) connection).rwsplit$hook();
        if (hook instanceof ManagedConnection && SESSION_RESET.equals(name)) {
          ((ManagedConnection) hook).sessionReset((Connection) connection);
        } else if (hook instanceof ManagedConnection) {
          ((ManagedConnection) hook).functionCreated(name);
        }
      }
    } catch (Throwable t) {
      bar(connection);
      manager.fault("function created", t);
    }
  }

  /** What the connection has learned is not known: it stays on the master. */
  private void bar(Object connection) {
    if (!(connection instanceof HookedConnection)) {
      return;
    }
    try {
      ConnectionHook hook = ((HookedConnection) connection).rwsplit$hook();
      if (hook instanceof ManagedConnection) {
        ((ManagedConnection) hook).barred = RouteReason.FAULT;
      }
    } catch (Throwable t) {
      manager.fault("function created", t);
    }
  }

  private static Properties orEmpty(Object properties) {
    return properties == null ? new Properties() : (Properties) properties;
  }
}
