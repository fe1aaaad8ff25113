package legacy.h2;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import legacy.pools.PoolTour;

/**
 * Uses H2 by pools, in the middle of its use of SQLite. Arguments: URL of SQLite, then those of
 * {@link PoolTour}.
 */
public final class Beside {
  private Beside() {}

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS beside (a INTEGER)");
      statement.executeUpdate("DELETE FROM beside");
      statement.executeUpdate("INSERT INTO beside VALUES (1)");
      String[] rest = new String[args.length - 1];
      System.arraycopy(args, 1, rest, 0, rest.length);
      PoolTour.main(rest);
      for (int i = 0; i < 50; i++) {
        try (ResultSet row = statement.executeQuery("SELECT a FROM beside")) {
          System.out.println(row.next() ? row.getString(1) : "none");
        }
      }
    }
  }
}
