package io.rwsplit.benchmarks.program;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The database every program works on. */
public final class Tables {

  /** Rows of {@code item}; ids run from 0. */
  public static final int ITEMS = 10_000;

  /** Rows of {@code journal}; ids run from 0, writes go round. */
  public static final int JOURNAL = 1_000;

  private Tables() {}

  /**
   * Creates and fills the database, in a SQLite file that does not exist.
   *
   * @param journalMode of SQLite
   */
  public static void create(String url, String journalMode) throws SQLException {
    try (Connection connection = Program.connect(url, "OFF");
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = " + journalMode);
      fill(connection, statement);
    }
  }

  /** Creates and fills the tables in an empty database of any engine. */
  public static void create(String url) throws SQLException {
    try (Connection connection = Program.connect(url, null);
        Statement statement = connection.createStatement()) {
      fill(connection, statement);
    }
  }

  private static void fill(Connection connection, Statement statement) throws SQLException {
    statement.executeUpdate(
        "CREATE TABLE item (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL,"
            + " name VARCHAR(100) NOT NULL, amount INTEGER NOT NULL)");
    statement.executeUpdate("CREATE INDEX item_parent ON item (parent)");
    statement.executeUpdate(
        "CREATE TABLE journal (id INTEGER PRIMARY KEY, item INTEGER NOT NULL, note VARCHAR(100))");
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?)")) {
      for (int id = 0; id < ITEMS; id++) {
        insert.setInt(1, id);
        insert.setInt(2, id / 100);
        insert.setString(3, "item number " + id);
        insert.setInt(4, id % 97);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }
}
