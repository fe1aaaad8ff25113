package io.rwsplit.cli.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * SQLite. Rows are told apart by their rowid, which replicas have alike; of values longer than a
 * mebibyte the length and the beginning are compared. Positions cannot be asked for by SQL: of a
 * replica that is fed, {@link MetPair} tells them.
 */
final class SqliteDialect extends Dialect {
  private static final String[] ROWIDS = {"rowid", "_rowid_", "oid"};
  private static final int SQLITE_ERROR = 1;
  private static final int LONG = 1 << 20;
  private static final int BEGINNING = 1 << 16;

  @Override
  void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=5000");
    }
  }

  @Override
  void stream(Statement statement) {}

  @Override
  List<String> schema(Connection connection) throws SQLException {
    return column(
        connection,
        "SELECT type || ' ' || name || ': ' || coalesce(sql, 'automatic') FROM sqlite_master"
            + " WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1");
  }

  @Override
  List<Table> tables(Connection connection) throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (String name :
        column(
            connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
                + " AND name NOT LIKE 'sqlite_%' ORDER BY name")) {
      tables.add(table(connection, name));
    }
    return tables;
  }

  private static Table table(Connection connection, String name) throws SQLException {
    Table table = new Table(name, quote(name, '"'));
    List<String> names = new ArrayList<>();
    List<String> primary = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet column = statement.executeQuery("PRAGMA table_xinfo(" + table.quoted + ")")) {
      while (column.next()) {
        String each = column.getString("name");
        names.add(each.toLowerCase(Locale.ROOT));
        if (column.getInt("pk") > 0) {
          primary.add(each);
        }
        // 2 is a generated column that is computed when it is read, perhaps by the application.
        if (column.getInt("hidden") != 2) {
          table.columns.add(new Column(each, text(quote(each, '"'))));
        }
      }
    }
    for (String rowid : ROWIDS) {
      if (!names.contains(rowid) && has(connection, table, rowid)) {
        table.key.add(new KeyColumn(rowid, rowid, rowid, "?"));
        return table;
      }
    }
    for (String each : primary) {
      String quoted = quote(each, '"');
      table.key.add(new KeyColumn(each, quoted + " COLLATE BINARY", quoted, "?"));
    }
    return table;
  }

  /** A literal of SQL, which has type and value; it is exact for numbers. */
  private static String text(String column) {
    return "CASE WHEN length("
        + column
        + ") > "
        + LONG
        + " THEN length("
        + column
        + ") || quote(substr("
        + column
        + ", 1, "
        + BEGINNING
        + ")) ELSE quote("
        + column
        + ") END";
  }

  /** False for a table WITHOUT ROWID. */
  private static boolean has(Connection connection, Table table, String rowid) {
    try (Statement statement = connection.createStatement();
        ResultSet none =
            statement.executeQuery("SELECT " + rowid + " FROM " + table.quoted + " LIMIT 0")) {
      return none.getMetaData().getColumnCount() == 1;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  Object keyValue(ResultSet row, int column) throws SQLException {
    return row.getObject(column);
  }

  @Override
  void bind(PreparedStatement statement, int parameter, Object value) throws SQLException {
    statement.setObject(parameter, value);
  }

  /** The driver gives no states. SQLITE_ERROR is what no such table or column is. */
  @Override
  boolean isOfTable(SQLException e) {
    return e.getErrorCode() == SQLITE_ERROR;
  }

  @Override
  String position(Connection master) {
    return null;
  }

  @Override
  boolean reached(Connection replica, String position) {
    return true;
  }
}
