package legacy.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An application whose replica dies in the middle of read-only transactions. Says when it has read,
 * waits for a line, and reads again. Arguments: URL, user, password.
 */
public final class ReadOnlyLoss {
  private ReadOnlyLoss() {}

  public static void main(String[] args) throws Exception {
    try (Connection perStatement = DriverManager.getConnection(args[0], args[1], args[2]);
        Connection snapshot = DriverManager.getConnection(args[0], args[1], args[2]);
        Connection fresh = DriverManager.getConnection(args[0], args[1], args[2])) {
      begin(perStatement, Connection.TRANSACTION_READ_COMMITTED);
      begin(snapshot, Connection.TRANSACTION_REPEATABLE_READ);
      begin(fresh, Connection.TRANSACTION_REPEATABLE_READ);
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (System.nanoTime() < deadline
          && (read(perStatement).equals("m") || read(snapshot).equals("m"))) {
        perStatement.commit();
        snapshot.commit();
        Thread.sleep(20);
      }
      System.out.println("read: " + read(perStatement) + read(snapshot));
      int unused = System.in.read();
      System.out.println("per statement: " + read(perStatement) + read(perStatement));
      System.out.println("snapshot: " + read(snapshot) + " " + read(snapshot));
      System.out.println("not yet read: " + read(fresh));
      snapshot.rollback();
      System.out.println("after rollback: " + read(snapshot));
      snapshot.commit();
      perStatement.commit();
    }
  }

  private static void begin(Connection connection, int isolation) throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(isolation);
    connection.setAutoCommit(false);
  }

  private static String read(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT who FROM marker")) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      String state = e.getSQLState();
      return state.startsWith("08") || state.startsWith("57P") ? "lost" : state;
    }
  }
}
