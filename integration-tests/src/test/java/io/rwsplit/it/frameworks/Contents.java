package io.rwsplit.it.frameworks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Everything that is in the tables of a database, but what no two runs have in common. */
final class Contents {
  /** Times, and what is made of them. */
  private static final Set<String> VOLATILE =
      Set.of(
          "installed_on",
          "execution_time",
          "dateexecuted",
          "deployment_id",
          "lockgranted",
          "start_time",
          "next_fire_time",
          "prev_fire_time",
          "last_checkin_time");

  /** Which of Quartz's schedulers has last been alive. */
  private static final String TIMED_TABLE = "qrtz_scheduler_state";

  private Contents() {}

  /** A line for each row, sorted, with the name of its table. {@code schema}: null for all. */
  static List<String> of(Connection connection, String catalog, String schema) throws SQLException {
    Set<String> tables = new TreeSet<>();
    try (ResultSet found =
        connection.getMetaData().getTables(catalog, schema, "%", new String[] {"TABLE"})) {
      while (found.next()) {
        String table = found.getString("TABLE_NAME");
        if (!table.equalsIgnoreCase(TIMED_TABLE)) {
          tables.add(table);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    String quote = connection.getMetaData().getIdentifierQuoteString();
    try (Statement statement = connection.createStatement()) {
      for (String table : tables) {
        lines.add(table);
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + quote + table + quote)) {
          addRows(table, rows, lines);
        }
      }
    }
    Collections.sort(lines);
    return lines;
  }

  private static void addRows(String table, ResultSet rows, List<String> lines)
      throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    while (rows.next()) {
      StringBuilder line = new StringBuilder(table).append(':');
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String name = columns.getColumnName(i).toLowerCase(Locale.ROOT);
        if (!VOLATILE.contains(name)) {
          line.append(' ').append(name).append('=').append(rows.getString(i));
        }
      }
      lines.add(line.toString());
    }
  }
}
