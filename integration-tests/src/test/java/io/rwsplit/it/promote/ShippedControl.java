package io.rwsplit.it.promote;

import io.rwsplit.it.ShippedClasses;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;

/** The shaded jar's control of one server, without the agent around it. Not thread-safe. */
final class ShippedControl implements AutoCloseable {
  private final ShippedClasses classes = new ShippedClasses();
  private final Class<?> type;
  private final Object control;

  ShippedControl(String engine, Connection connection)
      throws IOException, ReflectiveOperationException {
    Class<?> engines = classes.loadClass("io.rwsplit.engine.Engine");
    type = classes.loadClass("io.rwsplit.promotion.NodeControl");
    Method of = type.getDeclaredMethod("of", engines, Connection.class);
    of.setAccessible(true);
    control =
        of.invoke(
            null, engines.getMethod("valueOf", String.class).invoke(null, engine), connection);
  }

  boolean tryLock() throws Exception {
    return (Boolean) call("tryLock", new Class<?>[0]);
  }

  /** The server's time plus some milliseconds. */
  String clockIn(long millis) throws Exception {
    return (String) call("clockIn", new Class<?>[] {long.class}, millis);
  }

  void promote(String deadline, long line) throws Exception {
    Class<?> address = classes.loadClass("io.rwsplit.promotion.Address");
    Object nowhere = address.getConstructor(String.class, int.class).newInstance("nowhere", 1);
    Class<?>[] types = {String.class, long.class, address};
    call("promote", types, deadline, line, nowhere);
  }

  private Object call(String name, Class<?>[] types, Object... arguments) throws Exception {
    Method method = type.getDeclaredMethod(name, types);
    method.setAccessible(true);
    try {
      return method.invoke(control, arguments);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      call("close", new Class<?>[0]);
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      classes.close();
    }
  }
}
