package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.HookedConnection;
import io.rwsplit.route.RouteReason;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections of XA data sources, which stay on the master wholly: a branch spans what its
 * transaction manager says, and not every driver's session shows that one is open. Stateless.
 */
final class DistributedConnections {
  private DistributedConnections() {}

  /** Nothing of the connection is routed any more, if it is managed. */
  static void keepOnMaster(ConnectionHook hook) {
    if (hook instanceof ManagedConnection) {
      ((ManagedConnection) hook).bar(RouteReason.DISTRIBUTED);
    }
  }

  /**
   * True for H2's handle of a pooled or distributed connection, which are the same to it: a
   * connection of its own on the session that the other handles have, and its state.
   */
  static boolean isHandle(Object connection) {
    return connection.getClass().getName().startsWith("org.h2.jdbcx.JdbcXAConnection$");
  }

  /**
   * The connections that a driver's XA connection is around, for those which no connect method
   * opened: by its fields, since {@code javax.sql.XAConnection} gives handles only.
   */
  static List<HookedConnection> of(Object distributed) throws IllegalAccessException {
    List<HookedConnection> inner = new ArrayList<>(1);
    Class<?> type = distributed == null ? null : distributed.getClass();
    while (type != null && !type.getName().startsWith("java.")) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          addTo(inner, field, distributed);
        }
      }
      type = type.getSuperclass();
    }
    return inner;
  }

  private static void addTo(List<HookedConnection> inner, Field field, Object of)
      throws IllegalAccessException {
    try {
      field.setAccessible(true);
    } catch (RuntimeException e) {
      // A driver that is a named module: its connections were opened by a connect method.
      return;
    }
    Object value = field.get(of);
    if (value instanceof HookedConnection) {
      inner.add((HookedConnection) value);
    }
  }
}
