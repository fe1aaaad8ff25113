package legacy.compat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What is done beside open results that drivers differ in: refused forms, limits, going past them,
 * and closing their connection. Arguments: URL, rounds, milliseconds between two.
 */
public final class OpenResults {
  private static final String ALL = "SELECT id, name FROM item ORDER BY id";
  private static final String FROM = "SELECT id, name FROM item WHERE id >= ?";

  private OpenResults() {}

  private interface Call {
    Object run() throws SQLException;
  }

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT)");
      statement.executeUpdate("INSERT INTO item VALUES(1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')");
    }
    int rounds = Integer.parseInt(args[1]);
    for (int round = 0; round < rounds; round++) {
      try (Connection connection = DriverManager.getConnection(args[0])) {
        refusedForms(connection);
        limited(connection);
        past(connection);
        completed(connection);
        readToTheEnd(connection);
        closed(connection);
      }
      Thread.sleep(Long.parseLong(args[2]));
    }
    System.out.println("end");
  }

  private static void call(String what, Call call) {
    String outcome;
    try {
      outcome = String.valueOf(call.run());
    } catch (SQLException e) {
      outcome = e.getClass().getName() + " " + e.getMessage();
    }
    System.out.println(what + ": " + outcome);
  }

  private static void refusedForms(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery(ALL);
      call("row", rows::next);
      call("wrong keys", () -> statement.execute(ALL, 77));
      call("next", rows::next);
      call("columns", () -> statement.executeUpdate(ALL, new int[] {1}));
      call("next", rows::next);
      call("name", () -> rows.getString(2));
    }
  }

  private static void limited(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery(ALL);
      call("row", rows::next);
      statement.setMaxRows(2);
      call("next", rows::next);
      call("next", rows::next);
    }
  }

  private static void past(Connection connection) throws SQLException {
    for (int i = 1; i <= 4; i++) {
      int from = i;
      try (PreparedStatement statement = connection.prepareStatement(FROM)) {
        statement.setInt(1, from);
        ResultSet rows = statement.executeQuery();
        call("row", rows::next);
        call("id", () -> rows.getInt(1));
        call("more", statement::getMoreResults);
        call("next", rows::next);
      }
    }
  }

  /** Of no rows there is no result that could be completed. */
  private static void completed(Connection connection) throws SQLException {
    for (int from : new int[] {99, 3}) {
      try (PreparedStatement statement = connection.prepareStatement(FROM);
          Statement plain = connection.createStatement();
          Statement late = connection.createStatement()) {
        statement.closeOnCompletion();
        plain.closeOnCompletion();
        for (int i = 0; i < 3; i++) {
          call("from", () -> set(statement, from));
          call("execute", statement::execute);
          call("prepared", () -> statement.executeQuery().next());
          call("prepared is closed", statement::isClosed);
          call("plain", () -> plain.executeQuery(ALL + " LIMIT 99 OFFSET " + from).next());
          call("its close", () -> closed(plain.getResultSet()));
          call("plain is closed", plain::isClosed);
          ResultSet rows = late.executeQuery(ALL + " LIMIT 99 OFFSET " + from);
          late.closeOnCompletion();
          call("late", () -> closed(rows));
          if (late.isClosed()) {
            break;
          }
        }
      }
    }
  }

  /** The result is closed after its last row, and with it the statement. */
  private static void readToTheEnd(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FROM);
        Statement plain = connection.createStatement()) {
      statement.closeOnCompletion();
      plain.closeOnCompletion();
      statement.setInt(1, 4);
      ResultSet prepared = statement.executeQuery();
      ResultSet rows = plain.executeQuery(ALL + " LIMIT 1");
      for (int i = 0; i < 2; i++) {
        call("prepared", prepared::next);
        call("prepared is closed", statement::isClosed);
        call("plain", rows::next);
        call("plain is closed", plain::isClosed);
      }
    }
  }

  private static boolean set(PreparedStatement statement, int from) throws SQLException {
    statement.setInt(1, from);
    return true;
  }

  private static boolean closed(ResultSet rows) throws SQLException {
    rows.close();
    return rows.isClosed();
  }

  private static void closed(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery(ALL);
    call("row", rows::next);
    connection.close();
    call("closed", rows::isClosed);
    call("next", rows::next);
    call("name", () -> rows.getString(2));
  }
}
