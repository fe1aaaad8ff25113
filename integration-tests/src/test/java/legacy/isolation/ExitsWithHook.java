package legacy.isolation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Ends by {@code System.exit(7)} with a shutdown hook that uses the database for a while. */
public final class ExitsWithHook {
  private ExitsWithHook() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Connection connection = DriverManager.getConnection(args[0]);
    use(connection, "main");
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try (Connection mine = DriverManager.getConnection(args[0])) {
                    for (int i = 0; i < 100; i++) {
                      use(connection, "hook " + i);
                      use(mine, "own connection " + i);
                      Thread.sleep(1);
                    }
                    System.out.println("hook done");
                  } catch (SQLException | InterruptedException e) {
                    System.out.println("hook failed: " + e);
                  }
                }));
    System.exit(7);
  }

  private static void use(Connection connection, String who) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO ledger(way) VALUES ('" + who + "')");
      try (ResultSet result =
          statement.executeQuery("SELECT COUNT(*) FROM ledger WHERE way = '" + who + "'")) {
        if (!result.next() || result.getInt(1) != 1) {
          System.out.println("lost " + who);
        }
      }
    }
  }
}
