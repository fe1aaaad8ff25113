package legacy.failing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import legacy.UntilTold;

/**
 * Opens a SQLite file for reading only, by the ways the driver has, reads it, and tries to write.
 * Each way begins with {@link UntilTold}. Arguments: JDBC URL.
 */
public final class ReadOnlyFile {
  private static final int READS = 500;

  private ReadOnlyFile() {}

  public static void main(String[] args) throws Exception {
    Properties openedSo = new Properties();
    openedSo.setProperty("open_mode", "1");
    try (Connection connection = DriverManager.getConnection(args[0], openedSo)) {
      use("open_mode", connection);
    }
    try (Connection connection = DriverManager.getConnection(args[0] + "?open_mode=1")) {
      use("open_mode in the URL", connection);
    }
    Properties explicit = new Properties();
    explicit.setProperty("jdbc.explicit_readonly", "true");
    try (Connection connection = DriverManager.getConnection(args[0], explicit)) {
      connection.setReadOnly(true);
      use("explicit_readonly", connection);
      connection.setAutoCommit(false);
      use("in a transaction", connection);
      connection.commit();
      connection.setReadOnly(false);
      use("for writing", connection);
      connection.rollback();
    }
    Properties queries = new Properties();
    queries.setProperty("query_only", "true");
    try (Connection connection = DriverManager.getConnection(args[0], queries)) {
      use("query_only", connection);
    }
  }

  private static void use(String how, Connection connection) throws Exception {
    System.out.println(how + ": read-only " + connection.isReadOnly());
    UntilTold.read(connection, "SELECT max(n) FROM number");
    long sum = 0;
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < READS; i++) {
        try (ResultSet rows = statement.executeQuery("SELECT n FROM number")) {
          while (rows.next()) {
            sum += rows.getLong(1);
          }
        }
      }
      System.out.println("sum " + sum);
      System.out.println("wrote " + statement.executeUpdate("INSERT INTO number VALUES (7)"));
    } catch (SQLException e) {
      System.out.println(e.getErrorCode() + " " + e.getMessage());
    }
  }
}
