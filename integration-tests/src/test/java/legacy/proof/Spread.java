package legacy.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts who answers reads: one after the other, and while other connections hold results open.
 *
 * <p>Arguments: JDBC URL, reads, results to hold open.
 */
public final class Spread {
  private static final String SQL = "SELECT name FROM marker";

  private Spread() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int reads = Integer.parseInt(args[1]);
    int holders = Integer.parseInt(args[2]);
    try (Connection connection = DriverManager.getConnection(args[0]);
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      awaitPools(statement, Integer.parseInt(args[3]));
      count("reads", statement, reads);
      List<Connection> connections = new ArrayList<>();
      List<ResultSet> open = new ArrayList<>();
      Map<String, Integer> held = new TreeMap<>();
      long start = System.nanoTime();
      for (int i = 0; i < holders; i++) {
        Connection holder = DriverManager.getConnection(args[0]);
        connections.add(holder);
        ResultSet result = holder.prepareStatement(SQL).executeQuery();
        result.next();
        held.merge(result.getString(1), 1, Integer::sum);
        open.add(result);
      }
      System.out.println("held " + held);
      count("while held", statement, reads);
      System.out.println("took " + (System.nanoTime() - start) / 1_000_000);
      nested(connection, 4);
      for (ResultSet result : open) {
        result.close();
      }
      count("afterwards", statement, reads);
      for (Connection each : connections) {
        each.close();
      }
    }
  }

  /** Pools fill in the background: reads until as many names served, and nobody else. */
  private static void awaitPools(PreparedStatement statement, int names) throws Exception {
    for (int even = 0; even < 10; ) {
      Map<String, Integer> seen = new TreeMap<>();
      for (int i = 0; i < 30; i++) {
        seen.merge(name(statement), 1, Integer::sum);
        Thread.sleep(1);
      }
      even = seen.size() == names && !seen.containsKey("master.db") ? even + 1 : 0;
    }
  }

  private static void nested(Connection connection, int depth) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL);
        ResultSet result = statement.executeQuery()) {
      result.next();
      System.out.println("nested " + depth + " " + !result.getString(1).isEmpty());
      if (depth > 1) {
        nested(connection, depth - 1);
      }
    }
  }

  private static void count(String what, PreparedStatement statement, int reads)
      throws SQLException {
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < reads; i++) {
      seen.merge(name(statement), 1, Integer::sum);
    }
    System.out.println(what + " " + seen);
  }

  private static String name(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getString(1);
    }
  }
}
