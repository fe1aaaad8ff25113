package legacy.openings;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Connects as two users, and reads as the second, without a pause, until a line of input.
 * Arguments: URL, user and password of both. Every read must give the one row there is.
 */
public final class TwoUsers {
  private TwoUsers() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection first = DriverManager.getConnection(args[0], args[1], args[2]);
        Connection second = DriverManager.getConnection(args[0], args[3], args[4])) {
      System.out.println("connected");
      int reads = 0;
      while (System.in.available() == 0) {
        read(second);
        reads++;
        Thread.sleep(2);
      }
      read(first);
      System.out.println("read " + (reads > 0));
    }
  }

  private static void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*), min(a) FROM stock")) {
      rows.next();
      if (rows.getInt(1) != 1 || rows.getInt(2) != 7) {
        throw new IllegalStateException(rows.getInt(1) + " rows, " + rows.getInt(2));
      }
    }
  }
}
