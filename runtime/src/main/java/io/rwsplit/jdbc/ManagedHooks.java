package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.HookFactory;
import io.rwsplit.bootstrap.HookedConnection;
import io.rwsplit.engine.JdbcUrl;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
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

  public ManagedHooks(ConnectionManager manager) {
    this.manager = manager;
  }

  @Override
  public Object connecting(Object url, Object properties) {
    try {
      ThreadState thread = ThreadState.current();
      if (thread.enterConnect() == 0 && !thread.isOwn()) {
        manager.connecting((String) url, orEmpty(properties));
      }
      return thread;
    } catch (Throwable t) {
      manager.fault("connecting", t);
      return null;
    }
  }

  @Override
  public void connected(
      Object token, Object driver, Object url, Object properties, Object connection) {
    try {
      ended(token, url, properties);
      if (connection instanceof HookedConnection) {
        HookedConnection hooked = (HookedConnection) connection;
        if (hooked.rwsplit$hook() == null) {
          hooked.rwsplit$hook(hook(connection, driver, (String) url, orEmpty(properties)));
        }
      }
    } catch (Throwable t) {
      manager.fault("connected", t);
    }
  }

  @Override
  public void connectFailed(Object token) {
    try {
      ended(token, null, null);
    } catch (Throwable t) {
      manager.fault("connect failed", t);
    }
  }

  private void ended(Object token, Object url, Object properties) {
    if (token == null) {
      return;
    }
    ThreadState thread = (ThreadState) token;
    thread.leaveConnect();
    if (!thread.isConnecting() && !thread.isOwn()) {
      manager.connectEnded((String) url, orEmpty(properties));
    }
  }

  private ConnectionHook hook(Object connection, Object driver, String url, Properties properties) {
    if (ThreadState.current().isOwn()) {
      return ConnectionHook.UNMANAGED;
    }
    return manager.manage((Connection) connection, (Driver) driver, url, properties);
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
      } else {
        DatabaseMetaData metaData = ((Connection) connection).getMetaData();
        hook = ofWrapped(connection, metaData.getConnection());
        String url = hook == null ? metaData.getURL() : null;
        if (hook == null && url == null) {
          return null;
        }
        hook = hook == null ? manage((Connection) connection, url) : hook;
      }
      ((HookedConnection) connection).rwsplit$hook(hook);
      return hook;
    } catch (Throwable t) {
      manager.fault("adopting a connection", t);
      return null;
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

  private ConnectionHook manage(Connection connection, String url) {
    Properties credentials = DriverCredentials.of(connection);
    String bare = url;
    if (!credentials.isEmpty()) {
      Map<String, String> none = new HashMap<>();
      none.put("user", null);
      none.put("password", null);
      bare = JdbcUrl.replaceParameters(url, none);
    }
    return manager.manage(connection, null, bare, credentials);
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
  public void functionCreated(Object connection, String name) {
    try {
      if (connection instanceof HookedConnection) {
        ConnectionHook hook = ((HookedConnection) connection).rwsplit$hook();
        if (hook instanceof ManagedConnection) {
          ((ManagedConnection) hook).functionCreated(name);
        }
      }
    } catch (Throwable t) {
      manager.fault("function created", t);
    }
  }

  private static Properties orEmpty(Object properties) {
    return properties == null ? new Properties() : (Properties) properties;
  }
}
