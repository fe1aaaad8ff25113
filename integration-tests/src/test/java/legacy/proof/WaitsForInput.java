package legacy.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** Runs a few statements with literals in them, and ends when a line is typed. */
public final class WaitsForInput {
  private WaitsForInput() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 200; i++) {
        String name =
            read(statement, "SELECT name FROM marker WHERE name <> 'topsecret' AND id < 4711");
        // Time for the pool, which opens its first connection in the background.
        Thread.sleep("master.db".equals(name) ? 50 : 1);
      }
      statement.executeUpdate("INSERT INTO ledger(way) VALUES ('topsecret it''s')");
      read(statement, "SELECT name, 'topsecret' FROM marker WHERE 4711 > 1");
      connection.setAutoCommit(false);
      read(statement, "SELECT name AS \"n\" FROM marker WHERE name = 'topsecret'");
      connection.commit();
      connection.setAutoCommit(true);
      read(statement, "SELECT 'topsecret'");
      try (PreparedStatement prepared =
          connection.prepareStatement("SELECT name FROM marker WHERE name = ?")) {
        prepared.setString(1, "topsecret");
        prepared.executeQuery().close();
      }
      System.out.println("ready");
      System.out.println("read " + (System.in.read() >= 0));
    }
  }

  private static String read(Statement statement, String sql) throws java.sql.SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      String last = null;
      while (result.next()) {
        last = result.getString(1);
      }
      return last;
    }
  }
}
