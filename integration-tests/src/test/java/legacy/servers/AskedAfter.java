package legacy.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

/**
 * An application that asks its session for what it knows of the statement before, on MariaDB or
 * MySQL, and prints that and who has served it. Arguments: URL, user, password.
 */
public final class AskedAfter {
  private AskedAfter() {}

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2])) {
      String plain = "SELECT who FROM marker, numbers WHERE n <= 3";
      String warned = "SELECT who, CAST(CONCAT(n, 'x') AS SIGNED) FROM marker, numbers";
      until(
          "plain", () -> read(connection, plain) + ", " + read(connection, "SELECT FOUND_ROWS()"));
      until("prepared", () -> prepared(connection, 5));
      until("warned", () -> read(connection, warned) + ", " + read(connection, "SHOW WARNINGS"));
      System.out.println("again: " + read(connection, plain));
      System.out.println("again: " + prepared(connection, 4));
      System.out.println("again: " + read(connection, warned));
      until("others", () -> read(connection, "SELECT who FROM marker, numbers"));
    }
  }

  /** Prints what was read once a replica has served it. */
  private static void until(String name, Callable<String> reading) throws Exception {
    long deadline = System.nanoTime() + 30_000_000_000L;
    String said;
    do {
      said = reading.call();
      Thread.sleep(5);
    } while (said.contains(" m") && System.nanoTime() - deadline < 0);
    System.out.println(name + ": " + said);
  }

  /** How many rows, and the kind of who served the last one. */
  private static String read(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return said(rows);
    }
  }

  private static String said(ResultSet rows) throws SQLException {
    int count = 0;
    String last = "";
    while (rows.next()) {
      count++;
      last = rows.getString(1);
    }
    return count + " " + (last.startsWith("r") ? "r" : last);
  }

  private static String prepared(Connection connection, int most) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT who FROM marker, numbers WHERE ? >= n")) {
      statement.setInt(1, most);
      try (ResultSet rows = statement.executeQuery()) {
        return said(rows) + ", " + read(connection, "SELECT FOUND_ROWS()");
      }
    }
  }
}
