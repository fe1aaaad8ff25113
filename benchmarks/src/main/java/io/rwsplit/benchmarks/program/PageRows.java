package io.rwsplit.benchmarks.program;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database of any size in which every row of table {@code page} fills a page, so that an UPDATE
 * of n rows writes n pages. Ids run from 1; row 1 holds the number of the newest transaction.
 */
public final class PageRows {
  /** Rows that a transaction writes, row 1 among them. */
  public static final int PAGES_PER_TRANSACTION = 6;

  /** The first number of a transaction; large, so that no number is shorter than another. */
  static final long FIRST = 1L << 40;

  /** What a row takes in a page beside its body, with room for page numbers of any length. */
  private static final int OVERHEAD = 64;

  private PageRows() {}

  /**
   * Creates and fills a database in WAL mode.
   *
   * @param url of a file that does not exist
   * @param bytes its size, within some pages
   */
  public static void create(String url, int pageSize, long bytes) throws SQLException {
    try (Connection connection = Program.connect(url, "OFF");
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size = " + pageSize);
      statement.execute("PRAGMA journal_mode = OFF");
      statement.executeUpdate(
          "CREATE TABLE page (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, body BLOB NOT NULL)");
      long rows = Math.max(PAGES_PER_TRANSACTION, bytes / pageSize);
      statement.executeUpdate(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + rows
              + ") INSERT INTO page SELECT i, "
              + FIRST
              + ", randomblob("
              + (pageSize - OVERHEAD)
              + ") FROM n");
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  static long rows(Connection connection) throws SQLException {
    return number(connection, "SELECT max(id) FROM page");
  }

  /** The number of the newest transaction. */
  static long newest(Connection connection) throws SQLException {
    return number(connection, "SELECT seq FROM page WHERE id = 1");
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }
}
