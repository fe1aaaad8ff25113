package legacy.servers;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Relies on what its driver's results are: their class, whose they are, and what closes them. */
public final class OwnClasses {
  private OwnClasses() {}

  /**
   * Runs all of it once a byte comes, and ends when another one has come.
   *
   * @param args URL, user, password
   */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2])) {
      while (System.in.available() == 0) {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM item")) {
          rows.next();
        }
        Thread.sleep(10);
      }
      System.in.read();
      for (int i = 0; i < 3; i++) {
        prepared(connection);
      }
      plain(connection);
      twice(connection);
      closedTwice(connection);
      past(connection);
      completes(connection);
      completesLater(connection);
      ofClosedStatement(connection);
    }
    ofClosedConnection(args);
    forgotten(args);
  }

  private static void prepared(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
      statement.setInt(1, 2);
      for (int i = 0; i < 2; i++) {
        try (ResultSet rows = statement.executeQuery()) {
          say("prepared", own(rows) + is(statement, rows) + values(rows));
        }
      }
      boolean query = statement.execute();
      ResultSet rows = statement.getResultSet();
      say("executed", query + " " + own(rows) + is(statement, rows) + values(rows));
      say("asked again", String.valueOf(rows == statement.getResultSet()));
    }
  }

  private static void plain(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM item ORDER BY id")) {
      say("plain", own(rows) + is(statement, rows) + values(rows));
      say("over", rows.next() + " " + rows.isClosed() + " " + rows.isAfterLast());
    }
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        ResultSet rows = statement.executeQuery("SELECT name FROM item ORDER BY id")) {
      rows.last();
      say("scrollable", own(rows) + is(statement, rows) + rows.getRow() + " " + rows.getString(1));
      rows.beforeFirst();
      say("from the start", values(rows));
    }
  }

  /** The first result while the second is open: each driver has its own way. */
  private static void twice(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
      statement.setInt(1, 1);
      ResultSet first = statement.executeQuery();
      statement.setInt(1, 2);
      ResultSet second = statement.executeQuery();
      say("first", String.valueOf(first.isClosed()));
      first.close();
      say("second", values(second));
      say("another", String.valueOf(first != second));
      second.close();
    }
  }

  private static void closedTwice(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
      statement.setInt(1, 1);
      ResultSet first = statement.executeQuery();
      first.next();
      first.close();
      try {
        say("closed", is(statement, first));
      } catch (SQLException e) {
        say("closed", "fails: " + e.getMessage());
      }
      try {
        say("next", String.valueOf(first.next()));
      } catch (SQLException e) {
        say("next", "fails: " + e.getMessage());
      }
      statement.setInt(1, 2);
      ResultSet second = statement.executeQuery();
      first.close();
      say("open still", !second.isClosed() + " " + values(second));
      second.close();
    }
  }

  private static void past(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery("SELECT name FROM item ORDER BY id");
      rows.next();
      boolean more = statement.getMoreResults();
      say("past", more + " " + rows.isClosed() + " " + statement.getUpdateCount());
      rows.close();
    }
  }

  private static void completes(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.closeOnCompletion();
    ResultSet rows = statement.executeQuery("SELECT name FROM item ORDER BY id");
    say("completing", values(rows) + " " + statement.isClosed());
    rows.close();
    say("completed", String.valueOf(statement.isClosed()));
    statement.close();
  }

  private static void completesLater(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("SELECT name FROM item ORDER BY id");
    rows.close();
    statement.closeOnCompletion();
    rows.close();
    say("completed later", String.valueOf(statement.isClosed()));
    statement.close();
  }

  private static void ofClosedStatement(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("SELECT name FROM item ORDER BY id");
    statement.close();
    say("of a closed statement", String.valueOf(rows.isClosed()));
  }

  private static void ofClosedConnection(String[] args) throws SQLException {
    Connection connection = DriverManager.getConnection(args[0], args[1], args[2]);
    ResultSet rows = connection.createStatement().executeQuery("SELECT name FROM item ORDER BY id");
    connection.close();
    String what;
    try {
      what = rows.isClosed() + " " + values(rows);
    } catch (SQLException e) {
      what = "fails";
    }
    say("of a closed connection", what);
  }

  /** Nothing is closed; what the collector finds has to be at hand again. */
  private static void forgotten(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2])) {
      int rows = 0;
      for (int i = 0; i < 40; i++) {
        for (int j = 0; j < 10; j++) {
          ResultSet open =
              connection.createStatement().executeQuery("SELECT name FROM item ORDER BY id");
          open.next();
          rows++;
        }
        System.gc();
        Thread.sleep(50);
      }
      say("forgotten", String.valueOf(rows));
      System.out.println("ready");
      while (System.in.available() == 0) {
        System.gc();
        Thread.sleep(50);
      }
    }
  }

  /** The class, found by what only the driver's own has. */
  private static String own(ResultSet rows) throws SQLException {
    Class<?> type = rows.getClass();
    boolean same = rows.isWrapperFor(type) && rows.unwrap(type) == rows;
    int methods = 0;
    for (Method method : type.getMethods()) {
      methods += method.getName().startsWith("get") ? 1 : 0;
    }
    return type.getName() + " " + same + " " + methods + " ";
  }

  private static String is(Statement statement, ResultSet rows) throws SQLException {
    return (rows.getStatement() == statement ? "its own" : "another's") + " ";
  }

  private static String values(ResultSet rows) throws SQLException {
    StringBuilder values = new StringBuilder();
    while (rows.next()) {
      values.append(rows.getString(1)).append(' ');
    }
    return values + "| " + rows.getWarnings();
  }

  private static void say(String what, String answer) {
    System.out.println(what + ": " + answer);
  }
}
