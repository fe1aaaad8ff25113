package io.rwsplit.core;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection of our own whose close gives a permit back. Not on any hot path. */
final class CountedConnection implements InvocationHandler {
  private final Connection connection;
  private final Semaphore permits;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private CountedConnection(Connection connection, Semaphore permits) {
    this.connection = connection;
    this.permits = permits;
  }

  static Connection of(Connection connection, Semaphore permits) {
    return (Connection)
        Proxy.newProxyInstance(
            CountedConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new CountedConnection(connection, permits));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    boolean closes = method.getName().equals("close");
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      if (closes && open.compareAndSet(true, false)) {
        permits.release();
      }
    }
  }
}
