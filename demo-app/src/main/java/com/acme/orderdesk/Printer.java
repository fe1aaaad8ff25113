package com.acme.orderdesk;

import java.io.PrintStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Prints results of the script, one line per row. */
final class Printer {

  /** Something that may fail. */
  interface Step {
    void run() throws SQLException;
  }

  private final PrintStream out;

  Printer(PrintStream out) {
    this.out = out;
  }

  void chapter(String title) {
    out.println("== " + title);
  }

  void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  void query(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows(rows);
    }
  }

  void query(String title, PreparedStatement statement) throws SQLException {
    out.println(title);
    query(statement);
  }

  void query(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows(rows);
    }
  }

  void execute(Statement statement, String sql) throws SQLException {
    boolean hasRows = statement.execute(sql);
    out.println("execute: " + hasRows + ", " + statement.getUpdateCount());
    if (hasRows) {
      try (ResultSet rows = statement.getResultSet()) {
        rows(rows);
      }
    }
    out.println("more: " + statement.getMoreResults() + ", " + statement.getUpdateCount());
  }

  void rows(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = 0;
    while (rows.next()) {
      StringBuilder line = new StringBuilder("  ");
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = rows.getObject(i);
        line.append(columns.getColumnLabel(i)).append('=');
        line.append(value instanceof byte[] ? SeedData.crc((byte[]) value) : value).append(' ');
      }
      out.println(line.toString().trim());
      count++;
    }
    out.println("  rows " + count);
  }

  /** Runs what should fail and prints how. */
  void failing(String title, Step step) {
    try {
      step.run();
      out.println(title + ": did not fail");
    } catch (SQLException e) {
      out.println(
          title + ": " + e.getClass().getName() + " " + e.getErrorCode() + " " + e.getMessage());
    } catch (RuntimeException e) {
      // Some drivers do not check an index themselves, and compiled code omits the message.
      out.println(title + ": " + e.getClass().getName());
    }
  }
}
