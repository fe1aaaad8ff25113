package legacy.agents;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.UntilTold;

/**
 * A fixed number of statements of each kind, by one thread. Arguments: URL, user, password. Begins
 * after a line of input.
 */
public final class Till {
  private static final int RECEIPTS = 20;

  private final Connection connection;

  private Till(Connection connection) {
    this.connection = connection;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2])) {
      Till till = new Till(connection);
      till.open();
      UntilTold.read(connection, "SELECT id AS warm FROM till");
      for (int i = 0; i < RECEIPTS; i++) {
        till.sell(i);
      }
      till.settle();
    }
  }

  private void open() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DROP TABLE IF EXISTS till");
      statement.executeUpdate("CREATE TABLE till(id INT PRIMARY KEY, amount INT)");
    }
  }

  private void sell(int number) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO till VALUES (?, ?)")) {
      insert.setInt(1, number);
      insert.setInt(2, 3 * number);
      System.out.print("sold " + insert.executeUpdate());
    }
    try (PreparedStatement read =
        connection.prepareStatement("SELECT amount FROM till WHERE id = ?")) {
      for (int i = 0; i < 2; i++) {
        read.setInt(1, number - i);
        System.out.print(" " + first(read.executeQuery()));
      }
    }
    try (Statement statement = connection.createStatement()) {
      System.out.print(" of " + first(statement.executeQuery("SELECT sum(amount) FROM till")));
      System.out.print(" " + statement.execute("SELECT max(id) FROM till"));
      System.out.println(" " + first(statement.getResultSet()));
    }
  }

  private void settle() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      System.out.println(statement.executeUpdate("UPDATE till SET amount = amount - id"));
      System.out.println(first(statement.executeQuery("SELECT min(amount) FROM till")));
      statement.addBatch("DELETE FROM till WHERE amount < id");
      statement.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT nothing FROM till");
    } catch (SQLException e) {
      System.out.println(e.getClass().getName() + " " + e.getSQLState());
    }
  }

  private static String first(ResultSet result) throws SQLException {
    try (ResultSet closed = result) {
      return closed.next() ? closed.getString(1) : "none";
    }
  }
}
