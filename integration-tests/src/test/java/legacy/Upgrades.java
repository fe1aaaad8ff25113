package legacy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One thread whose transactions read before they write, as fast as they can. */
public final class Upgrades {
  private Upgrades() {}

  /** Arguments: a JDBC URL and the number of transactions. */
  public static void main(String[] args) throws SQLException {
    int transactions = Integer.parseInt(args[1]);
    int locked = 0;
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA synchronous=OFF");
      statement.executeUpdate("CREATE TABLE counter (n INTEGER)");
      statement.executeUpdate("INSERT INTO counter VALUES (0)");
      connection.setAutoCommit(false);
      for (int i = 0; i < transactions; i++) {
        try {
          int n;
          try (ResultSet row = statement.executeQuery("SELECT n FROM counter")) {
            row.next();
            n = row.getInt(1);
          }
          statement.executeUpdate("UPDATE counter SET n = " + (n + 1));
          connection.commit();
        } catch (SQLException e) {
          locked++;
          System.err.println(System.currentTimeMillis() + " transaction " + i + ": " + e);
          connection.rollback();
        }
      }
    }
    System.out.println("locked " + locked);
  }
}
