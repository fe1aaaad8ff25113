package legacy.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.chaos.Strikes;

/**
 * Does what SQLite refuses beside a read of the same connection, or ends that read by, with a
 * replica's result at its first row.
 *
 * <p>Arguments: JDBC URL, kinds of strikes, how many calls later a second strike is, 0 for none,
 * and what is done, each separated by commas.
 */
public final class StruckBeside extends StruckLife {
  private static final String READ = "SELECT v FROM t ORDER BY v";

  private final String deed;

  private StruckBeside(String url, String deed) {
    super(url);
    this.deed = deed;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    long runs = 0;
    for (String deed : args[3].split(",", -1)) {
      StruckBeside each = new StruckBeside(args[0], deed);
      for (String second : args[2].split(",", -1)) {
        each.all(args[1].split(",", -1), Integer.parseInt(second));
      }
      runs += each.runs();
    }
    System.err.println("struck " + Strikes.struck() + " in " + runs + " runs");
    System.out.println("end");
  }

  @Override
  void await(long run) {
    // Each does, with the very result that it keeps.
  }

  @Override
  void run(Strike strike) throws Exception {
    reset();
    try (Connection connection = DriverManager.getConnection(url);
        Statement reading = connection.createStatement();
        Statement own = connection.createStatement()) {
      ResultSet result = served(reading);
      strike.begin();
      tell(deed, () -> deed(connection, own));
      tell("getRow", result::getRow);
      // What has failed is not asked again: sqlite-jdbc begins its query anew then.
      boolean over = tell("next", result::next) == null;
      tell("getInt", () -> over ? "over" : result.getInt(1));
      tell("again", () -> deed(connection, own));
      tell("rest", () -> over ? "over" : rest(result));
      tell("at its end", () -> deed(connection, own));
      tell("close", () -> closed(result));
      tell("closed", () -> deed(connection, own));
      tell("usable", () -> own.executeUpdate("INSERT INTO kept VALUES (7)"));
    }
  }

  @Override
  public String toString() {
    return deed;
  }

  private Object deed(Connection connection, Statement own) throws SQLException {
    switch (deed) {
      case "drop":
        return own.executeUpdate("DROP TABLE other");
      case "drop prepared":
        try (PreparedStatement drop = connection.prepareStatement("DROP TABLE other")) {
          return drop.execute();
        }
      case "drop in a batch":
        own.addBatch("INSERT INTO kept VALUES (1)");
        own.addBatch("DROP TABLE other");
        return own.executeBatch().length;
      case "checkpoint":
        // What it has come to is another's affair.
        try (ResultSet figures = own.executeQuery("PRAGMA wal_checkpoint")) {
          return figures.next();
        }
      case "vacuum":
        return own.executeUpdate("VACUUM");
      case "rollback":
        connection.setAutoCommit(false);
        try {
          own.executeUpdate("CREATE TABLE made (v)");
          connection.rollback();
        } finally {
          connection.setAutoCommit(true);
        }
        return "done";
      default:
        own.execute("BEGIN");
        own.execute("CREATE TABLE made (v)");
        return own.execute("ROLLBACK");
    }
  }

  /** A replica's result at its first row; without replicas the driver's. */
  private static ResultSet served(Statement reading) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      long before = Strikes.counted();
      ResultSet result = reading.executeQuery(READ);
      boolean row = result.next();
      if (!row || System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(row ? "no replica serves" : "no row");
      }
      if (!Strikes.counts() || Strikes.counted() > before) {
        return result;
      }
      result.close();
      Thread.sleep(1);
    }
  }

  private static String rest(ResultSet result) throws SQLException {
    StringBuilder rows = new StringBuilder();
    while (result.next()) {
      rows.append(result.getInt(1)).append(' ');
    }
    return rows.toString();
  }

  private static String closed(ResultSet result) throws SQLException {
    result.close();
    return "done";
  }

  private void reset() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS other (v)");
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS kept (v)");
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS t (v INTEGER PRIMARY KEY)");
      statement.executeUpdate("INSERT OR IGNORE INTO t VALUES (1), (2), (3), (4)");
    }
  }
}
