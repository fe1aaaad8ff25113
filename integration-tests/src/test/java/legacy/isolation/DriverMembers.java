package legacy.isolation;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** Uses a database and prints the names of members that the driver's own source does not have. */
public final class DriverMembers {
  private DriverMembers() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS t(a)");
      statement.executeUpdate("INSERT INTO t VALUES (1)");
      try (PreparedStatement prepared = connection.prepareStatement("SELECT a FROM t");
          ResultSet result = prepared.executeQuery()) {
        System.out.println("row " + result.next());
        Set<String> foreign = new TreeSet<>();
        for (Object each : new Object[] {connection, statement, prepared, result}) {
          for (Class<?> type = each.getClass(); type != null; type = type.getSuperclass()) {
            collect(type, foreign);
          }
        }
        System.out.println("foreign members " + foreign);
      }
    }
  }

  private static void collect(Class<?> type, Set<String> foreign) {
    for (Method method : type.getDeclaredMethods()) {
      add(method.getName(), foreign);
    }
    for (Field field : type.getDeclaredFields()) {
      add(field.getName(), foreign);
    }
    for (Class<?> face : type.getInterfaces()) {
      add(face.getName(), foreign);
    }
  }

  private static void add(String name, Set<String> foreign) {
    if (name.contains("rwsplit")) {
      foreign.add(name);
    }
  }
}
