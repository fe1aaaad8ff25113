package legacy.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Inserts numbered rows one by one and reads each of them a little later, every statement with a
 * number that a server's log can be searched for. Prints how many rows it did not find.
 *
 * <p>Arguments: JDBC URL, user, password, rounds, milliseconds between write and read.
 */
public final class Marked {
  private Marked() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[3]);
    long pause = Long.parseLong(args[4]);
    int missing = 0;
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2])) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("DROP TABLE IF EXISTS marked");
        statement.executeUpdate("CREATE TABLE marked(id INT PRIMARY KEY)");
      }
      for (int round = 0; round < rounds; round++) {
        try (Statement statement = connection.createStatement()) {
          statement.executeUpdate("INSERT INTO marked VALUES (" + (770_000 + round) + ")");
        }
        Thread.sleep(pause);
        missing += read(connection, round) ? 0 : 1;
      }
    }
    System.out.println("missing " + missing);
  }

  private static boolean read(Connection connection, int round) throws SQLException {
    String sql = "SELECT id AS read_" + (880_000 + round) + " FROM marked WHERE id = ";
    if (round % 2 == 0) {
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(sql + (770_000 + round))) {
        return result.next();
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(sql + "?")) {
      statement.setInt(1, 770_000 + round);
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }
}
