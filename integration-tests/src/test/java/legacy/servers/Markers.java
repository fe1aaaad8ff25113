package legacy.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a marker until it is told to go on, then a thousand times more, and prints all it has seen.
 * Arguments: URL, user, password.
 */
public final class Markers {
  private static final int MORE = 1_000;

  private Markers() {}

  public static void main(String[] args) throws Exception {
    Set<String> seen = new TreeSet<String>();
    int failed = 0;
    int left = -1;
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2]);
        Statement statement = connection.createStatement()) {
      while (left != 0) {
        if (left < 0 && System.in.available() > 0) {
          left = MORE;
        }
        try (ResultSet rows = statement.executeQuery("SELECT who FROM marker")) {
          rows.next();
          seen.add(rows.getString(1));
        } catch (SQLException e) {
          failed++;
        }
        left -= left > 0 ? 1 : 0;
        Thread.sleep(left < 0 ? 1 : 0);
      }
    }
    System.out.println(seen);
    System.out.println("failed " + failed);
  }
}
