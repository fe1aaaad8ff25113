package legacy.failing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import legacy.UntilTold;

/**
 * After {@link UntilTold} executes a prepared query that fails for some of its parameters, and
 * prints what it got. Arguments: JDBC URL, rounds.
 */
public final class SometimesWrong {
  private SometimesWrong() {}

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0])) {
      UntilTold.read(connection, "SELECT n FROM number");
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        System.out.println(ask(connection, i));
        System.out.println(ask(connection, Long.MIN_VALUE));
      }
    }
  }

  private static String ask(Connection connection, long parameter) {
    // The driver closes a statement that has failed.
    try (PreparedStatement query =
        connection.prepareStatement("SELECT abs(n + ?) FROM number ORDER BY n")) {
      query.setLong(1, parameter);
      try (ResultSet rows = query.executeQuery()) {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
          text.append(rows.getLong(1)).append(' ');
        }
        return text.toString();
      }
    } catch (SQLException e) {
      return e.getClass().getName() + " " + e.getErrorCode() + " " + e.getMessage();
    }
  }
}
