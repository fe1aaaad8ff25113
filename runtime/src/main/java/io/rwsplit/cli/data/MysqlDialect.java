package io.rwsplit.cli.data;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** MariaDB and MySQL: the tables of the URL's database. */
final class MysqlDialect extends Dialect {
  private static final Set<String> NUMBERS =
      set("tinyint", "smallint", "mediumint", "int", "bigint", "decimal");

  private static final Set<String> TEXTS =
      set(
          "char",
          "varchar",
          "year",
          "date",
          "time",
          "datetime",
          "timestamp",
          "uuid",
          "inet4",
          "inet6");

  private static final Set<String> BINARIES = set("binary", "varbinary");
  private static final Set<String> FRACTIONS = set("float", "double");
  private static final String WAIT = "0.2";

  private static Set<String> set(String... names) {
    return new HashSet<>(Arrays.asList(names));
  }

  @Override
  void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION TRANSACTION READ ONLY");
      statement.execute("SET SESSION time_zone = '+00:00'");
    }
  }

  /** The least value is how MySQL's driver is told; MariaDB's takes a number of rows. */
  @Override
  void stream(Statement statement) throws SQLException {
    boolean mysql = statement.getClass().getName().startsWith("com.mysql.");
    statement.setFetchSize(mysql ? Integer.MIN_VALUE : 100);
  }

  @Override
  List<String> schema(Connection connection) throws SQLException {
    List<String> all =
        column(
            connection,
            "SELECT CONCAT('table ', table_name, ' column ', column_name, ': ', column_type,"
                + " IF(is_nullable = 'NO', ' not null', ''), ' ', IFNULL(collation_name, ''))"
                + " FROM information_schema.columns WHERE table_schema = DATABASE()"
                + " ORDER BY table_name, ordinal_position");
    all.addAll(
        column(
            connection,
            "SELECT CONCAT('index ', table_name, '.', index_name, ' ', seq_in_index, ': ',"
                + " IFNULL(column_name, ''), ' ', non_unique) FROM information_schema.statistics"
                + " WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index"));
    return all;
  }

  @Override
  List<Table> tables(Connection connection) throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (String name :
        column(
            connection,
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                + " AND table_type = 'BASE TABLE' ORDER BY table_name")) {
      Table table = new Table(name, quote(name, '`'));
      columns(connection, table);
      tables.add(table);
    }
    return tables;
  }

  private static void columns(Connection connection, Table table) throws SQLException {
    String sql =
        "SELECT c.column_name, c.data_type, IFNULL(s.seq_in_index, 0) AS place"
            + " FROM information_schema.columns c LEFT JOIN information_schema.statistics s"
            + " ON s.table_schema = c.table_schema AND s.table_name = c.table_name"
            + " AND s.column_name = c.column_name AND s.index_name = 'PRIMARY'"
            + " WHERE c.table_schema = DATABASE() AND c.table_name = ?"
            + " ORDER BY place, c.ordinal_position";
    boolean usable = true;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table.name);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String type = row.getString(2).toLowerCase(Locale.ROOT);
          String quoted = quote(row.getString(1), '`');
          String text = text(type, quoted);
          table.columns.add(new Column(row.getString(1), text));
          if (row.getInt(3) > 0) {
            usable &= NUMBERS.contains(type) || TEXTS.contains(type) || BINARIES.contains(type);
            String parameter = BINARIES.contains(type) ? "UNHEX(?)" : "?";
            String read = NUMBERS.contains(type) ? quoted : text;
            table.key.add(new KeyColumn(row.getString(1), quoted, read, parameter));
          }
        }
      }
    }
    if (!usable) {
      // An ENUM, for one, is ordered otherwise than it is compared with a text.
      table.key.clear();
    }
  }

  private static String text(String type, String quoted) {
    if (NUMBERS.contains(type) || TEXTS.contains(type)) {
      return "CAST(" + quoted + " AS CHAR)";
    }
    if (FRACTIONS.contains(type)) {
      return "CAST(" + quoted + " + 0e0 AS CHAR)";
    }
    boolean plain = type.endsWith("text") || type.equals("enum") || type.equals("set");
    return plain || type.equals("json") ? "CAST(" + quoted + " AS CHAR)" : "HEX(" + quoted + ")";
  }

  /** A number is compared as one only if it is bound as one. */
  @Override
  Object keyValue(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    return value instanceof Number ? new BigDecimal(value.toString()) : row.getString(column);
  }

  @Override
  void bind(PreparedStatement statement, int parameter, Object value) throws SQLException {
    if (value instanceof BigDecimal) {
      statement.setBigDecimal(parameter, (BigDecimal) value);
    } else {
      statement.setString(parameter, (String) value);
    }
  }

  private static boolean isMariadb(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductVersion().contains("MariaDB")
        || column(connection, "SELECT VERSION()").get(0).contains("MariaDB");
  }

  @Override
  String position(Connection master) throws SQLException {
    boolean mariadb = isMariadb(master);
    if (!mariadb && !"ON".equals(column(master, "SELECT @@GLOBAL.gtid_mode").get(0))) {
      return null;
    }
    String sql = mariadb ? "SELECT @@GLOBAL.gtid_binlog_pos" : "SELECT @@GLOBAL.gtid_executed";
    String position = column(master, sql).get(0);
    return position == null || position.isEmpty() ? null : position.replace("\n", "");
  }

  @Override
  boolean reached(Connection replica, String position) throws SQLException {
    String function = isMariadb(replica) ? "MASTER_GTID_WAIT" : "WAIT_FOR_EXECUTED_GTID_SET";
    String sql = "SELECT " + function + "('" + position.replace("'", "") + "', " + WAIT + ")";
    return "0".equals(column(replica, sql).get(0));
  }
}
