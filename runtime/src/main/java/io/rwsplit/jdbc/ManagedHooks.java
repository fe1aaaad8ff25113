package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.HookFactory;
import io.rwsplit.bootstrap.HookedConnection;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
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
        String url = ((Connection) connection).getMetaData().getURL();
        if (url == null) {
          return null;
        }
        hook = manager.manage((Connection) connection, null, url, new Properties());
      }
      ((HookedConnection) connection).rwsplit$hook(hook);
      return hook;
    } catch (Throwable t) {
      manager.fault("adopting a connection", t);
      return null;
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
  public void functionCreated(Object connection, String name) {
    try {
      if (RESTORE.equals(name)) {
        manager.restored();
      } else if (connection instanceof HookedConnection) {
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
