package legacy.aborts;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.UntilTold;

/**
 * Aborts connections in the middle of results that come row by row and have no end. Arguments: URL,
 * user, password, rounds. Begins after a line of input.
 */
public final class StreamAborts {
  private static final String ENDLESS = "SELECT a.n FROM wide a, wide b, wide c, wide d";
  private static final long PATIENCE_MILLIS = 60_000;

  private StreamAborts() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection other = DriverManager.getConnection(args[0], args[1], args[2])) {
      UntilTold.read(other, "SELECT n AS warm FROM wide WHERE n = 1");
      for (int i = 0; i < Integer.parseInt(args[3]); i++) {
        Connection aborted = DriverManager.getConnection(args[0], args[1], args[2]);
        Statement statement = aborted.createStatement();
        statement.setFetchSize(1);
        ResultSet rows = statement.executeQuery(ENDLESS);
        System.out.print(rows.next());
        Thread aborter = new Thread(() -> abort(aborted), "aborter");
        aborter.setDaemon(true);
        aborter.start();
        aborter.join(PATIENCE_MILLIS);
        System.out.println(aborter.isAlive() ? " goes on" : " " + next(rows));
      }
    }
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      System.out.print(e);
    }
  }

  private static String next(ResultSet rows) {
    try {
      return "row " + rows.next();
    } catch (SQLException e) {
      return "closed";
    }
  }
}
