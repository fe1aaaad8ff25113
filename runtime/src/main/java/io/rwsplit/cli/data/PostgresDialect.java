package io.rwsplit.cli.data;

import io.rwsplit.consistency.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL: all permanent tables that the user sees, values as the server writes them. */
final class PostgresDialect extends Dialect {
  private static final String VISIBLE =
      " n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
          + " AND c.relpersistence = 'p'";

  private static final String TABLES =
      "SELECT c.oid, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n"
          + " ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND"
          + VISIBLE
          + " ORDER BY n.nspname, c.relname";

  /** The subscripts of {@code indkey} begin with 0. */
  private static final String COLUMNS =
      "SELECT a.attname, format_type(a.atttypid, a.atttypmod),"
          + " coalesce(array_position(i.indkey::int[], a.attnum::int) + 1, 0) AS place"
          + " FROM pg_attribute a LEFT JOIN pg_index i"
          + " ON i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)"
          + " WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid = ";

  private static final int ROWS_AT_ONCE = 100;

  @Override
  void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
      statement.execute(
          "SELECT set_config('timezone', 'UTC', false), set_config('datestyle', 'ISO', false),"
              + " set_config('intervalstyle', 'postgres', false),"
              + " set_config('bytea_output', 'hex', false),"
              + " set_config('extra_float_digits', '3', false)");
    }
    // Rows come piece by piece in a transaction only.
    connection.setAutoCommit(false);
  }

  @Override
  void stream(Statement statement) throws SQLException {
    statement.setFetchSize(ROWS_AT_ONCE);
  }

  @Override
  List<String> schema(Connection connection) throws SQLException {
    List<String> all =
        column(
            connection,
            "SELECT CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'view ' ELSE 'table ' END"
                + " || n.nspname || '.' || c.relname || ' column ' || a.attname || ': '"
                + " || format_type(a.atttypid, a.atttypmod)"
                + " || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END"
                + " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attnum > 0"
                + " AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm') AND"
                + VISIBLE
                + " ORDER BY 1");
    all.addAll(
        column(
            connection,
            "SELECT 'index ' || n.nspname || '.' || c.relname || ': ' || pg_get_indexdef(c.oid)"
                + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind = 'i' AND"
                + VISIBLE
                + " ORDER BY 1"));
    return all;
  }

  @Override
  List<Table> tables(Connection connection) throws SQLException {
    List<Table> tables = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        String schema = row.getString(2);
        String name = row.getString(3);
        numbers.add(row.getString(1));
        tables.add(new Table(schema + "." + name, quote(schema, '"') + "." + quote(name, '"')));
      }
    }
    for (int i = 0; i < tables.size(); i++) {
      columns(connection, numbers.get(i), tables.get(i));
    }
    connection.commit();
    return tables;
  }

  private static void columns(Connection connection, String number, Table table)
      throws SQLException {
    List<KeyColumn> key = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT * FROM (" + COLUMNS + number + ") AS c ORDER BY place, attname")) {
      while (row.next()) {
        String quoted = quote(row.getString(1), '"');
        table.columns.add(new Column(row.getString(1), quoted + "::text"));
        if (row.getInt(3) > 0) {
          String cast = "CAST(? AS " + row.getString(2) + ")";
          key.add(new KeyColumn(row.getString(1), quoted, quoted + "::text", cast));
        }
      }
    }
    table.key.addAll(key);
  }

  @Override
  String position(Connection master) throws SQLException {
    try (Statement statement = master.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_current_wal_insert_lsn()::text,"
                    + " (SELECT setting FROM pg_settings WHERE name = 'wal_block_size'),"
                    + " pg_size_bytes(current_setting('wal_segment_size'))")) {
      if (!row.next()) {
        throw new SQLException("no row");
      }
      Lsn insert = Lsn.parse(row.getString(1));
      return insert.endOfLastRecord(row.getLong(2), row.getLong(3)).toString();
    } finally {
      master.commit();
    }
  }

  @Override
  boolean reached(Connection replica, String position) throws SQLException {
    try (Statement statement = replica.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_last_wal_replay_lsn() >= '" + position + "'::pg_lsn")) {
      return row.next() && row.getBoolean(1);
    } finally {
      replica.commit();
    }
  }
}
