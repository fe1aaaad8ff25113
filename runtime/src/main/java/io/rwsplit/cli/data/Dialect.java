package io.rwsplit.cli.data;

import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What differs between engines. Stateless. */
abstract class Dialect {
  /** Null for an engine whose data is not compared. */
  static Dialect of(Engine engine) {
    switch (engine) {
      case SQLITE:
        return new SqliteDialect();
      case POSTGRESQL:
        return new PostgresDialect();
      case MARIADB:
      case MYSQL:
        return new MysqlDialect();
      default:
        return null;
    }
  }

  /** Makes a new connection read values alike on every server. */
  abstract void prepare(Connection connection) throws SQLException;

  /** Lets a statement's rows come as they are read, not all at once. */
  abstract void stream(Statement statement) throws SQLException;

  /** What the schema is made of, a line for each thing. */
  abstract List<String> schema(Connection connection) throws SQLException;

  /** The tables with rows of their own, in the order of their names. */
  abstract List<Table> tables(Connection connection) throws SQLException;

  /** A value of a key as it is bound again. */
  Object keyValue(ResultSet row, int column) throws SQLException {
    return row.getString(column);
  }

  /** Binds it. */
  void bind(PreparedStatement statement, int parameter, Object value) throws SQLException {
    statement.setString(parameter, (String) value);
  }

  /** How far the master is; null when it cannot be said. */
  abstract String position(Connection master) throws SQLException;

  /** True when the replica is as far; waits for it for some milliseconds at most. */
  abstract boolean reached(Connection replica, String position) throws SQLException;

  /** True for an error that one table gives; the others can be compared. */
  boolean isOfTable(SQLException e) {
    return String.valueOf(e.getSQLState()).startsWith("42");
  }

  /** First columns of all rows. */
  static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  static String quote(String name, char mark) {
    String text = String.valueOf(mark);
    return mark + name.replace(text, text + text) + mark;
  }
}
