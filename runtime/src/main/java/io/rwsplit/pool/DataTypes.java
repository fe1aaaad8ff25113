package io.rwsplit.pool;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Which classes a connection of pgjdbc makes values of its types of: {@code
 * PGConnection.addDataType}, as PostGIS, pgvector and their kin use it. Stateless.
 */
public final class DataTypes {
  /** What pgjdbc makes of a type that it has no class for ({@code PgConnection.getObject}). */
  private static final String PLAIN = "org.postgresql.util.PGobject";

  private DataTypes() {}

  /** The class for a type; null when there is none. */
  public static Class<?> of(Connection connection, String type) throws SQLException {
    try {
      Object types = connection.getClass().getMethod("getTypeInfo").invoke(connection);
      // The class that holds them is not public.
      Class<?> known = Class.forName("org.postgresql.core.TypeInfo", false, loader(connection));
      return (Class<?>) known.getMethod("getPGobject", String.class).invoke(types, type);
    } catch (ReflectiveOperationException e) {
      throw failure(e);
    }
  }

  /**
   * Sets the class for a type.
   *
   * @param made null: as if none was ever set
   */
  static void set(Connection connection, String type, Class<?> made) throws SQLException {
    try {
      Class<?> given = made == null ? Class.forName(PLAIN, false, loader(connection)) : made;
      connection
          .getClass()
          .getMethod("addDataType", String.class, Class.class)
          .invoke(connection, type, given);
    } catch (ReflectiveOperationException e) {
      throw failure(e);
    }
  }

  private static ClassLoader loader(Connection connection) {
    return connection.getClass().getClassLoader();
  }

  private static SQLException failure(ReflectiveOperationException e) {
    Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
    return cause instanceof SQLException
        ? (SQLException) cause
        : new SQLException("a data type of the application's", cause);
  }
}
