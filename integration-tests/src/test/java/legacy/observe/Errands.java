package legacy.observe;

import java.io.BufferedReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.Told;

/**
 * An application that does a round of all kinds of statements for each line {@code round} of its
 * input, and prints what it has read. Arguments: URL, and for servers user and password.
 */
public final class Errands {
  private Errands() {}

  public static void main(String[] args) throws Exception {
    BufferedReader in = Told.lines();
    try (Connection connection = Told.connect(args)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT)");
        statement.execute("CREATE TABLE IF NOT EXISTS note (item INTEGER, text TEXT)");
      }
      System.out.println("READY");
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("end")) {
          return;
        }
        System.out.println("DONE " + round(connection, ++number));
        try (Connection other = Told.connect(args)) {
          // SQLite's driver takes no such wish once it is connected.
          String only = args.length > 1 ? readOnly(other) + " " : "";
          System.out.println("ALSO " + only + aside(other));
        }
      }
    }
  }

  private static String round(Connection connection, int number) throws SQLException {
    StringBuilder seen = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      seen.append(one(statement, "SELECT count(*) FROM item"));
      statement.executeUpdate("INSERT INTO item (id, name) VALUES (" + number + ", 'new')");
      seen.append(' ').append(one(statement, "SELECT name FROM item WHERE id = " + number));
      seen.append(' ').append(one(statement, "SELECT 1 + 1"));
      seen.append(' ').append(one(statement, "/* rwsplit: master */ SELECT max(id) FROM item"));
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO note (item, text) VALUES (?, ?)")) {
      for (int i = 0; i < 3; i++) {
        insert.setInt(1, number);
        insert.setString(2, "note " + i);
        insert.addBatch();
      }
      seen.append(' ').append(insert.executeBatch().length);
    }
    try (PreparedStatement read =
        connection.prepareStatement("SELECT text FROM note WHERE item = ? ORDER BY text")) {
      for (int i = 0; i < 4; i++) {
        read.setInt(1, Math.max(1, number - i));
        try (ResultSet rows = read.executeQuery()) {
          while (rows.next()) {
            seen.append(' ').append(rows.getString(1));
          }
        }
      }
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      seen.append(' ').append(one(statement, "SELECT name FROM item WHERE id = 1"));
      statement.executeUpdate("UPDATE item SET name = 'old' WHERE id < " + number);
      seen.append(' ').append(one(statement, "SELECT count(*) FROM item WHERE name = 'old'"));
    }
    connection.commit();
    connection.setAutoCommit(true);
    try (PreparedStatement read =
        connection.prepareStatement(
            "SELECT i.name, count(n.text) FROM item i LEFT JOIN note n ON n.item = i.id"
                + " GROUP BY i.id, i.name ORDER BY i.id")) {
      for (int i = 0; i < 3; i++) {
        try (ResultSet rows = read.executeQuery()) {
          while (rows.next()) {
            seen.append(' ').append(rows.getString(1)).append(rows.getInt(2));
          }
        }
      }
    }
    return seen.toString();
  }

  private static String readOnly(Connection other) throws SQLException {
    other.setReadOnly(true);
    other.setAutoCommit(false);
    String seen;
    try (Statement statement = other.createStatement()) {
      seen =
          one(statement, "SELECT max(id) FROM item") + one(statement, "SELECT min(id) FROM item");
    }
    other.commit();
    other.setReadOnly(false);
    try (Statement statement = other.createStatement()) {
      seen += one(statement, "SELECT count(*) FROM item WHERE name = 'new'");
    }
    other.commit();
    other.setAutoCommit(true);
    return seen;
  }

  /** A session that has a table of its own, and with it is bound to its connection. */
  private static String aside(Connection other) throws SQLException {
    try (Statement statement = other.createStatement()) {
      String before = one(statement, "SELECT count(*) FROM note");
      statement.execute("CREATE TEMPORARY TABLE mine (a INTEGER)");
      statement.executeUpdate("INSERT INTO mine VALUES (1)");
      return before
          + " "
          + one(statement, "SELECT count(*) FROM mine")
          + " "
          + one(statement, "SELECT count(*) FROM note");
    }
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "nothing";
    }
  }
}
