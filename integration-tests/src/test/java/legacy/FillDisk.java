package legacy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An application whose disk is full for a while. */
public final class FillDisk {
  private FillDisk() {}

  /** The argument is a JDBC URL. */
  public static void main(String[] args) throws Exception {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.executeUpdate("CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB)");
      insert(connection, 10);
      System.out.println("ready");
      input.readLine();
      System.out.println("full: " + insert(connection, 100_000));
      long rows = count(statement);
      System.out.println("again: " + insert(connection, 100_000));
      System.out.println("kept: " + (rows == count(statement)));
      System.out.println("waits");
      input.readLine();
      System.out.println("free: " + insert(connection, 20));
      System.out.println("more: " + (count(statement) - rows));
      try (ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
        System.out.println(result.getString(1));
      }
      System.out.println("acknowledged: " + (count(statement) > 0));
    }
  }

  private static long count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count(*), sum(length(v)) FROM t")) {
      return rows.getLong(1);
    }
  }

  /** Rows of 20,000 bytes until it fails; what it failed with. */
  private static String insert(Connection connection, int rows) {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (v) VALUES (?)")) {
      for (int i = 0; i < rows; i++) {
        insert.setBytes(1, new byte[20_000]);
        insert.executeUpdate();
      }
      return "no failure";
    } catch (SQLException e) {
      return e.getClass().getName() + " " + e.getErrorCode();
    }
  }
}
