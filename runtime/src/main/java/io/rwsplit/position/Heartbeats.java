package io.rwsplit.position;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The question for the newest time in a table that a job writes to. */
final class Heartbeats {
  private Heartbeats() {}

  /**
   * Asks.
   *
   * @param before SQL that makes seconds of a time, up to its argument
   * @param after the rest of it
   * @param column as {@code table.column}, with a schema or without
   * @return nanoseconds; null when there is none
   */
  static Long newest(Connection connection, String before, String column, String after)
      throws SQLException {
    int dot = column.lastIndexOf('.');
    String sql =
        "SELECT "
            + before
            + column.substring(dot + 1)
            + after
            + " FROM "
            + column.substring(0, dot);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      double seconds = row.next() ? row.getDouble(1) : 0;
      return seconds == 0 ? null : Long.valueOf((long) (seconds * 1e9));
    }
  }
}
