package legacy.consistency;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * When a line is typed, writes and reads it back, then the same with the thread's interrupt flag
 * set. Prints what was read, and the flag.
 */
public final class InterruptedReads {
  private InterruptedReads() {}

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      System.out.println("read " + (System.in.read() >= 0));
      round(statement, 1);
      Thread.currentThread().interrupt();
      round(statement, 2);
    }
  }

  private static void round(Statement statement, int value) throws SQLException {
    statement.executeUpdate("UPDATE counter SET v = " + value);
    try (ResultSet result = statement.executeQuery("SELECT v FROM counter")) {
      String seen = result.next() ? result.getString(1) : "nothing";
      System.out.println(seen + " " + Thread.currentThread().isInterrupted());
    }
  }
}
