package legacy.differential;

import java.io.File;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is done beside an open read: texts and calls, of which SQLite refuses some. */
final class BesideReads {
  private interface Call {
    Object run(Connection connection, Statement own) throws SQLException;
  }

  /** One of them. */
  static final class Action {
    final String name;
    private final Call call;

    private Action(String name, Call call) {
      this.name = name;
      this.call = call;
    }

    Object run(Connection connection, Statement own) throws SQLException {
      return call.run(connection, own);
    }
  }

  static final String[] SCHEMA = {
    "PRAGMA journal_mode=WAL",
    "DROP TABLE IF EXISTS item",
    "DROP TABLE IF EXISTS item2",
    "DROP TABLE IF EXISTS other",
    "DROP TABLE IF EXISTS words",
    "DROP TABLE IF EXISTS made",
    "DROP TABLE IF EXISTS counted",
    "DROP TABLE IF EXISTS kept",
    "DROP VIEW IF EXISTS seen",
    "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, qty INTEGER)",
    "CREATE TABLE other(a)",
    "CREATE TABLE kept(a)",
    "CREATE TABLE counted(id INTEGER PRIMARY KEY AUTOINCREMENT)",
    "CREATE INDEX by_name ON item(name)",
    "CREATE VIEW seen AS SELECT a FROM other",
    "CREATE TRIGGER noted AFTER INSERT ON other BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE words USING fts4(word)",
    "INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)",
    "INSERT INTO other VALUES (1)",
    "INSERT INTO counted VALUES (NULL)",
  };

  /** One text each, by {@code execute}. */
  private static final String[] TEXTS = {
    "DROP TABLE other",
    "DROP TABLE item",
    "/* so */ drop table if exists main.other",
    "DROP TABLE IF EXISTS nothing",
    "DROP TABLE nothing",
    "DROP INDEX by_name",
    "DROP VIEW seen",
    "DROP TRIGGER noted",
    "DROP TABLE words",
    "CREATE TABLE made(a)",
    "CREATE INDEX by_qty ON item(qty)",
    "ALTER TABLE other RENAME TO made",
    "ALTER TABLE item ADD COLUMN more",
    "REINDEX",
    "ANALYZE",
    "VACUUM",
    "DELETE FROM sqlite_sequence",
    "PRAGMA journal_mode=WAL",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA journal_mode",
    "PRAGMA wal_checkpoint",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA user_version=7",
    "PRAGMA page_size=8192",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA foreign_keys=1",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA incremental_vacuum",
    "PRAGMA integrity_check",
    "PRAGMA busy_timeout=10",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SELECT changes()",
    "SELECT last_insert_rowid()",
    "SELECT total_changes() > 0",
  };

  private BesideReads() {}

  static List<Action> all(File directory) {
    List<Action> all = new ArrayList<>();
    for (String sql : TEXTS) {
      all.add(new Action(sql, (connection, own) -> execute(own, sql)));
    }
    forms(all);
    transactions(all);
    files(all, directory);
    connection(all);
    return all;
  }

  private static Object execute(Statement statement, String sql) throws SQLException {
    if (!statement.execute(sql)) {
      return statement.getUpdateCount();
    }
    try (ResultSet rows = statement.getResultSet()) {
      // How much of the log was copied is told by who else copies it.
      return sql.contains("wal_checkpoint") ? "answered" : Transcript.rows(rows);
    }
  }

  private static void forms(List<Action> all) {
    String drop = "DROP TABLE other";
    all.add(new Action("update of " + drop, (connection, own) -> own.executeUpdate(drop)));
    all.add(new Action("query of " + drop, (connection, own) -> own.executeQuery(drop)));
    all.add(
        new Action(
            "several",
            (connection, own) -> own.executeUpdate("INSERT INTO kept VALUES (1); " + drop)));
    all.add(
        new Action(
            "batch",
            (connection, own) -> {
              own.addBatch("INSERT INTO kept VALUES (1)");
              own.addBatch(drop);
              return Arrays.toString(own.executeBatch());
            }));
    all.add(
        new Action(
            "prepared",
            (connection, own) -> {
              try (PreparedStatement prepared = connection.prepareStatement(drop)) {
                return prepared.executeUpdate();
              }
            }));
    all.add(
        new Action(
            "prepared batch",
            (connection, own) -> {
              try (PreparedStatement prepared = connection.prepareStatement(drop)) {
                prepared.addBatch();
                return Arrays.toString(prepared.executeBatch());
              }
            }));
    all.add(
        new Action(
            "by the statement of a read of its own",
            (connection, own) -> {
              ResultSet rows = own.executeQuery("SELECT id FROM item");
              boolean first = rows.next();
              return first + " " + own.executeUpdate(drop) + rows.isClosed();
            }));
    all.add(
        new Action(
            "keys",
            (connection, own) -> {
              own.executeUpdate("INSERT INTO counted VALUES (NULL)");
              SQLException refused = null;
              try (Statement other = connection.createStatement()) {
                other.execute(drop);
              } catch (SQLException e) {
                refused = e;
              }
              try (ResultSet keys = own.getGeneratedKeys()) {
                return Transcript.rows(keys) + own.getUpdateCount() + (refused == null);
              }
            }));
  }

  private static void transactions(List<Action> all) {
    for (String sql :
        new String[] {
          "DROP TABLE other", "CREATE TABLE made(a)", "INSERT INTO kept VALUES (1)", "VACUUM"
        }) {
      all.add(
          new Action(
              "rolled back: " + sql,
              (connection, own) -> inTransaction(connection, own, sql, connection::rollback)));
      all.add(
          new Action(
              "rolled back by text: " + sql,
              (connection, own) ->
                  inTransaction(connection, own, sql, () -> own.execute("ROLLBACK"))));
      all.add(
          new Action(
              "committed: " + sql,
              (connection, own) -> inTransaction(connection, own, sql, connection::commit)));
      all.add(
          new Action(
              "rolled back to savepoint: " + sql,
              (connection, own) -> {
                Savepoint[] point = {null};
                connection.setAutoCommit(false);
                point[0] = connection.setSavepoint();
                return inTransaction(connection, own, sql, () -> connection.rollback(point[0]));
              }));
    }
    all.add(
        new Action(
            "text only",
            (connection, own) -> {
              own.execute("BEGIN");
              own.execute("CREATE TABLE made(a)");
              own.execute("SAVEPOINT here");
              own.execute("DELETE FROM kept");
              own.execute("ROLLBACK TO here");
              return execute(own, "ROLLBACK");
            }));
  }

  private interface End {
    void run() throws SQLException;
  }

  private static Object inTransaction(Connection connection, Statement own, String sql, End end)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      return execute(own, sql);
    } finally {
      try {
        end.run();
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static void files(List<Action> all, File directory) {
    String copy = new File(directory, "copy.db").getPath();
    String side = new File(directory, "side.db").getPath();
    all.add(text("VACUUM INTO", "VACUUM INTO '" + copy + "'"));
    all.add(text("backup", "backup to '" + copy + "'"));
    all.add(text("attach", "ATTACH '" + side + "' AS side"));
    all.add(
        new Action(
            "attach and detach",
            (connection, own) -> {
              own.execute("ATTACH '" + side + "' AS side");
              return execute(own, "DETACH side");
            }));
    all.add(
        new Action(
            "temporary table",
            (connection, own) -> {
              own.execute("CREATE TEMP TABLE mine(a)");
              own.execute("CREATE TEMP VIEW ours AS SELECT a FROM mine");
              own.execute("DROP VIEW ours");
              return execute(own, "DROP TABLE mine");
            }));
  }

  private static Action text(String name, String sql) {
    return new Action(name, (connection, own) -> execute(own, sql));
  }

  private static void connection(List<Action> all) {
    all.add(
        new Action(
            "isolation",
            (connection, own) -> {
              connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
              return connection.getTransactionIsolation();
            }));
    all.add(
        new Action(
            "autocommit",
            (connection, own) -> {
              connection.setAutoCommit(false);
              connection.setAutoCommit(true);
              return connection.getAutoCommit();
            }));
    all.add(
        new Action(
            "close",
            (connection, own) -> {
              connection.close();
              return connection.isClosed();
            }));
  }
}
