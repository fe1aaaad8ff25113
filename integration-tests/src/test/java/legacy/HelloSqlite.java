package legacy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The smallest application: one table, one row, one read. */
public final class HelloSqlite {
  private HelloSqlite() {}

  /** The argument is a JDBC URL. */
  public static void main(String[] args) throws SQLException {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS greeting (word TEXT)");
      statement.executeUpdate("DELETE FROM greeting");
      statement.executeUpdate("INSERT INTO greeting VALUES ('hello')");
      try (ResultSet words = statement.executeQuery("SELECT word FROM greeting")) {
        while (words.next()) {
          System.out.println(words.getString(1));
        }
      }
    }
  }
}
