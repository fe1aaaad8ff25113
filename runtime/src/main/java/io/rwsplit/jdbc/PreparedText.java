package io.rwsplit.jdbc;

import java.lang.reflect.Field;
import java.sql.PreparedStatement;

/**
 * The SQL text of a prepared statement that was made before the agent came, from where its driver
 * keeps it: pgjdbc in {@code PgPreparedStatement.preparedQuery.query}, MariaDB's driver in a field
 * {@code sql} or {@code sqlQuery}, MySQL's tells it by {@code getPreparedSql()}. H2's keeps none.
 */
final class PreparedText {
  private PreparedText() {}

  /** Null where it is not known: then the statement may do anything. */
  static String of(PreparedStatement statement) {
    try {
      for (Class<?> type = statement.getClass(); type != null; type = type.getSuperclass()) {
        switch (type.getName()) {
          case "org.postgresql.jdbc.PgPreparedStatement":
            return ofPostgres(type, statement);
          case "org.mariadb.jdbc.BasePreparedStatement":
          case "org.mariadb.jdbc.ServerSidePreparedStatement":
            return (String) value(type.getDeclaredField("sql"), statement);
          case "org.mariadb.jdbc.ClientSidePreparedStatement":
            return (String) value(type.getDeclaredField("sqlQuery"), statement);
          case "com.mysql.cj.jdbc.ClientPreparedStatement":
          case "com.mysql.jdbc.PreparedStatement":
            return (String) type.getMethod("getPreparedSql").invoke(statement);
          default:
        }
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // Of a version that keeps it elsewhere, or in a module that shows nothing.
    }
    return null;
  }

  private static String ofPostgres(Class<?> type, PreparedStatement statement)
      throws ReflectiveOperationException {
    Object cached = value(type.getDeclaredField("preparedQuery"), statement);
    Object query = value(cached.getClass().getField("query"), cached);
    Class<?> queries = Class.forName("org.postgresql.core.Query", false, type.getClassLoader());
    return (String) queries.getMethod("getNativeSql").invoke(query);
  }

  private static Object value(Field field, Object of) throws IllegalAccessException {
    field.setAccessible(true);
    return field.get(of);
  }
}
