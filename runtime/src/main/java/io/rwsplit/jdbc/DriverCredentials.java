package io.rwsplit.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.util.Properties;

/**
 * User and password of a connection that no {@code Driver.connect} has opened: MariaDB's data
 * sources call a method of their own, and its {@code DatabaseMetaData.getURL} shows the password as
 * asterisks. MariaDB Connector/J 3 tells them by {@code Connection.getContext().getConf()}.
 */
final class DriverCredentials {
  private static final String MARIADB = "org.mariadb.jdbc.Connection";

  private DriverCredentials() {}

  /** Properties {@code user} and {@code password}; empty where the driver does not tell. */
  static Properties of(Connection connection) {
    Properties known = new Properties();
    Class<?> type = connection.getClass();
    if (!type.getName().equals(MARIADB) && !type.getSuperclass().getName().equals(MARIADB)) {
      return known;
    }
    try {
      Object context = type.getMethod("getContext").invoke(connection);
      ClassLoader loader = type.getClassLoader();
      Class<?> contexts = Class.forName("org.mariadb.jdbc.client.Context", false, loader);
      Object configuration = contexts.getMethod("getConf").invoke(context);
      put(known, "user", configuration);
      put(known, "password", configuration);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // Of a version that keeps them elsewhere.
      known.clear();
    }
    return known;
  }

  private static void put(Properties known, String name, Object configuration)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    Object value = configuration.getClass().getMethod(name).invoke(configuration);
    if (value != null) {
      known.setProperty(name, value.toString());
    }
  }
}
