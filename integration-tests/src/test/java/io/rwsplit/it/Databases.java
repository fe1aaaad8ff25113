package io.rwsplit.it;

import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** SQLite files as the tests prepare and inspect them, without the agent. */
public final class Databases {
  private Databases() {}

  /** Runs the statements on the file, which is created when missing, and closes it. */
  public static File make(File file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
    return file;
  }

  /** Rows of a query, columns joined by commas. */
  public static List<String> rows(File file, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(i > 1 ? "," : "").append(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /** A table that says which file was read, and an empty one for writes. */
  public static File makeMarked(File file) throws SQLException {
    return make(
        file,
        "PRAGMA journal_mode=WAL",
        "CREATE TABLE marker(id INTEGER PRIMARY KEY, name TEXT)",
        "INSERT INTO marker VALUES (1, '" + file.getName() + "')",
        "CREATE TABLE ledger(id INTEGER PRIMARY KEY, way TEXT)");
  }
}
