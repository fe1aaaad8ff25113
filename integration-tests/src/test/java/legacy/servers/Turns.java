package legacy.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import legacy.UntilTold;

/**
 * Threads take turns, each with a connection of its own, at transactions that read a number and
 * write the next one. What lets them take turns is no lock of the database. Arguments: URL, user,
 * password.
 */
public final class Turns {
  private static final int THREADS = 3;
  private static final int TURNS = 30;

  private Turns() {}

  public static void main(String[] args) throws Exception {
    ExecutorService[] threads = new ExecutorService[THREADS];
    Connection[] connections = new Connection[THREADS];
    for (int i = 0; i < THREADS; i++) {
      threads[i] = Executors.newSingleThreadExecutor();
      connections[i] = DriverManager.getConnection(args[0], args[1], args[2]);
    }
    UntilTold.read(connections[0], "SELECT n FROM turns");
    for (Connection connection : connections) {
      connection.setAutoCommit(false);
      System.out.println("before: " + number(connection, "SELECT n AS before FROM turns"));
      connection.commit();
    }
    for (int i = 0; i < TURNS; i++) {
      Connection connection = connections[i % THREADS];
      threads[i % THREADS].submit(() -> turn(connection)).get();
    }
    // With a lock, on the master.
    System.out.println("turns: " + number(connections[0], "SELECT n FROM turns FOR UPDATE"));
    for (int i = 0; i < THREADS; i++) {
      connections[i].close();
      threads[i].shutdown();
    }
  }

  private static Void turn(Connection connection) throws SQLException {
    int next = number(connection, "SELECT n FROM turns") + 1;
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE turns SET n = " + next);
    }
    connection.commit();
    return null;
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }
}
