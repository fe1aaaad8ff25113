package legacy.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Calls JDBC with ever less of its stack left, on interrupted threads too. What such a call does is
 * the driver's affair; after it, reads show what the master has, a transaction is one, and an
 * interrupt is still there. Prints {@code wrong …} where not.
 *
 * <p>Argument: JDBC URL.
 */
public final class DeepCalls {
  private static final int ROUNDS = 160;

  private interface Deed {
    void run() throws SQLException;
  }

  private static int overflows;
  private static int broken;
  private static int deepest;

  private DeepCalls() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER)");
      statement.executeUpdate("INSERT INTO t VALUES (1, 0)");
    }
    Thread worker = new Thread(null, () -> work(args[0]), "worker", 400_000);
    worker.start();
    worker.join();
    System.out.println(
        overflows + " overflows, " + broken + " of " + ROUNDS + " rounds broken off");
    System.out.println("end");
  }

  private static void work(String url) {
    try {
      for (int i = 0; i < ROUNDS; i++) {
        try (Connection connection = DriverManager.getConnection(url);
            Connection other = DriverManager.getConnection(url)) {
          round(connection, other, i);
        } catch (SQLException e) {
          // The overflow has left the driver itself with a wrong idea of its connection.
          broken++;
        }
        boolean unused = Thread.interrupted();
      }
    } catch (RuntimeException e) {
      System.out.println("wrong: " + e);
      e.printStackTrace();
    }
  }

  private static void round(Connection connection, Connection other, int i) throws SQLException {
    if (i % 8 == 7) {
      Thread.currentThread().interrupt();
    }
    try (PreparedStatement write = connection.prepareStatement("UPDATE t SET v = v + 1");
        PreparedStatement read = connection.prepareStatement("SELECT v FROM t WHERE id = 1")) {
      deep(i, () -> write.executeUpdate());
      compare(connection, other, "a write");
      deep(
          i,
          () -> {
            try (ResultSet rows = read.executeQuery()) {
              rows.next();
            }
          });
      compare(connection, other, "a read");
      deep(i, () -> connection.setAutoCommit(false));
      transaction(connection);
      if (!connection.getAutoCommit()) {
        write.executeUpdate();
        deep(i, () -> connection.commit());
        connection.commit();
        connection.setAutoCommit(true);
      }
      compare(connection, other, "a commit");
    }
    if (i % 8 == 7 && !Thread.currentThread().isInterrupted()) {
      System.out.println("wrong: no interrupt any more");
    }
  }

  /** What a transaction has written its own reads see. */
  private static void transaction(Connection connection) throws SQLException {
    if (connection.getAutoCommit()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE t SET v = v + 100000");
      if (value(statement, "SELECT v FROM t") < 100000) {
        System.out.println("wrong: a transaction that is none");
      }
    }
    connection.rollback();
  }

  private static void compare(Connection connection, Connection other, String after)
      throws SQLException {
    long master;
    try (Statement statement = other.createStatement()) {
      master = value(statement, "/* rwsplit:master */ SELECT v FROM t");
      long read = value(statement, "SELECT v FROM t");
      if (read != master) {
        System.out.println("wrong: " + read + " for " + master + " elsewhere after " + after);
      }
    }
    try (Statement statement = connection.createStatement()) {
      long read = value(statement, "SELECT v FROM t");
      if (read != master) {
        System.out.println("wrong: " + read + " for " + master + " after " + after);
      }
    }
  }

  private static long value(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Does it with so many frames less than fit. */
  private static void deep(int spare, Deed deed) throws SQLException {
    deepest = 0;
    try {
      measure(1);
    } catch (StackOverflowError e) {
      deepest -= 2 * spare;
    }
    try {
      descend(Math.max(0, deepest), deed);
    } catch (StackOverflowError e) {
      overflows++;
    }
  }

  @SuppressWarnings("InfiniteRecursion") // to the end of the stack
  private static int measure(int depth) {
    deepest = depth;
    return measure(depth + 1) + 1;
  }

  private static int descend(int depth, Deed deed) throws SQLException {
    if (depth == 0) {
      deed.run();
      return 0;
    }
    return descend(depth - 1, deed) + 1;
  }
}
