package legacy.compat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;

/** What an application of 2006 does: no call that JDBC 3 does not have, nothing closed for it. */
public final class Jdbc3Calls {
  private static final int ITEMS = 50;

  private Jdbc3Calls() {}

  /**
   * Calls, and prints what comes of it.
   *
   * @param args URL, driver class, rounds, and milliseconds between two
   */
  public static void main(String[] args) throws Exception {
    Class.forName(args[1]);
    Connection connection = DriverManager.getConnection(args[0]);
    System.out.println(connection.getMetaData().getDriverName());
    fill(connection);
    PreparedStatement read = connection.prepareStatement("SELECT name, v FROM item WHERE id = ?");
    int rounds = Integer.parseInt(args[2]);
    for (int round = 0; round < rounds; round++) {
      reads(connection, read);
      ownWrite(connection, round % ITEMS);
      rolledBack(connection, round);
      Thread.sleep(Long.parseLong(args[3]));
    }
    read.close();
    failures(connection);
    connection.close();
    System.out.println("closed " + connection.isClosed());
  }

  private static void fill(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.executeUpdate("CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, v INTEGER)");
    statement.close();
    connection.setAutoCommit(false);
    PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES(?, ?, ?)");
    for (int id = 0; id < ITEMS; id++) {
      insert.setInt(1, id);
      insert.setString(2, "item " + id);
      insert.setInt(3, id * id);
      insert.addBatch();
    }
    System.out.println(insert.executeBatch().length + " inserted");
    connection.commit();
    insert.close();
    connection.setAutoCommit(true);
  }

  private static void reads(Connection connection, PreparedStatement read) throws SQLException {
    long sum = 0;
    for (int id = 0; id < ITEMS; id++) {
      read.setInt(1, id);
      ResultSet row = read.executeQuery();
      while (row.next()) {
        sum += row.getString(1).length() + row.getInt("v");
      }
      row.close();
    }
    Statement statement = connection.createStatement();
    boolean isQuery = statement.execute("SELECT count(*) AS n, max(v) AS most FROM item");
    ResultSet row = statement.getResultSet();
    ResultSetMetaData columns = row.getMetaData();
    row.next();
    System.out.println(
        isQuery
            + (" " + sum)
            + (" " + columns.getColumnName(1) + "=" + row.getLong(1))
            + (" " + columns.getColumnName(2) + "=" + row.getObject(2))
            + (" " + row.wasNull() + row.isBeforeFirst()));
    row.close();
    statement.close();
  }

  private static void ownWrite(Connection connection, int id) throws SQLException {
    Statement statement = connection.createStatement();
    int changed = statement.executeUpdate("UPDATE item SET v = v + 1 WHERE id = " + id);
    ResultSet row = statement.executeQuery("SELECT v FROM item WHERE id = " + id);
    row.next();
    System.out.println(changed + " changed: " + row.getInt(1));
    // Its result is left to it.
    statement.close();
  }

  private static void rolledBack(Connection connection, int round) throws SQLException {
    connection.setAutoCommit(false);
    Statement statement = connection.createStatement();
    statement.executeUpdate("UPDATE item SET name = 'round " + round + "' WHERE id = 0");
    ResultSet row = statement.executeQuery("SELECT name FROM item WHERE id = 0");
    row.next();
    System.out.println("in the transaction " + row.getString(1));
    row.close();
    connection.rollback();
    row = statement.executeQuery("SELECT name FROM item WHERE id = 0");
    row.next();
    System.out.println("after it " + row.getString(1));
    row.close();
    connection.commit();
    connection.setAutoCommit(true);
    statement.close();
  }

  private static void failures(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    for (String sql : new String[] {"SELECT x FROM nowhere", "SELEKT 1", "SELECT y FROM item"}) {
      try {
        statement.executeQuery(sql);
        System.out.println("no failure of " + sql);
      } catch (SQLException e) {
        System.out.println(sql + ": " + e.getMessage());
      }
    }
    statement.close();
    try {
      statement.executeQuery("SELECT v FROM item");
      System.out.println("a closed statement answers");
    } catch (SQLException e) {
      System.out.println("a closed statement: " + e.getMessage());
    }
  }
}
