package legacy.consistency;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The only connection to its database reads and then writes in one transaction, which SQLite fails
 * at once, without waiting, when somebody else has the write lock.
 *
 * <p>Arguments: JDBC URL, transactions.
 */
public final class SingleWriter {
  private SingleWriter() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int transactions = Integer.parseInt(args[1]);
    int failed = 0;
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < transactions; i++) {
        try {
          try (ResultSet result = statement.executeQuery("SELECT v FROM t WHERE id = 1")) {
            result.next();
          }
          statement.executeUpdate("UPDATE t SET v = v + 1");
          connection.commit();
        } catch (SQLException e) {
          failed++;
          connection.rollback();
        }
      }
    }
    System.out.println("failed transactions: " + failed);
  }
}
