package legacy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An application that reads on the statement it has inserted with, then vacuums: sqlite-jdbc keeps
 * a query for the generated keys under way, some calls end it, and only then {@code VACUUM} works.
 * Does the next of {@link #STEPS} steps for a line {@code step}, and only reads for any other.
 */
public final class OpenKeys {
  public static final int STEPS = 6;

  private static final String INSERT = "INSERT INTO t(v) VALUES ('new')";

  /** What a replica may serve, once in each step. */
  private static final String READ = "SELECT v FROM t ORDER BY id LIMIT 1";

  private OpenKeys() {}

  public static void main(String[] args) throws Exception {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Connection idle = DriverManager.getConnection(args[0])) {
      for (int step = 1; step <= STEPS; ) {
        try (Connection connection = DriverManager.getConnection(args[0]);
            Statement statement = connection.createStatement()) {
          if (input.readLine().equals("step")) {
            System.out.println("# " + step);
            run(step, connection, statement);
            vacuum(connection);
            step++;
          } else {
            statement.executeQuery(READ).close();
          }
        }
      }
      System.out.println("idle is closed: " + idle.isClosed());
    }
  }

  private static void run(int step, Connection connection, Statement statement)
      throws SQLException {
    switch (step) {
      case 1:
        statement.execute(INSERT);
        statement.execute(READ);
        print(statement.getResultSet());
        break;
      case 2:
        statement.executeUpdate(INSERT);
        statement.execute(READ);
        print(statement.getResultSet());
        print(statement.getGeneratedKeys());
        break;
      case 3:
        statement.executeUpdate(INSERT);
        ResultSet keys = statement.getGeneratedKeys();
        statement.execute(READ);
        print(statement.getResultSet());
        System.out.println(keys.isClosed() + " " + (keys == statement.getGeneratedKeys()));
        break;
      case 4:
        // Leaves the keys open, and lets VACUUM fail.
        statement.executeUpdate(INSERT);
        print(statement.executeQuery(READ));
        break;
      case 5:
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
          insert.executeUpdate();
          // Another statement's keys stay.
          statement.execute(READ);
          print(statement.getResultSet());
          vacuum(connection);
          print(insert.getGeneratedKeys());
        }
        break;
      default:
        try (PreparedStatement read = connection.prepareStatement(READ)) {
          ResultSet none = read.getGeneratedKeys();
          read.execute();
          print(read.getResultSet());
          System.out.println(none.isClosed() + " " + (none == read.getGeneratedKeys()));
        }
    }
  }

  private static void print(ResultSet rows) throws SQLException {
    StringBuilder line = new StringBuilder("rows:");
    try (ResultSet open = rows) {
      while (open.next()) {
        line.append(' ').append(open.getString(1));
      }
    }
    System.out.println(line);
  }

  private static void vacuum(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      System.out.println("VACUUM: " + statement.executeUpdate("VACUUM"));
    } catch (SQLException e) {
      System.out.println("VACUUM: " + e.getMessage());
    }
  }
}
